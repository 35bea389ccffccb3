from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from kgbuild.explain import explain, explain_html, marks, rows
from kgbuild.extract import Extractor
from kgbuild.model import Article, Extraction

TEXT = "قصف طيران التحالف الدولي بلدة المنصورة <غربي> الرقة، ما أسفر عن مقتل ثلاثة مدنيين."


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return Extractor()(Article(id="a", source="a", text=TEXT, title="عنوان", published=date(2017, 6, 9)))


def test_marks_join_to_the_text(extraction: Extraction) -> None:
    assert "".join(mark.text for mark in marks(extraction)) == TEXT


def test_a_figure_is_marked_with_its_meaning(extraction: Extraction) -> None:
    noted = {mark.text: mark.note for mark in marks(extraction) if "casualty" in mark.kinds}
    assert noted == {"ثلاثة مدنيين": "killed 3"}


def test_rows_tell_the_slots(extraction: Extraction) -> None:
    (row,) = rows(extraction)
    assert row.title == "AirStrike"
    assert ("killed", "3 civilian") in row.slots
    assert all(quote in TEXT for quote in row.quotes)


def test_terminal_output_holds_the_text(extraction: Extraction) -> None:
    out = StringIO()
    Console(width=200, file=out).print(explain(extraction))
    assert "AirStrike" in out.getvalue()


def test_page_is_right_to_left_and_escapes(extraction: Extraction) -> None:
    page = explain_html(extraction)
    assert 'dir="rtl"' in page
    assert "&lt;غربي&gt;" in page
    assert "<script" not in page
