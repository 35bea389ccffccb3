from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kgbuild.english.tokenizer import EnglishTokenizer, singular

_TOKENIZER = EnglishTokenizer(spacy.blank("en").vocab)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kgbuild.english_tokenizer.v1"}}})


@given(st.one_of(st.text(), st.text(alphabet="abS'’. \n-1,2\"“#_@é\u200b")))
def test_the_text_is_kept(text: str) -> None:
    doc = _TOKENIZER(text)
    assert doc.text == "".join("\ufffd" if 0xD800 <= ord(character) <= 0xDFFF else character for character in text)
    assert all(token.norm_ and token.lemma_ and token.tag_ for token in doc)


@given(st.text(alphabet="abS'’. \n-1,2\"“#_@é\u200b"))
def test_norms_are_those_of_the_document(text: str) -> None:
    assert _TOKENIZER.norms(text) == [token.norm_ for token in _TOKENIZER(text) if token.tag_ != "SPACE"]


def test_pieces(nlp: Language) -> None:
    doc = nlp("Raqqa’s schools were hit by U.S. jets, don't ask; 1,200 fled al-Bab.")
    expected = "raqqa 's schools were hit by u.s. jets , don't ask ; 1,200 fled al - bab ."
    assert [token.norm_ for token in doc] == expected.split()


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("civilians", "civilian"),
        ("women", "woman"),
        ("bodies", "body"),
        ("churches", "church"),
        ("forces", "force"),
        ("hamas", "hamas"),
        ("homs", "homs"),
        ("glass", "glass"),
    ],
)
def test_singular_by_rule(plural: str, expected: str) -> None:
    assert singular(plural) == expected
