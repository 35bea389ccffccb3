from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.language.folding import fold, fold_key, fold_text, without_article

ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآٱىئؤةـًٌٍَُِّْٰ\u200f\u200eکیگ ٠١۲۳«»“”—،")
ANY = st.one_of(st.text(), ARABIC)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("الرَّقّة", "الرقه"),
        ("مستشفى", "مستشفي"),
        ("مسؤول", "مسوول"),
        ("طائرة", "طايره"),
        ("آلاف", "الاف"),
        ("بـــصاروخ", "بصاروخ"),
        ("\u202bداعش\u202c", "داعش"),
        ("کوبانی", "كوباني"),
        ("ﻻ", "لا"),
        ("٣٬٢١٦", "3,216"),
        ("۲۰۱۷", "2017"),
        ("«قسد»", '"قسد"'),
        ("2016–2017", "2016-2017"),
        ("Deir ez-Zôr", "deir ez-zor"),
    ],
)
def test_spellings_fold_together(written: str, folded: str) -> None:
    assert fold_text(written) == folded


def test_quotes_and_points_do_not_part_a_key() -> None:
    assert fold_key("Ra's  al-ʿAyn, U.S.") == "ras al ayn us"
    assert fold_key('تنظيم  "داعش"') == fold_key("تنظيم «داعش»")


@pytest.mark.parametrize(("word", "bare"), [("الرقه", "رقه"), ("الف", "الف"), ("رقه", "رقه"), ("al", "al")])
def test_the_article_goes_where_a_word_is_left(word: str, bare: str) -> None:
    assert without_article(word) == bare


@given(ANY)
def test_the_map_is_as_long_as_the_folded_text_and_rises(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= start < len(text) for start in folded.starts)


@given(ANY)
def test_each_folded_character_comes_from_the_place_the_map_names(text: str) -> None:
    folded = fold(text)
    for start in set(folded.starts):
        made = "".join(c for c, s in zip(folded.text, folded.starts, strict=True) if s == start)
        assert made == fold_text(text[start])


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold_text(text)
    assert fold_text(once) == once


@given(ANY)
def test_both_ways_of_folding_agree(text: str) -> None:
    assert fold(text).text == fold_text(text)


@given(ARABIC)
def test_no_diacritic_survives(text: str) -> None:
    assert not any(unicodedata.category(character) in ("Mn", "Cf", "Lm") for character in fold_text(text))
