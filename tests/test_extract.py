"""The whole reading of an article: exact offsets, whatever the text; what every report must hold."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgbuild.extract import Extractor
from kgbuild.model import Article, Extraction
from kgbuild.reading import read_paths

EXAMPLES = Path(__file__).parent.parent / "examples"

_PIECES = st.sampled_from(
    [
        "قصف طيران التحالف الدولي بلدة المنصورة",
        "قُتِلَ خَمسةُ مدنيين بينهم طفلتان",
        "مـديـنـة الرقـّـة",
        'و«أعماق» التابعة لـ"داعش"',
        "١٤ قتيلاً على الأقل",
        "killed at least 14 civilians in Raqqa",
        "\u202bسيارة مفخخة\u202c",
        "💥🔥",
        "#ريف_حلب",
        "گلستان ی ک",
        "\n\n",
        "، ",
        ". ",
        "(قسد)",
        "جراء غارة جوية من",
        "\u200f",
        "ﻻﻹ",
    ]
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _article(text: str, language: str = "ar") -> Article:
    return Article(id="a", source="a", text=text, published=date(2017, 6, 9), language=language)


def _check(extraction: Extraction) -> None:
    text = extraction.article.text
    entities = {e.id for e in extraction.entities}
    for mention in extraction.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text
        assert mention.entity in entities
    for report in extraction.reports:
        spans = [report.trigger, *report.evidence, *((c.start, c.end) for c in report.casualties)]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert any(s <= report.trigger[0] and report.trigger[1] <= e for s, e in report.evidence)
        named = {*report.places, *report.perpetrators, *report.targets, *report.weapons, *report.victims}
        assert named | set(report.sources) <= entities
        assert not set(report.perpetrators) & set(report.targets)
    for relation in extraction.relations:
        assert {relation.subject, relation.object} <= entities
        assert all(0 <= start < end <= len(text) for start, end in relation.evidence)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PIECES, min_size=1, max_size=14).map(" ".join))
def test_spans_reproduce_the_text(extractor: Extractor, text: str) -> None:
    _check(extractor(_article(text)))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_is_read(extractor: Extractor, text: str) -> None:
    if any("\ud800" <= c <= "\udfff" for c in text):
        return  # the readers replace halves of surrogate pairs
    _check(extractor(_article(text)))
    _check(extractor(_article(text, "en")))


def test_the_same_article_gives_the_same_extraction(extractor: Extractor) -> None:
    text = "قصفت قوات النظام بلدة تلمنس بالمدفعية. وأسفر القصف عن مقتل امرأة وإصابة طفلين."
    assert extractor(_article(text)) == Extractor()(_article(text))


def test_articles_do_not_colour_each_other() -> None:
    articles = list(read_paths([str(EXAMPLES)], on_error=lambda error: pytest.fail(str(error))))
    there, back = Extractor(), Extractor()
    forwards = {article.id: there(article) for article in articles}
    assert all(forwards[article.id] == back(article) for article in reversed(articles))


def test_empty_text_gives_nothing(extractor: Extractor) -> None:
    extraction = extractor(_article(" \n "))
    assert not extraction.mentions
    assert not extraction.reports


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "قصف " * 12_000,
        "«" * 10_000 + "قصف الرقة" + "»" * 10_000,
        "\u202e" * 50_000,
        "قتل 3 مدنيين، " * 4_000,
        "ا" * 200_000,
    ],
    ids=["one word", "nested quotes", "bidi controls", "one clause", "one letter"],
)
def test_hostile_text_takes_linear_time(extractor: Extractor, text: str) -> None:
    half = _seconds(extractor, text[: len(text) // 2])
    whole = _seconds(extractor, text)
    assert whole < 4 * half + 1.0


def _seconds(extractor: Extractor, text: str) -> float:
    began = time.process_time()
    extractor(_article(text))
    return time.process_time() - began
