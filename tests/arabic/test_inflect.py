from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.arabic.inflect import NounForm, VerbForm, adjective_forms, noun_forms, strip_suffix, verb_forms
from kgbuild.language.folding import fold_text


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        ("عائلته", ("عائلة", "ه")),
        ("منازلهم", ("منازل", "هم")),
        ("أبناؤه", ("أبناء", "ه")),
        ("أبنائها", ("أبناء", "ها")),
        ("قتلوه", ("قتلو", "ه")),
        ("استهدفهما", ("استهدف", "هما")),
    ],
)
def test_pronouns_come_off(written: str, reading: tuple[str, str]) -> None:
    assert (fold_text(reading[0]), reading[1]) in strip_suffix(fold_text(written))


@given(st.text(alphabet="ابتهيكمنوء", max_size=12))
def test_the_word_itself_is_the_first_reading(word: str) -> None:
    readings = strip_suffix(word)
    assert readings[0] == (word, "")
    assert all(len(stem) >= 2 for stem, suffix in readings if suffix)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("قتيل", NounForm("singular")),
        ("قتيلا", NounForm("singular")),
        ("قتيلان", NounForm("dual")),
        ("قتيلين", NounForm("dual")),
        ("قتيلي", NounForm("dual", construct=True)),
        ("قتلى", NounForm("plural")),
        ("قتيلة", NounForm("singular", feminine=True)),
        ("قتيلتين", NounForm("dual", feminine=True)),
        ("قتيلات", NounForm("plural", feminine=True)),
    ],
)
def test_a_noun_with_a_broken_plural_and_a_feminine(form: str, expected: NounForm) -> None:
    assert noun_forms("قتيل", ["قتلى"], feminine="قتيلة")[fold_text(form)] == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("طفلة", NounForm("singular", feminine=True)),
        ("طفلتان", NounForm("dual", feminine=True)),
        ("طفلتا", NounForm("dual", feminine=True, construct=True)),
        ("طفلات", NounForm("plural", feminine=True)),
    ],
)
def test_a_noun_in_ta_marbuta(form: str, expected: NounForm) -> None:
    forms = noun_forms("طفلة", ["-ات"])
    assert forms[fold_text(form)] == expected
    assert fold_text("طفلةا") not in forms


def test_a_sound_plural_in_all_cases() -> None:
    forms = adjective_forms("مدني")
    assert {form for form, what in forms.items() if what == NounForm("plural")} == {"مدنيون", "مدنيين"}
    assert forms["مدنيو"] == NounForm("plural", construct=True)
    assert forms["مدنيه"] == NounForm("singular", feminine=True)


def test_a_noun_in_alef_maqsura() -> None:
    assert noun_forms("مستشفى", ["مستشفيات"])["مستشفيين"] == NounForm("dual")


@pytest.mark.parametrize(
    ("past", "present", "forms"),
    [
        ("قصف", "يقصف", ["قصف", "قصفت", "قصفوا", "قصفا", "قصفتا", "يقصف", "تقصف", "يقصفون", "يقصفوا", "تقصفان"]),
        ("شنّ", "يشنّ", ["شن", "شنت", "شنوا", "شننا", "يشن", "تشن", "يشنون"]),
        ("قال", "يقول", ["قال", "قالت", "قالوا", "قلنا", "قلن", "يقول", "يقولون", "يقل", "يقلن"]),
        ("أصاب", "يصيب", ["أصاب", "أصابت", "أصبنا", "يصيب", "يصب", "يصيبون"]),
        ("أصيب", "يصاب", ["أصيب", "أصيبت", "أصيبوا", "أصيبا", "يصاب", "تصب", "يصابون"]),
        ("نفى", "ينفي", ["نفى", "نفت", "نفوا", "نفيا", "نفينا", "نفا", "ينفي", "ينفون", "ينف"]),
        ("تبنى", "يتبنى", ["تبنت", "تبنوا", "تبنا", "يتبنى", "يتبنون", "يتبنا", "يتبن", "يتبنيان"]),
        ("دعا", "يدعو", ["دعا", "دعت", "دعوا", "دعونا", "يدعو", "يدعون", "يدع"]),
        ("لقي", "يلقى", ["لقي", "لقيت", "لقوا", "لقيا", "يلقون"]),
        ("بدأ", "يبدأ", ["بدأ", "بدأت", "بدأوا", "بدؤوا", "يبدأ", "يبدؤون"]),
        ("جاء", "يجيء", ["جاءت", "جاؤوا", "جاءوا"]),
    ],
)
def test_verbs_of_every_kind(past: str, present: str, forms: list[str]) -> None:
    made = verb_forms(past, present)
    assert [form for form in forms if fold_text(form) not in made] == []


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("القي", VerbForm(3, "masculine", "singular", "past")),
        ("القت", VerbForm(3, "feminine", "singular", "past")),
        ("القوا", VerbForm(3, "masculine", "plural", "past")),
        ("تلقي", VerbForm(3, "feminine", "singular", "present")),
        ("يلقون", VerbForm(3, "masculine", "plural", "present")),
        ("نلقي", VerbForm(1, "any", "plural", "present")),
    ],
)
def test_what_a_form_says(form: str, expected: VerbForm) -> None:
    assert verb_forms("ألقى", "يلقي")[form] == expected


def test_a_ya_that_is_a_consonant_stays() -> None:
    assert "ادت" not in verb_forms("أيد", "يؤيد")  # she led to: أدت
    assert "ايدت" in verb_forms("أيد", "يؤيد")
    assert "اصبت" in verb_forms("أصيب", "يصاب")


def test_a_strong_verb_keeps_its_letters() -> None:
    forms = verb_forms("قاتل", "يقاتل")
    assert "قاتلنا" in forms
    assert "قتل" not in forms
    assert "يقتل" not in forms
