from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.arabic.tokenizer import ArabicTokenizer, known_words
from kgbuild.english.tokenizer import EnglishTokenizer
from kgbuild.pipeline.numbers import NumberFinder

_TOKENIZERS = {
    "ar": ArabicTokenizer(spacy.blank("ar").vocab, lexicon=known_words()),
    "en": EnglishTokenizer(spacy.blank("en").vocab),
}
_FINDERS = {language: NumberFinder(language) for language in _TOKENIZERS}
_CASES = Path(__file__).parents[1] / "cases" / "numbers"
_TOKENIZERS["ar"]("وثلاثة")  # loads the frequencies, which takes longer than one example may


def cases() -> list[Any]:
    rows = [
        (path.stem, json.loads(line))
        for path in sorted(_CASES.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [pytest.param(language, row["text"], row["numbers"], id=row["text"]) for language, row in rows]


def read(language: str, text: str) -> list[list[Any]]:
    doc = _FINDERS[language](_TOKENIZERS[language](text))
    return [[doc[n.start : n.end].text, n.min, n.max, n.exact] for n in doc._.numbers]


@pytest.mark.parametrize(("language", "text", "expected"), cases())
def test_numbers_are_read(language: str, text: str, expected: list[list[Any]]) -> None:
    assert read(language, text) == expected


@given(
    st.lists(
        st.sampled_from(
            [
                "ثلاثة",
                "و",
                "عشرون",
                "مئة",
                "ألف",
                "آلاف",
                "عشر",
                "على",
                "الأقل",
                "أكثر",
                "من",
                "بين",
                "12",
                "3,5",
                "-",
                "إلى",
                "عشرات",
                "نصف",
                ".",
                "مليون",
                "في",
            ]
        )
    )
)
def test_any_row_of_number_words_is_survived(words: list[str]) -> None:
    doc = _FINDERS["ar"](_TOKENIZERS["ar"](" ".join(words)))
    ends = [0]
    for number in doc._.numbers:
        assert ends[-1] <= number.start < number.end <= len(doc)
        assert number.min is None or number.max is None or number.min <= number.max
        ends.append(number.end)


@given(st.integers(min_value=1, max_value=999_999))
def test_digits_give_their_value_in_every_script(value: int) -> None:
    eastern = str(value).translate({ord("0") + digit: ord("٠") + digit for digit in range(10)})
    for written in (str(value), eastern, f"{value:,}"):
        assert [row[1:3] for row in read("ar", f"قتل {written} شخصا")] == [[value, value]]
