"""Any text is read in linear time, and never breaks the components."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.who import read

WORDS = (
    *("حلب", "الرقة", "داعش", "سيارة", "المدينة", "قصف", "مدفعي", "و", "ريف", "الشمالي", "قرى", "أبو", "محمد"),
    *("طريق", "ال", "لل", "بصاروخ", "عائلتي", "م5", "«", "»", "،", "-", "(", ")", '"', "#", "\n"),
)
ENGLISH = (*["Aleppo", "the", "village", "of", "al", "ISIS", "drone", "Gen.", "said", "city"], *'-",')


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=60))
@settings(max_examples=150)
def test_any_text_is_read(words: list[str]) -> None:
    text = " ".join(words)
    doc = read(text)
    assert all(0 <= m.start < m.end <= len(doc) for m in doc._.mentions)
    iris = [entity.iri for entity in doc._.entities]
    assert len(set(iris)) == len(iris)


@given(st.lists(st.sampled_from(ENGLISH)))
@settings(max_examples=100)
def test_any_english_is_read(words: list[str]) -> None:
    doc = read(" ".join(words), "en")
    assert all(mention.entity for mention in doc._.mentions)


def seconds_for(text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started


LONG: dict[str, Callable[[int], str]] = {
    "one word": lambda n: "ا" * n,
    "nested quotes": lambda n: "«" * (n // 2) + "»" * (n // 2),
    "bidi controls": lambda n: "\u202e\u200fحلب\u200e " * (n // 7),
    "emoji": lambda n: "😀" * n,
    "lone surrogates": lambda n: "حلب \ud800 " * (n // 6),
    "one back-reference after another": lambda n: "داعش التنظيم " * (n // 13),
    "many villages": lambda n: " ".join(
        f"قرية س{chr(0x627 + i % 20)}{chr(0x628 + i // 20 % 20)}ق" for i in range(n // 12)
    ),
    "many houses": lambda n: "منزل في قرية معلك " * (n // 18),
    "one head noun": lambda n: "قرية " * (n // 5),
    "many persons": lambda n: " ".join(
        f"أبو ز{chr(0x627 + i % 20)}{chr(0x628 + i // 20 % 20)}ص" for i in range(n // 9)
    ),
}


@pytest.mark.parametrize("kind", LONG)
def test_the_time_is_linear_in_the_length(kind: str) -> None:
    read("حلب")  # the lexicons are loaded
    text = LONG[kind]
    short, long = seconds_for(text(8_000)), seconds_for(text(64_000))
    assert long < 0.5 + 8 * 3 * short
    assert long < 30


def test_200_kb_of_one_word_is_read() -> None:
    assert seconds_for("ق" * 200_000) < 10
