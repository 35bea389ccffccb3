"""Arabic names in Latin letters."""

from __future__ import annotations

import pytest

from kgbuild.linking.transliterate import is_listed, listed_spelling, transliterate


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("كفرتعال", "Kafr Taal"),
        ("غرانيج", "Gharanij"),
        ("تل رفعت", "Tal Rifaat"),
        ("المشلب", "al-Mashlab"),
        ("أبو عمر", "Abu Omar"),
        ("هجين", "Hajin"),
        ("عون الدادات", "Aun al-Dadat"),
        ("گوران", "Guran"),
    ],
)
def test_a_name(name: str, latin: str) -> None:
    assert transliterate(name) == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("سليمان", "Suleiman"),
        ("عبد الله أوجلان", "Abdullah Ocalan"),
        ("عبدالرحمن الجبوري", "Abd al-Rahman al-Jabouri"),
        ("رجب طيب إردوغان", "Recep Tayyip Erdogan"),
        ("رجب الغدير", "Rajab al-Ghadir"),
        ("لواء شهداء بدر", "Liwa Shuhada Badr"),
        ("خربة الشعير", "Khirbet al-Shair"),
        ("القدس", "al-Quds"),
    ],
)
def test_words_of_the_list_have_the_spelling_of_the_press(name: str, latin: str) -> None:
    assert transliterate(name) == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("خالدية", "Khalidiya"),
        ("غزاوية", "Ghazawiya"),
        ("هويدر", "Huwaydar"),
        ("دويركة", "Duwayraka"),
        ("مسيفرة", "Musayfira"),
        ("عليمات", "Ulaymat"),
        ("فاطسة", "Fatisa"),
        ("الصائم", "al-Saim"),
        ("عيوج", "Ayuj"),
        ("زيوان", "Ziwan"),
        ("بدوي", "Badawi"),
        ("كوبان", "Kuban"),
        ("صناعة", "Sanaa"),
        ("سفر", "Safar"),
        ("جورب", "Jawrab"),
        ("أوركش", "Orkash"),
        ("إيلاف", "Ilaf"),
        ("الزر", "al-Zar"),
        ("حفرة", "Hafra"),
        ("مباة", "Maba"),
    ],
)
def test_the_shape_of_a_word_tells_short_vowels(name: str, latin: str) -> None:
    assert transliterate(name) == latin


def test_a_noun_before_another_keeps_its_t() -> None:
    assert transliterate("معرة حرمة") == "Maarat Harma"
    assert transliterate("المعرة") == "al-Maara"


def test_written_vowels_are_used() -> None:
    assert transliterate("مُسلِم") == "Muslim"


def test_a_doubled_letter_is_written_twice() -> None:
    assert transliterate("كبّان") == "Kabban"
    assert transliterate("المبطَّن") == "al-Mabattan"


def test_latin_letters_stay() -> None:
    assert transliterate("M5") == "M5"


def test_nothing_is_nothing() -> None:
    assert transliterate("") == ""


def test_the_list_is_asked_with_and_without_the_article() -> None:
    assert (listed_spelling("الجبوري"), listed_spelling("جبوري")) == ("al-Jabouri", "Jabouri")
    assert listed_spelling("معلكون") is None
    assert [is_listed(name) for name in ("القدس", "الجبوري", "عبد الله")] == [True, False, True]
