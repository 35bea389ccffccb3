from __future__ import annotations

import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from kgbuild.reading import read_paths
from tests.reading.collecting import read, refusal, write


def test_a_folder_is_read_recursively_in_sorted_order(tmp_path: Path) -> None:
    write(tmp_path, [("b.txt", "ب"), ("a.txt", "ا"), ("sub/deep/c.txt", "ج"), ("sub/a.txt", "د")])
    articles, errors = read(tmp_path)
    assert [article.id for article in articles] == ["a.txt", "b.txt", "sub/a.txt", "sub/deep/c.txt"]
    assert not errors


def test_paths_are_read_in_the_order_given(tmp_path: Path) -> None:
    write(tmp_path, [("b.txt", "ب"), ("a.txt", "ا")])
    articles, _ = read(tmp_path / "b.txt", tmp_path / "a.txt")
    assert [article.id for article in articles] == ["b.txt", "a.txt"]


def test_the_id_of_a_file_does_not_depend_on_where_its_folder_is(tmp_path: Path) -> None:
    for place in ("one", "two/three"):
        write(tmp_path / place, [("in/a.txt", "قصف")])
    (here,), _ = read(tmp_path / "one")
    (there,), _ = read(tmp_path / "two" / "three")
    assert here.id == there.id == "in/a.txt"
    assert here.source != there.source


def test_the_id_of_a_file_does_not_depend_on_the_unicode_form_of_its_name(tmp_path: Path) -> None:
    composed, decomposed = "\u0623.txt", "\u0627\u0654.txt"
    write(tmp_path / "linux", [(composed, "قصف")])
    write(tmp_path / "macos", [(decomposed, "قصف")])
    assert read(tmp_path / "linux")[0][0].id == read(tmp_path / "macos")[0][0].id == composed


def test_other_and_hidden_files_of_a_folder_are_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        [("a.txt", "قصف"), ("README.md", "# no"), (".hidden.txt", "no"), (".git/b.txt", "no"), ("c.jpg", "no")],
    )
    articles, errors = read(tmp_path)
    assert [article.id for article in articles] == ["a.txt"]
    assert not errors


def test_articles_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", "قصف"), ("b.txt", "")])
    errors: list[Exception] = []
    articles = read_paths([tmp_path], on_error=errors.append)
    assert next(articles).id == "a.txt"
    assert not errors
    assert list(articles) == []
    assert len(errors) == 1


def test_the_given_date_is_for_articles_that_have_none(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", "قصف\n2017-06-09\nنص"), ("b.txt", "قصف")])
    articles, _ = read(tmp_path, published=date(2017, 6, 1))
    assert [article.published for article in articles] == [date(2017, 6, 9), date(2017, 6, 1)]


def test_a_second_article_with_the_same_id_and_text_is_dropped(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", "قصف")])
    articles, errors = read(tmp_path, tmp_path / "a.txt", tmp_path)
    assert len(articles) == 1
    assert not errors


def test_a_second_article_with_the_same_id_and_another_text_is_refused_with_both_named(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "x", "text": text}) for text in ("one", "two", "one")]
    write(tmp_path, [("a.jsonl", "\n".join(lines))])
    articles, (error,) = read(tmp_path)
    assert [article.text for article in articles] == ["one"]
    assert error.source == f"{tmp_path}/a.jsonl:2"
    assert f"{tmp_path}/a.jsonl:1" in str(error)


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    write(tmp_path, [("a.jpg", "x"), ("b.jpg", "y")])
    error = refusal(tmp_path)
    assert "no articles in this folder; 2 files of other formats" in str(error)
    assert ".jsonl" in str(error)


def test_a_missing_file_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", "قصف")])
    articles, (error,) = read(tmp_path / "none.txt", tmp_path / "a.txt")
    assert len(articles) == 1
    assert str(error) == f"{tmp_path}/none.txt: no such file or folder"


def test_a_named_file_of_an_unknown_format_is_refused(tmp_path: Path) -> None:
    write(tmp_path, [("a.docx", "x")])
    assert "not a format that is read; these are: " in str(refusal(tmp_path / "a.docx"))


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, [("a.txt", "قصف")])

    def denied(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("kgbuild.reading.paths.io.FileIO", denied)
    assert str(refusal(tmp_path / "a.txt")) == f"{tmp_path}/a.txt: cannot be read: Permission denied"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", "قصف"), ("shut/b.txt", "قصف")])
    (tmp_path / "shut").chmod(0)
    articles, (error,) = read(tmp_path)
    (tmp_path / "shut").chmod(0o700)
    assert len(articles) == 1
    assert "shut: cannot be read: Permission denied" in str(error)


def test_a_circle_of_links_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", "قصف")])
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert len(read(tmp_path)[0]) == 1


def test_a_name_that_is_no_unicode_can_be_read_and_named(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xe3\xe1\xdd.txt")
    write(tmp_path, [(name, "قصف")])
    (article,), _ = read(tmp_path)
    assert article.id == "\ufffd\ufffd\ufffd.txt"
    assert article.source.encode()


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (b'{"text": "one"}\n{"text": "two"}\n', 2),
        (b' [{"text": "one"}, {"text": "two"}]', 2),
        (b"text,title\none,first\n", 1),
        ("قصف قرية\n\nنص".encode(), 1),
        (b"<rss version='2.0'><channel><title>t</title><item><title>one</title></item></channel></rss>", 1),
    ],
)
def test_standard_input_is_read_in_the_format_of_its_beginning(
    content: bytes, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))
    articles, errors = read("-")
    assert len(articles) == count
    assert not errors


def test_texts_on_standard_input_are_told_apart_by_their_content(monkeypatch: pytest.MonkeyPatch) -> None:
    identifiers = set()
    for text in ("قصف", "انفجار"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(text.encode()))))
        identifiers.add(read("-")[0][0].id)
    assert len(identifiers) == 2


def test_a_pipe_is_read_like_standard_input() -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, "قصف قرية".encode())
    os.close(write_end)
    articles, errors = read(f"/dev/fd/{read_end}")
    os.close(read_end)
    assert [article.text for article in articles] == ["قصف قرية"]
    assert not errors
