"""The tokenizer of the English pipeline, with the same attributes as the Arabic one.

`doc.text` is the text given. Each token has `norm_` (folded and lower-cased), `lemma_` (the norm in the singular, by
rule) and `tag_`: WORD, NUM, PUNCT, SPACE, URL, or CLITIC for the possessive "'s".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kgbuild.language.folding import fold_text
from kgbuild.language.lexicons import lexicon
from kgbuild.language.scanner import Piece, Unit, build_doc, norms_of, scan, without_surrogates

_POSSESSIVES = ("'s", "’s", "'S", "’S")
_ES_PLURALS = ("sses", "xes", "ches", "shes", "zzes")


def create_english_tokenizer() -> Callable[[Language], EnglishTokenizer]:
    """The factory behind `kgbuild.english_tokenizer.v1`."""
    return lambda nlp: EnglishTokenizer(nlp.vocab)


class EnglishTokenizer:
    """Makes a `Doc` of a text; see the module's docstring for what it sets."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize; lone surrogates, which no `Doc` can hold, become U+FFFD."""
        return build_doc(self.vocab, _units(without_surrogates(text)))

    def norms(self, text: str) -> list[str]:
        """The folded forms of the tokens that are no white space, without the cost of a `Doc`."""
        return norms_of(_units(without_surrogates(text)))


@dataclass(frozen=True, slots=True)
class _Plurals:
    irregular: dict[str, str]
    keep: frozenset[str]


@cache
def _plurals() -> _Plurals:
    data = lexicon("en", "plurals")
    return _Plurals(data["irregular"], frozenset(data["keep"]["words"]))


def singular(norm: str) -> str:
    """The singular of a lower-cased word by rule; a word that is no plural comes back as it is."""
    plurals = _plurals()
    if norm in plurals.irregular:
        return plurals.irregular[norm]
    if len(norm) < 4 or norm in plurals.keep or not norm.endswith("s") or norm.endswith(("ss", "us", "is", "'s")):
        return norm
    if norm.endswith("ies") and len(norm) > 4:
        return norm[:-3] + "y"
    return norm[:-2] if norm.endswith(_ES_PLURALS) else norm[:-1]


def _units(text: str) -> Iterator[Unit]:
    if text.startswith(_POSSESSIVES) and not text[2:3].isalnum():  # a phrase of a list: "'s leader"
        yield Unit(text[:2], "'s", "'s", "CLITIC")
        text = text[2:]
    for piece in scan(text):
        yield from _word(piece) if piece.kind == "LETTERS" else (_plain_unit(piece),)


def _word(piece: Piece) -> Iterator[Unit]:
    text = piece.text
    if text.endswith(_POSSESSIVES) and len(text) > 2:
        yield _letters(text[:-2])
        yield Unit(text[-2:], "'s", "'s", "CLITIC")
    else:
        yield _letters(text)


def _letters(text: str) -> Unit:
    norm = fold_text(text)
    return Unit(text, norm, singular(norm), "WORD")


def _plain_unit(piece: Piece) -> Unit:
    norm = fold_text(piece.text)
    tag = {"MARK": "SPACE", "ARABIC": "WORD"}.get(piece.kind, piece.kind)
    return Unit(piece.text, norm, norm, tag)
