from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.evaluation.gold import Gold
from kgbuild.evaluation.reliability import bins, calibration_error, judged
from kgbuild.extract import Extractor
from kgbuild.model import Article, Extraction

TEXT = "قصف طيران التحالف الدولي بلدة المنصورة.\nواعتقل الجيش التركي ثلاثة مدنيين في مدينة عفرين."


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return Extractor()(Article(id="a", source="a", text=TEXT))


def gold(**changes: object) -> Gold:
    incident = {"id": "i", "class": ["Shelling"], "places": ["m"], "evidence": ["قصف طيران"]} | changes
    place = {"id": "m", "class": "Town", "group": "place", "names": ["المنصورة"]}
    return Gold(Path("a"), None, [place], [incident], [])


def test_reports_are_judged_with_their_slots(extraction: Extraction) -> None:
    strike, other = judged(gold(), extraction)
    assert (strike.right, other.right) == (True, False)
    assert strike.slots["places"] == (1, 0)
    assert strike.slots["class"] == (0, 1)
    assert other.slots["class"] == (0, 1)


def test_incidents_that_may_be_left_out_are_not_judged(extraction: Extraction) -> None:
    assert [found.right for found in judged(gold(optional=True), extraction)] == [False]


def test_bins_compare_confidence_with_what_is_right() -> None:
    low, high = bins([(0.2, 0.0, 1), (0.4, 1.0, 3), (1.0, 1.0, 2)], (0.0, 0.5, 1.0))
    assert (low.count, low.confidence, low.right) == (4, pytest.approx(0.35), pytest.approx(0.75))
    assert (high.low, high.count, high.right) == (0.5, 2, 1.0)
    assert calibration_error([low, high]) == pytest.approx((0.4 * 4) / 6)
    assert calibration_error([]) == 0
