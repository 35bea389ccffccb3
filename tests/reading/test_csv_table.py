from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.reading.article import clean
from tests.reading.collecting import read, read_one, refusal, write

TABLE = 'id,title,text,published,publisher\n1,قصف,"قتل مدني، وأصيب\nآخر.",2017-06-09,وكالة المثال\n2,,انفجار لغم,,\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16", "utf-32"])
def test_rows_are_articles(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, [("a.csv", TABLE.encode(encoding))])
    first, second = read(tmp_path)[0]
    assert (first.id, first.title, first.text) == ("1", "قصف", "قتل مدني، وأصيب\nآخر.")
    assert (first.published, first.publisher) == (date(2017, 6, 9), "وكالة المثال")
    assert (second.id, second.title, second.text, second.published) == ("2", None, "انفجار لغم", None)
    assert (first.source, second.source) == (f"{tmp_path}/a.csv:2", f"{tmp_path}/a.csv:4")


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ";"), ("a.tsv", "\t"), ("a.csv", "\t")])
def test_other_delimiters_are_found_in_the_first_row(tmp_path: Path, name: str, delimiter: str) -> None:
    write(tmp_path, [(name, f"ID{delimiter}Text\nx{delimiter}one, two\n")])
    article = read_one(tmp_path / name)
    assert (article.id, article.text) == ("x", "one, two")


def test_a_damaged_table_in_utf_16_is_refused_where_it_is_damaged(tmp_path: Path) -> None:
    damaged = TABLE.encode("utf-16") + "3,,نص,,\n".encode("utf-16-le") + b"\x00\xd8\x00\x00x"
    write(tmp_path, [("a.csv", damaged)])
    assert "broken UTF-16-LE" in str(read(tmp_path)[1][0])


def test_a_table_without_texts_is_refused(tmp_path: Path) -> None:
    write(tmp_path, [("a.csv", "id,body\n1,x\n")])
    assert "line 1: no column `text`; the first row names id, body" in str(refusal(tmp_path / "a.csv"))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2,x,y", "3 cells in a table of 2 columns"),
        ("2", "no field `text`"),
        ("2,", "the article has no text"),
        ('2,"a"b', "broken CSV"),
        ("2,a\0b", "NUL"),
    ],
)
def test_a_broken_row_is_refused_alone(tmp_path: Path, row: str, message: str) -> None:
    write(tmp_path, [("a.csv", f"id,text\n1,one\n{row}\n3,three\n")])
    articles, (error,) = read(tmp_path)
    assert [article.text for article in articles] == ["one", "three"]
    assert message in str(error)
    assert error.line == 3


def test_a_line_with_damaged_bytes_is_refused_alone(tmp_path: Path) -> None:
    rows = ["id,text", "1,قتل مدني", "2,أصيب مدني", "3,نزح مدني"]
    data = "\n".join(rows).encode().replace("أصيب".encode(), b"\xff")
    write(tmp_path, [("a.csv", data)])
    articles, (error,) = read(tmp_path)
    assert [article.id for article in articles] == ["1", "3"]
    assert error.line == 3


def test_a_line_over_the_limit_is_refused_alone(tmp_path: Path) -> None:
    write(tmp_path, [("a.csv", b"id,text\n1,one\n2," + b"a" * (11 << 20) + b"\n3,three\n")])
    articles, (error,) = read(tmp_path)
    assert [article.id for article in articles] == ["1", "3"]
    assert "line 3: a line of 11.0 MiB" in str(error)


def test_a_quote_that_is_never_closed_ends_in_a_refusal(tmp_path: Path) -> None:
    write(tmp_path, [("a.csv", 'id,text\n1,one\n2,"two\n3,three\n')])
    articles, (error,) = read(tmp_path)
    assert [article.id for article in articles] == ["1"]
    assert error.line == 3


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    write(tmp_path, [("a.csv", "id,text\n1," + "قصف " * 100_000)])
    assert len(read_one(tmp_path / "a.csv").text) == 400_000


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, [("a.csv", "")])
    assert "it is empty" in str(refusal(tmp_path / "a.csv"))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip))
def test_the_text_is_as_given_but_for_what_cannot_be_written(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([["id", "text"], ["1", text]])
    path.write_bytes(written.getvalue().encode())
    assert read_one(path).text == clean(text)
