from __future__ import annotations

import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.reading.article import clean
from kgbuild.reading.source import MAX_RECORD
from tests.reading.collecting import read, read_one, refusal, write


def lines(*records: object) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def test_every_field_is_taken(tmp_path: Path) -> None:
    record = {
        "id": "w-1",
        "url": "https://example.org/1",
        "title": "قصف",
        "text": "قتل مدني.",
        "published": "2017-06-09T23:30:00+03:00",
        "retrieved": "2017-06-10T08:00:00Z",
        "publisher": "وكالة المثال",
        "language": "ar-SY",
        "views": 12,
    }
    write(tmp_path, [("a.jsonl", lines(record))])
    article = read_one(tmp_path / "a.jsonl")
    assert (article.id, article.url, article.title) == ("w-1", "https://example.org/1", "قصف")
    assert article.retrieved == date(2017, 6, 10)
    assert (article.text, article.published, article.publisher) == ("قتل مدني.", date(2017, 6, 9), "وكالة المثال")
    assert (article.language, article.source) == ("ar", f"{tmp_path}/a.jsonl:1")


def test_without_an_id_the_url_identifies_and_without_a_url_the_content(tmp_path: Path) -> None:
    write(tmp_path, [("a.jsonl", lines({"url": "https://example.org/1", "text": "x"}, {"text": "y"}, {"text": "z"}))])
    with_url, first, second = read(tmp_path)[0]
    assert with_url.id == "https://example.org/1"
    write(tmp_path, [("b.jsonl", lines({"text": "z"}, {"text": "y"}))])
    assert {first.id, second.id} == {article.id for article in read(tmp_path / "b.jsonl")[0]}


def test_a_broken_line_is_refused_alone(tmp_path: Path) -> None:
    records = [lines({"text": str(number)}) for number in range(1, 6)]
    records[2] = '{"text": "3"'
    write(tmp_path, [("a.jsonl", "\n".join(records) + "\n")])
    articles, (error,) = read(tmp_path)
    assert [article.text for article in articles] == ["1", "2", "4", "5"]
    assert error.line == 3
    assert str(error).startswith(f"{tmp_path}/a.jsonl, line 3: broken JSON, column ")


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, [("a.jsonl", b"\xef\xbb\xbf" + lines({"text": "one"}).encode() + b"\r\n\r\n\n")])
    assert read_one(tmp_path / "a.jsonl").text == "one"


def test_a_line_of_50_mb_is_refused_in_little_memory_and_the_rest_read(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"text": "one"}\n{"text": "')
        for _ in range(50):
            file.write(b"a" * (1 << 20))
        file.write(b'"}\n{"text": "three"}\n')
    tracemalloc.start()
    articles, (error,) = read(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [article.text for article in articles] == ["one", "three"]
    assert "line 2: a line of 50.0 MiB; the limit for one article is 10 MiB" in str(error)
    assert peak < 4 * MAX_RECORD


def test_a_last_line_over_the_limit_is_refused(tmp_path: Path) -> None:
    write(tmp_path, [("a.jsonl", b'{"text": "' + b"a" * MAX_RECORD + b'"}')])
    assert refusal(tmp_path / "a.jsonl").line == 1


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"text": 5}, "`text` must be a string, not a number"),
        ({"text": ["x"]}, "`text` must be a string, not a list"),
        ({"text": "x", "title": {}}, "`title` must be a string, not an object"),
        ({"text": "x", "id": True}, "`id` must be a string, not true or false"),
        ({"text": "x", "published": 20170609}, "`published` must be a string, not a number"),
        ({"text": "x", "published": "2017-13-45"}, "`published` is no date: '2017-13-45'; write it as YYYY-MM-DD"),
        ({"text": "x", "published": "yesterday"}, "`published` is no date"),
        ({"text": "x", "retrieved": "yesterday"}, "`retrieved` is no date"),
        ({"text": "x", "language": "Arabic!"}, "`language` must be a code such as ar or en"),
        ({"title": "x", "body": "y"}, "no field `text`; the record holds title, body"),
        ({"text": " "}, "the article has no text"),
        (["x"], "not a JSON object"),
        ("x", "not a JSON object"),
        (None, "not a JSON object"),
    ],
)
def test_a_record_of_the_wrong_shape_is_refused(tmp_path: Path, record: object, message: str) -> None:
    write(tmp_path, [("a.jsonl", lines(record, {"text": "good"}))])
    articles, (error,) = read(tmp_path)
    assert [article.text for article in articles] == ["good"]
    assert message in str(error)
    assert error.line == 1


@pytest.mark.parametrize("written", ["2017-06-09", "09 يونيو 2017", "9 June 2017", "2017-06-09 01:00", " ٢٠١٧-٠٦-٠٩ "])
def test_dates_are_read_in_many_forms(tmp_path: Path, written: str) -> None:
    write(tmp_path, [("a.jsonl", lines({"text": "x", "published": written}))])
    assert read_one(tmp_path / "a.jsonl").published == date(2017, 6, 9)


def test_a_number_will_do_as_an_id(tmp_path: Path) -> None:
    write(tmp_path, [("a.jsonl", lines({"text": "x", "id": 17}))])
    assert read_one(tmp_path / "a.jsonl").id == "17"


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"text": "x", "n": ' + "9" * 5000 + "}", b'{"text": "\xff"}', "nothing", "\0\0"]
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_that_cannot_be_read_is_refused(tmp_path: Path, content: str | bytes, name: str) -> None:
    write(tmp_path, [(name, content)])
    assert refusal(tmp_path / name).line in (1, None)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, [("a.jsonl", "\n\n"), ("b.json", "")])
    assert all("it is empty" in str(error) for error in read(tmp_path)[1])


def test_json_holds_one_article_or_an_array_or_lines(tmp_path: Path) -> None:
    one, two = {"text": "one"}, {"text": "two"}
    write(
        tmp_path,
        [("1.json", json.dumps(one, indent=2)), ("2.json", json.dumps([two, one])), ("3.json", lines(two, one))],
    )
    assert [article.text for article in read(tmp_path / "1.json")[0]] == ["one"]
    assert [article.text for article in read(tmp_path / "2.json")[0]] == ["two", "one"]
    assert [article.text for article in read(tmp_path / "3.json")[0]] == ["two", "one"]


def test_a_broken_array_is_refused_with_the_line(tmp_path: Path) -> None:
    write(tmp_path, [("a.json", '[\n{"text": "one"},\n{"text": two}\n]')])
    assert refusal(tmp_path / "a.json").line == 3


@given(st.text(min_size=1).filter(str.strip))
def test_the_text_is_as_given_but_for_what_cannot_be_written(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    path.write_text(json.dumps({"text": text}))
    assert read_one(path).text == clean(text)


def test_a_lone_surrogate_becomes_a_replacement_character(tmp_path: Path) -> None:
    write(tmp_path, [("a.jsonl", r'{"text": "a\ud800b\u0000c", "title": "\udfff"}')])
    article = read_one(tmp_path / "a.jsonl")
    assert (article.text, article.title) == ("a\ufffdb\ufffdc", "\ufffd")
