from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.reading.article import clean
from kgbuild.reading.source import MAX_TEXT
from tests.reading.collecting import read_one, refusal, write

REPORT = "قتلى في قصف على قرية الحمدانية\n\n09 يونيو 2017\nقتل سبعة مدنيين في غارة جوية، بحسب ناشطين.\n"


def test_the_first_line_that_is_not_blank_is_the_title_and_a_date_line_the_date(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", "\n  \n" + REPORT)])
    article = read_one(tmp_path / "a.txt")
    assert article.title == "قتلى في قصف على قرية الحمدانية"
    assert article.published == date(2017, 6, 9)
    assert article.language == "ar"
    assert article.source == f"{tmp_path}/a.txt"


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    text = REPORT.replace("\n", "\r\n")
    write(tmp_path, [("a.txt", text)])
    assert read_one(tmp_path / "a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_dropped(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, [("a.txt", REPORT.encode(encoding))])
    assert read_one(tmp_path / "a.txt").text == REPORT


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6"])
def test_legacy_encodings_are_detected(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, [("a.txt", REPORT.encode(encoding))])
    assert read_one(tmp_path / "a.txt").text == REPORT


def test_an_english_legacy_text_is_detected(tmp_path: Path) -> None:
    text = "Strike on a café – residents count the dead\n\nThe “coalition” said it was looking into the report."
    write(tmp_path, [("a.txt", text.encode("cp1252"))])
    article = read_one(tmp_path / "a.txt")
    assert (article.text, article.language) == (text, "en")


def test_utf8_with_damaged_bytes_is_refused_with_their_place(tmp_path: Path) -> None:
    data = bytearray(REPORT.encode())
    data[20] = 0xFF
    write(tmp_path, [("a.txt", bytes(data))])
    error = refusal(tmp_path / "a.txt")
    assert "broken UTF-8 at byte" in str(error)
    assert "save it as UTF-8" in str(error)
    assert error.offset in (19, 20)


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, [("a.txt", content)])
    assert "it is empty" in str(refusal(tmp_path / "a.txt"))


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(1, 256)) * 3])
def test_a_binary_file_is_refused(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, [("a.txt", content)])
    refusal(tmp_path / "a.txt")


def test_a_text_over_the_limit_is_refused(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", "a" * (MAX_TEXT + 1))])
    assert "1,000,001 characters; the limit for one article is 1,000,000" in str(refusal(tmp_path / "a.txt"))


def test_a_file_over_the_limit_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50 << 20)
    assert "larger than 10 MiB" in str(refusal(tmp_path / "a.txt"))


@given(st.text(min_size=1).filter(lambda text: text.strip() and "\0" not in text and not text.startswith("\ufeff")))
def test_the_text_is_that_of_the_file_but_for_what_cannot_be_written(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_bytes(text.encode())
    if not path.read_bytes().strip():
        return
    assert read_one(path).text == clean(text)


@given(st.text(alphabet=st.characters(codec=None, categories=None)))
def test_cleaning_keeps_every_offset(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert all(new in (old, "\ufffd") for new, old in zip(cleaned, text, strict=True))
    assert cleaned.encode().decode() == cleaned
