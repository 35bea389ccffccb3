"""Spellings of Arabic names in Latin letters."""

from __future__ import annotations

import pytest

from kgbuild.linking.gazetteer import Gazetteer
from kgbuild.linking.latin_spelling import close_key, vowelless_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khan Sheikhoun", "Khan Shaykhun"),
        ("al-Atarib", "Atarib"),
        ("Darayya", "Daraya"),
        ("Deir al-Zour", "Deir ez-Zor"),
        ("Kamishli", "Qamishli"),
        ("Fallujah", "Falluja"),
    ],
)
def test_one_sound_one_key(one: str, other: str) -> None:
    assert close_key(one) == close_key(other)


def test_short_names_and_other_scripts_have_no_key() -> None:
    assert close_key("Hit") is None
    assert close_key("سراقب") is None
    assert vowelless_key("Hama") is None


def test_vowels_alone_tell_no_names_apart() -> None:
    assert vowelless_key("Saraqeb") == vowelless_key("Saraqib")
    assert close_key("Saraqeb") != close_key("Saraqib")


def test_an_exact_spelling_wins() -> None:
    gazetteer = Gazetteer()
    assert gazetteer.find_spelt("Hama") == gazetteer.find("Hama")
    assert [place.label for place in gazetteer.find_spelt("Khan Sheikhun")] == ["Khan Shaykhun"]
    assert gazetteer.find_spelt("Wellington Boots") == []
