from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kgbuild.arabic import dates as arabic
from kgbuild.arabic.tokenizer import ArabicTokenizer
from kgbuild.english import dates as english
from kgbuild.english.tokenizer import EnglishTokenizer
from kgbuild.language.calendar_dates import find_dates
from kgbuild.language.time_words import apply
from kgbuild.pipeline.time_text import TimeText, time_text_of

_TOKENIZERS = {"ar": ArabicTokenizer(spacy.blank("ar").vocab), "en": EnglishTokenizer(spacy.blank("en").vocab)}
_RULES = {"ar": arabic.rules(), "en": english.rules()}
_CASES = Path(__file__).parents[1] / "cases" / "dates"
_TEXTS = [
    (path.stem, json.loads(line)["text"])
    for path in sorted(_CASES.glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
_WORDS = sorted({word for language, text in _TEXTS if language == "ar" for word in text.split()})


def view(language: str, text: str) -> TimeText:
    return time_text_of(_TOKENIZERS[language](text))


def lost(language: str, view: TimeText) -> set[str]:
    """What the patterns find in the whole text, but not within its windows, alone or as a part of more: a window does
    not see that "the victims" follows "Thursday by night", and "by night" may belong to what follows.
    """
    whole = [(0, len(view.text))]
    rules = _RULES[language]
    found = {(one.start, one.end) for one in apply(rules, view.text, whole)}
    found |= {(one.start, one.end) for one in find_dates(view.text)}
    within = {(one.start, one.end) for one in apply(rules, view.text, view.windows)}
    within |= {(one.start, one.end) for one in view.dates}
    missing = [one for one in found if not any(start <= one[0] and one[1] <= end for start, end in within)]
    return {view.text[start:end] for start, end in missing if "\n" not in view.text[start:end]}


@pytest.mark.parametrize(("language", "text"), _TEXTS)
def test_the_windows_hold_every_time(language: str, text: str) -> None:
    assert lost(language, view(language, text)) == set()


@settings(deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=12))
@example(["الخميس", "ليلا", "الضحايا."])
def test_the_windows_hold_every_time_of_any_row_of_words(words: list[str]) -> None:
    assert lost("ar", view("ar", " ".join(words))) == set()


def test_text_that_tells_no_time_has_no_window() -> None:
    assert view("ar", "سقطت قذائف على السوق، وأصيب 14 شخصا بجروح.").windows == ()


def test_a_window_ends_at_the_line() -> None:
    text = view("ar", "الخميس\nالجمعة")
    assert [text.text[start:end] for start, end in text.windows] == ["الخميس", "الجمعه"]


def test_characters_lead_back_to_tokens() -> None:
    doc = _TOKENIZERS["ar"]("قصفت القرية مساء الخميس.")
    text = time_text_of(doc)
    at = text.text.index("مساء")
    start, end = text.tokens(at, at + len("مساء الخميس"))
    assert doc[start:end].text == "مساء الخميس"
