from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kgbuild.arabic.tokenizer import ArabicTokenizer, known_words
from kgbuild.english.tokenizer import EnglishTokenizer
from kgbuild.model import Article
from kgbuild.pipeline.dates import DateFinder
from kgbuild.pipeline.segments import Segmenter

_TOKENIZERS = {
    "ar": ArabicTokenizer(spacy.blank("ar").vocab, lexicon=known_words()),
    "en": EnglishTokenizer(spacy.blank("en").vocab),
}
_SEGMENTER = Segmenter()
_FINDERS = {language: DateFinder(language) for language in _TOKENIZERS}
_CASES = Path(__file__).parents[1] / "cases" / "dates"
_PARTS = (
    "اليوم أمس الخميس مساء منذ قبل يومين 9 يونيو 2017 الماضي الجاري أسبوع 24 ساعة عام من إلى الشهر 31 شباط - / ، بين و"
)


def dated(language: str, text: str, published: date | None) -> Doc:
    doc = _SEGMENTER(_TOKENIZERS[language](text))
    doc._.article = Article(id="a", source="a", text=text, published=published)
    return _FINDERS[language](doc)


dated("ar", "أمس 9 يونيو", None)  # loads frequencies and patterns, which takes longer than one example may


def cases() -> list[Any]:
    rows = [
        (path.stem, json.loads(line))
        for path in sorted(_CASES.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [pytest.param(language, row, id=row["text"][:40]) for language, row in rows]


@pytest.mark.parametrize(("language", "case"), cases())
def test_times_are_found_and_resolved(language: str, case: dict[str, Any]) -> None:
    published = date.fromisoformat(case["published"]) if case["published"] else None
    doc = dated(language, case["text"], published)
    found = [
        [mention.interval.text, *_days(mention.interval.earliest, mention.interval.latest), mention.interval.precision]
        for mention in doc._.dates
    ]
    assert found == case["dates"]


def _days(*days: date | None) -> list[str | None]:
    return [day.isoformat() if day else None for day in days]


@given(st.lists(st.sampled_from(_PARTS.split())), st.none() | st.dates())
def test_any_row_of_time_words_is_survived(words: list[str], published: date | None) -> None:
    doc = dated("ar", " ".join(words), published)
    end = 0
    for mention in doc._.dates:
        assert end <= mention.start < mention.end <= len(doc)
        assert mention.interval.text == doc[mention.start : mention.end].text
        earliest, latest = mention.interval.earliest, mention.interval.latest
        assert (earliest is None) == (latest is None) == (not mention.anchored)
        assert earliest is None or latest is None or earliest <= latest
        end = mention.end


@pytest.mark.parametrize(
    "unit", ["أمس ", "9 يونيو ", "9-", "منذ ", "الخميس، ", "الخميس 9 يونيو ", "ليل أمس الخميس (", "2017 ", "أيار\n"]
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    started = time.process_time()
    dated("ar", text, date(2017, 6, 9))
    assert time.process_time() - started < 10
