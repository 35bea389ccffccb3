from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kgbuild.assembly.confidence import SLOTS, Rater, Weights, probability, shipped_weights
from kgbuild.extract import Extractor
from kgbuild.model import Article, Extraction, Report

TEXT = "قصف طيران التحالف الدولي بلدة المنصورة بالصواريخ مساء الخميس، ما أسفر عن مقتل ثلاثة مدنيين."


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return Extractor()(Article(id="a", source="a", text=TEXT, published=date(2017, 6, 9)))


def features(extraction: Extraction, **changes: object) -> dict[str, float]:
    [report] = extraction.reports
    rater = Rater(extraction.article, extraction.mentions)
    return dict(rater.incident_features(replace(report, **changes)))  # type: ignore[arg-type]


def test_every_filled_slot_and_no_other_is_rated(extraction: Extraction) -> None:
    [report] = extraction.reports
    assert set(report.slot_confidence) == {"places", "perpetrators", "weapons", "casualties", "date", "class"}
    assert all(0 < value < 1 for value in (report.confidence, *report.slot_confidence.values()))


def test_where_the_date_comes_from_counts(extraction: Extraction) -> None:
    [report] = extraction.reports
    assert report.date is not None
    assert features(extraction)["date_told"] == 1
    assert features(extraction, date=replace(report.date, text=None))["date_default"] == 1
    assert features(extraction, date=replace(report.date, text="أمس"))["date_context"] == 1
    assert features(extraction, date=None)["date_none"] == 1


def test_a_place_that_the_evidence_does_not_name_is_borrowed(extraction: Extraction) -> None:
    assert features(extraction)["place_told"] == 1
    elsewhere = features(extraction, evidence=((0, 3),))
    assert (elsewhere["place_told"], elsewhere["place_borrowed"]) == (0, 1)
    assert features(extraction, places=())["place_borrowed"] == 0


def test_what_is_told_far_from_the_incident_s_word_is_told_less_surely(extraction: Extraction) -> None:
    [report] = extraction.reports
    rater = Rater(extraction.article, extraction.mentions)
    near = rater.slot_features(report, "perpetrators")
    far = rater.slot_features(replace(report, trigger=(len(TEXT) - 2, len(TEXT))), "perpetrators")
    assert near is not None
    assert far is not None
    assert near["far"] < far["far"] <= 1
    assert shipped_weights().slot["far"] < 0


def test_the_weights_make_the_confidence(extraction: Extraction) -> None:
    [report] = extraction.reports
    rated = Rater(extraction.article, extraction.mentions).rated(report, Weights({"bias": 0.0}, {"bias_places": 9.0}))
    assert rated.confidence == 0.5
    assert rated.slot_confidence["places"] > 0.98
    assert rated.slot_confidence["date"] == 0.5


def test_every_weight_is_of_a_feature(extraction: Extraction) -> None:
    [report] = extraction.reports
    rater = Rater(extraction.article, extraction.mentions)
    full = replace(report, targets=report.places, victims=report.places)
    known = {name for slot in SLOTS for name in rater.slot_features(full, slot) or ()}
    dates = {"date_told", "date_context", "date_default", "date_none"}
    assert set(shipped_weights().slot) <= known | dates
    assert set(shipped_weights().incident) <= set(features(extraction)) | dates


def test_probability_is_the_logistic_of_the_odds() -> None:
    assert probability({"a": 2.0, "b": 5.0}, {"a": 0.5}) == pytest.approx(0.7311, abs=1e-4)
    assert probability({"a": 1e9}, {"a": 1.0}) <= 1


def test_rules_alone_can_be_asked_for() -> None:
    article = Article(id="a", source="a", text=TEXT, published=date(2017, 6, 9))
    report: Report = Extractor(rate=False)(article).reports[0]
    assert report.slot_confidence == {}
