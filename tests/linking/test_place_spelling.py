"""Places within other names, as English writes them."""

from __future__ import annotations

import pytest

from kgbuild.linking.place_spelling import known_spelling, phonetic_spelling, spelled


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("حلب", "Aleppo"),
        ("الولايات المتحدة", "United States"),
        ("جسر الشغور", "Jisr al-Shughur"),
        ("باب الهوى", "Bab al-Hawa"),
        ("السويداء", "al-Suwayda"),
        ("معلكون", None),
    ],
)
def test_a_place_has_the_name_of_the_gazetteer(name: str, english: str | None) -> None:
    assert known_spelling(name) == english


def test_the_former_name_of_a_governorate_is_none_of_a_quarter() -> None:
    assert known_spelling("التأميم") is None


def test_a_village_is_not_called_as_a_foreign_city() -> None:
    assert phonetic_spelling("القاهرة") == "al-Qahira"
    assert phonetic_spelling("الفلوجة") == "Fallujah"


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("خان بني سعد", "Khan Bani Saad"),
        ("أهل سراقب", "Ahl Saraqib"),
        ("القدس", "al-Quds"),
        ("معارة النعسان", "Maarat al-Naasan"),
    ],
)
def test_a_name_is_spelt_with_the_places_in_it(name: str, latin: str) -> None:
    assert spelled(name.split()) == latin
