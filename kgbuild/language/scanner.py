"""Cuts any text into pieces (words, numbers, addresses, marks, white space) and builds the spaCy `Doc` out of them.

Language-neutral: the tokenizers of `arabic` and `english` decide what becomes of each word. Every pattern is bounded or
falls through to a run, so the time is linear in the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.types import Ints2d

_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_ARABIC = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08b4"
)
_ARABIC += "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08e3-\u08ff"
_HOST = r"(?:[A-Za-z0-9-]{1,63}\.){1,5}(?:com|net|org|info|edu|gov|tv|me|co|io|news|sy|iq|tr|uk|ru|ly)\b(?![.]?[\w@])"
_URL_TAIL = r"[^\s\"'<>«»“”()،؛\u0600-\u06ff]"

_PATTERN = re.compile(
    rf"""(?P<SPACE>\s+)
    |(?P<URL>(?:https?://|www\.){_URL_TAIL}*[^\s"'<>«»“”()،؛.,:;!?…\u0600-\u06ff]|[\w.+-]{{1,64}}@{_HOST}|{_HOST}(?:/{_URL_TAIL}*)?
        |(?<!\w)@\w{{1,40}})
    |[{_INVISIBLE}]*(?:(?P<NUM>
        \d{{1,3}}(?:[,٬]\d{{3}})+(?![\d,٬])(?:[.٫]\d+(?![.٫]?\d))?|\d{{1,3}}(?:\.\d{{3}}){{2,}}(?![.\d])
        |(?<!\d[.,])\d+[.,٫]\d+(?![.,٫]?\d)|\d+)
    |(?P<ARABIC>[{_ARABIC}][{_ARABIC}{_MARKS}{_INVISIBLE}]*)
    |(?P<LETTERS>(?:[A-Za-z]\.){{2,}}|(?:[^\W\d_{_ARABIC}][{_MARKS}{_INVISIBLE}]*)+(?:['’](?:[^\W\d_{_ARABIC}][{_MARKS}]*)+)*)
    |(?P<PUNCT>\.{{2,}}|[^\w\s{_INVISIBLE}]|_|\w))[{_INVISIBLE}]*
    |(?P<MARK>[{_INVISIBLE}]+)""",
    re.VERBOSE,
)
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class Piece(NamedTuple):
    """A stretch of the text and what kind it is: SPACE, URL, NUM, ARABIC, LETTERS, PUNCT or MARK (invisible only)."""

    text: str
    kind: str


class Tokens(NamedTuple):
    """What a document made by `build_doc` holds, as parallel lists that are read many times faster than its tokens."""

    texts: list[str]
    norms: list[str]
    lemmas: list[str]
    tags: list[str]
    starts: list[int]
    ends: list[int]


TOKENS = "kgbuild.tokens"
"""Key in `doc.user_data` of the document's `Tokens`."""


class Unit(NamedTuple):
    """A token to be: its written text, its folded form, that without the article, and its tag."""

    text: str
    norm: str
    lemma: str
    tag: str


def without_surrogates(text: str) -> str:
    """The text with each lone surrogate replaced by U+FFFD; no offset changes."""
    return _LONE_SURROGATES.sub("\ufffd", text)


def scan(text: str) -> Iterator[Piece]:
    """The pieces of the text in order; joined they are the text."""
    for match in _PATTERN.finditer(text):
        yield Piece(match.group(), match.lastgroup or "PUNCT")


def norms_of(units: Iterable[Unit]) -> list[str]:
    """What `build_doc` would give as `norm_`, but for white space."""
    return [norm or text for text, norm, _, tag in units if tag != "SPACE"]


def build_doc(vocab: Vocab, units: Iterable[Unit]) -> Doc:
    """A `Doc` of the units with `norm_`, `lemma_` and `tag_` set; a space after a token becomes its trailing space."""
    rows: list[tuple[str, str, str, str, int, int]] = []
    spaces: list[bool] = []
    at = 0
    for text, norm, lemma, tag in units:
        rest = text
        if tag == "SPACE" and text[0] == " " and rows:
            spaces[-1] = True
            at, rest = at + 1, text[1:]
        if rest:
            if tag == "SPACE" or not norm:
                norm = lemma = rest
            begin, at = at, at + len(rest)
            rows.append((rest, norm, lemma, tag, begin, at))
            spaces.append(False)
    tokens = Tokens(*map(list, zip(*rows, strict=True))) if rows else Tokens([], [], [], [], [], [])
    doc = Doc(vocab, words=tokens.texts, spaces=spaces)
    if rows:
        ids = {string: vocab.strings.add(string) for string in {*tokens.norms, *tokens.lemmas, *tokens.tags}}
        attributes = [(ids[norm], ids[lemma], ids[tag]) for _, norm, lemma, tag, *_ in rows]
        doc.from_array(["NORM", "LEMMA", "TAG"], cast("Ints2d", np.array(attributes, dtype=np.uint64)))
    doc.user_data[TOKENS] = tokens
    return doc
