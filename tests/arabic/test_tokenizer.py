from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kgbuild.arabic.tokenizer import ArabicTokenizer

TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="وفبلكسالقرحيمنةأ ـَُّ\u200f\u202b\"«»()#_،.!؟0123٤٥,.\n\t'"),
    st.text(alphabet='وبل ال48"abcÀé👩‍👧🇸🇾@#/:.htpw-_'),
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("ar", config={"nlp": {"tokenizer": {"@tokenizers": "kgbuild.arabic_tokenizer.v1"}}})


_TOKENIZER = ArabicTokenizer(spacy.blank("ar").vocab)
_TOKENIZER("وقصف")  # loads the frequencies, which takes longer than one example may


@given(TEXTS)
def test_the_text_is_kept(text: str) -> None:
    kept = "".join("\ufffd" if 0xD800 <= ord(character) <= 0xDFFF else character for character in text)
    doc = _TOKENIZER(text)
    assert doc.text == kept
    assert all(kept[token.idx : token.idx + len(token)] == token.text for token in doc)


@given(TEXTS)
def test_every_token_has_a_norm_a_lemma_and_a_tag(text: str) -> None:
    tags = {"CLITIC", "WORD", "NUM", "PUNCT", "SPACE", "LATIN", "URL"}
    for token in _TOKENIZER(text):
        assert token.norm_
        assert token.lemma_
        assert token.tag_ in tags
        assert token.is_space <= (token.tag_ == "SPACE")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ('قصف لـ"داعش"', ["قصف", "لـ", '"', "داعش", '"']),
        ("بصاروخ وقال", ["ب", "صاروخ", "و", "قال"]),
        ("للتحالف", ["لل", "تحالف"]),
        ("وللتحالف", ["و", "لل", "تحالف"]),
        ("وبالمدفعية", ["و", "ب", "المدفعية"]),
        ("بِـصاروخٍ", ["بِـ", "صاروخٍ"]),
        ("خلال الـ24 وال48", ["خلال", "الـ", "24", "و", "ال", "48"]),
        ("#ريف_حلب", ["#", "ريف", "_", "حلب"]),
        ("3,216 و17.5", ["3,216", "و", "17.5"]),
        ("٣٬٢١٦٫٥", ["٣٬٢١٦٫٥"]),
        ("28.11.2021", ["28", ".", "11", ".", "2021"]),
        ("2017-06-09", ["2017", "-", "06", "-", "09"]),
        ("1.250.000", ["1.250.000"]),
        ("انظر https://example.org/a?b=1.", ["انظر", "https://example.org/a?b=1", "."]),
        ("من @wire_sy أو a.b@example.org", ["من", "@wire_sy", "أو", "a.b@example.org"]),
        ("سيقوم", ["س", "يقوم"]),
        ("وأكد", ["و", "أكد"]),
        ("وإلى", ["و", "إلى"]),
        ("والي", ["والي"]),
        ("وبسيارة", ["و", "ب", "سيارة"]),
        ("وكفرزيتا", ["و", "كفرزيتا"]),
        ("قال..", ["قال", ".."]),
    ],
)
def test_pieces(nlp: Language, text: str, tokens: list[str]) -> None:
    assert [token.text for token in nlp(text)] == tokens


@pytest.mark.parametrize(
    "word", ["وزير", "وادي", "فرن", "بيروت", "بغداد", "لبنان", "كتيبة", "لواء", "سوريا", "وصل", "بلدة", "وكالة"]
)
def test_a_word_that_only_looks_as_if_it_had_a_clitic_stays_whole(nlp: Language, word: str) -> None:
    assert [token.text for token in nlp(word)] == [word]


@pytest.mark.parametrize(
    ("text", "norms", "lemmas"),
    [
        ("للتحالف", ["ل", "التحالف"], ["ل", "تحالف"]),
        ("المسجِد", ["المسجد"], ["مسجد"]),
        ("الذي", ["الذي"], ["الذي"]),
        ("ألغام", ["الغام"], ["الغام"]),
        ("الله", ["الله"], ["الله"]),
        ("للاجئين", ["ل", "اللاجيين"], ["ل", "لاجيين"]),
        ("للجنة", ["ل", "اللجنه"], ["ل", "لجنه"]),
    ],
)
def test_norm_and_lemma(nlp: Language, text: str, norms: list[str], lemmas: list[str]) -> None:
    doc = nlp(text)
    assert [token.norm_ for token in doc] == norms
    assert [token.lemma_ for token in doc] == lemmas


def test_white_space_beyond_one_space_is_a_token(nlp: Language) -> None:
    doc = nlp("قصف \n\n قتل")
    assert [(token.text, token.whitespace_, token.tag_) for token in doc] == [
        ("قصف", " ", "WORD"),
        ("\n\n ", "", "SPACE"),
        ("قتل", "", "WORD"),
    ]


def test_marks_of_direction_belong_to_the_word(nlp: Language) -> None:
    assert [token.norm_ for token in nlp('"\u200fداعش\u200f"')] == ['"', "داعش", '"']


def test_injected_names_stay_whole() -> None:
    vocab = spacy.blank("ar").vocab
    assert [token.text for token in ArabicTokenizer(vocab)("بالميرا")] == ["ب", "الميرا"]
    assert [token.text for token in ArabicTokenizer(vocab, lexicon={"بالميرا"})("بالميرا")] == ["بالميرا"]


@pytest.mark.parametrize(
    "unit",
    ["و", '"', "«", "a.", "1,", "ـ", "َ", "@", "www.", "a-", "1.1", "a'", "ه\n", "\u200f", "الله"],
)
def test_time_is_linear_whatever_repeats(unit: str) -> None:
    _TOKENIZER(unit * 1000)
    started = time.process_time()
    _TOKENIZER((unit * 200_000)[:200_000])
    assert time.process_time() - started < 10


@given(TEXTS)
def test_norms_are_those_of_the_document(text: str) -> None:
    assert _TOKENIZER.norms(text) == [token.norm_ for token in _TOKENIZER(text) if token.tag_ != "SPACE"]
