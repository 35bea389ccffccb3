from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kgbuild.evaluation.airwars import agreement
from kgbuild.evaluation.assessments import Assessment
from kgbuild.extract import Extractor
from kgbuild.model import Article, Extraction

RECORD: dict[str, Any] = {
    "code": "X1",
    "date": "2021-10-02",
    "location_ar": "قرية معلك",
    "location_original": "Malak village",
    "latitude": None,
    "longitude": None,
    "military_original": "Turkish Military",
    "strike_type_original": "Artillery",
    "killed_min": None,
    "killed_max": None,
    "injured_min": 1,
    "injured_max": 2,
}


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    text = "أصيب مدني جراء قصف مدفعي نفذته القوات التركية على قرية معلك."
    return Extractor()(Article(id="a", source="a", text=text, published=date(2021, 10, 2)))


def test_an_agreeing_report_is_found(extraction: Extraction) -> None:
    result = agreement([(Assessment("a", RECORD), extraction)])
    asked = ("found", "place", "date", "injured", "belligerent", "type")
    assert {slot: result.share(slot) for slot in asked} == dict.fromkeys(asked, 1.0)
    assert result.asked["killed"] == 0


def test_another_figure_is_not_found(extraction: Extraction) -> None:
    result = agreement([(Assessment("a", RECORD | {"injured_min": 5, "injured_max": 9}), extraction)])
    assert result.share("place") == 1.0
    assert result.share("injured") == result.share("found") == 0.0


def test_a_text_without_extraction_is_missed() -> None:
    result = agreement([(Assessment("a", RECORD), None)])
    assert result.asked["found"] == 1
    assert result.right["found"] == 0
