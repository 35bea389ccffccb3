"""Arabic names in Latin letters."""

from __future__ import annotations

import pytest

from kgbuild.linking.transliterate import transliterate


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("كفرتعال", "Kafrataal"),
        ("غرانيج", "Gharanij"),
        ("تل رفعت", "Tal Rafat"),
        ("المشلب", "al-Mashlab"),
        ("أبو عمر", "Abu Omar"),
        ("هجين", "Hajin"),
        ("عون الدادات", "Aun al-Dadat"),
        ("کوباني", "Kubani"),
    ],
)
def test_a_name(name: str, latin: str) -> None:
    assert transliterate(name) == latin


def test_written_vowels_are_used() -> None:
    assert transliterate("مُسلِم") == "Muslim"


def test_latin_letters_stay() -> None:
    assert transliterate("M5") == "M5"


def test_nothing_is_nothing() -> None:
    assert transliterate("") == ""
