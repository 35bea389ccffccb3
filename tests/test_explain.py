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
    assert (row.number, row.title, row.confidence) == (1, "AirStrike", extraction.reports[0].confidence)
    assert ("killed", "3 civilian") in [slot[:2] for slot in row.slots]
    assert {name: sure for name, _, sure in row.slots}["places"] == extraction.reports[0].slot_confidence["places"]
    assert row.date == "2017-06-08 – 2017-06-09\nfrom the day of publication"
    assert all(quote in TEXT for quote in row.quotes)


def test_the_incident_s_word_bears_its_number(extraction: Extraction) -> None:
    assert [(mark.text, mark.incidents) for mark in marks(extraction) if mark.incidents] == [("قصف", (1,))]


def test_terminal_output_holds_the_text(extraction: Extraction) -> None:
    out = StringIO()
    Console(width=200, file=out).print(explain(extraction))
    assert "AirStrike" in out.getvalue()
    first = next(line for line in out.getvalue().splitlines() if "قصف[1]" in line)
    assert first.startswith(" "), "Arabic stands on the right"


def test_page_is_right_to_left_and_escapes(extraction: Extraction) -> None:
    page = explain_html(extraction)
    assert 'dir="rtl"' in page
    assert "&lt;غربي&gt;" in page
    assert "<script" not in page


def test_an_arabic_article_is_explained_in_arabic(extraction: Extraction) -> None:
    page = explain_html(extraction)
    assert "قصف جوي" in page or "غارة جوية" in page
    assert "AirStrike" not in page
    assert "perpetrators" not in page
    assert '<a href="#i1">1</a>' in page
    assert '<section class="incident" id="i1">' in page
