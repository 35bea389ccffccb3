"""Spelling folded away for matching, with a way back to the text as it was written.

Folding is per character, so it takes linear time and every folded character knows the original one it came from.
Diacritics, tatweel, zero-width and bidi marks go; alef, ya, waw and ta-marbuta forms, Persian and Urdu letters and
presentation forms become the plain Arabic letter; digits of all scripts become ASCII; typographic quotes and dashes
become plain ones; Latin letters lose case and accents.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LETTERS = dict(
    zip(
        "أإآٱٲٳٵىیېےئۓؤۆۇۈۉۋةۃۀہەھکڪگڭڤپچژڨٹڈڑں",
        "اااااااييييييووووووههههههككككفبجزقتدرن",
        strict=True,
    )
)
_PUNCTUATION = (
    dict.fromkeys("«»“”„‟❝❞〝〞″＂˝", '"')
    | dict.fromkeys("‘’‚‛‹›′`´ʼʿʾ", "'")
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | {"٫": ".", "٬": ",", "٪": "%", "ـ": ""}
)
_ARTICLE = "ال"
_LEAST_AFTER_ARTICLE = 3
_DROPPED_CATEGORIES = frozenset(("Mn", "Me", "Cf"))


class _FoldingTable(dict[int, str]):
    """A table for `str.translate` that works out each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    if 0xD800 <= ord(character) <= 0xDFFF:
        return "\ufffd"
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    decomposed = unicodedata.normalize("NFKD", character)
    if decomposed != character:
        return "".join(_fold_character(part) for part in decomposed)
    if unicodedata.category(character) in _DROPPED_CATEGORIES:
        return ""
    lowered = character.lower()
    return lowered if lowered == character else "".join(_fold_character(part) for part in lowered)


_TABLE = _FoldingTable()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded string; its character `i` came from the character `starts[i]` of the original."""

    text: str
    starts: Sequence[int]


def fold_text(text: str) -> str:
    """The folded string alone, without the way back."""
    return text.translate(_TABLE)


def fold_words(words: Iterable[str]) -> frozenset[str]:
    """The words of a list in folded spelling."""
    return frozenset(fold_text(word) for word in words)


def without_article(word: str) -> str:
    """A word without the Arabic article, where enough is left that it can be one: الرقه is رقه, but الف stays."""
    rest = word.removeprefix(_ARTICLE)
    return rest if len(rest) >= _LEAST_AFTER_ARTICLE else word


def fold(text: str) -> Folded:
    """The folded string with its offset map; linear in the length of `text`."""
    characters: list[str] = []
    starts: list[int] = []
    for index, character in enumerate(text):
        folded = _TABLE[ord(character)]
        characters.append(folded)
        starts += [index] * len(folded)
    return Folded("".join(characters), tuple(starts))


def fold_key(text: str) -> str:
    """A name as a key for comparing: folded, single spaces, no punctuation (apostrophe and point join, others part)."""
    return " ".join(fold_text(text).translate(_KEYS).split())


class _KeyTable(dict[int, str]):
    """What becomes of each folded character in a key, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        kept = self[code] = _key_character(chr(code))
        return kept


_KEYS = _KeyTable()


def _key_character(character: str) -> str:
    if character.isalnum() or unicodedata.category(character)[0] == "S":
        return character
    return "" if character in "'\"." else " "
