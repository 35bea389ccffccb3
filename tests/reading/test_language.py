from __future__ import annotations

import pytest

from kgbuild.reading.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قتل سبعة مدنيين في غارة جوية", "ar"),
        ("Seven people were killed in a strike", "en"),
        ("قالت وكالة Example Wire على موقعها إن BBC و CNN نقلتا الخبر", "ar"),
        ("The group الرقة تذبح بصمت said on its page that the strike hit the town of عين عيسى", "en"),
        ("12345", "ar"),
        ("", "ar"),
    ],
)
def test_script_and_function_words_decide(text: str, language: str) -> None:
    assert detect_language(text) == language
