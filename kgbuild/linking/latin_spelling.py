"""Arabic names as English texts spell them: keys under which Khan Sheikhoun, Khan Sheikhun and Khan Shaykhun are one.

Newspapers write by ear, so the article comes and goes (al-Atarib, Atarib), letters are doubled (Darayya, Daraya), and
one sound has several spellings (ou, oo, u; q, k; ch, sh). `close_key` folds those; `vowelless_key` makes vowels one,
for names that are long enough to be told apart by their consonants.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kgbuild.language.lexicons import lexicon

_DOUBLED = re.compile(r"(.)\1+")
_ENDING = re.compile(r"(?:ah|a|h)$")
_VOWELS = re.compile(r"[aiuy]+")
_LEAST_LETTERS = 4
_LEAST_CONSONANTS = 4


@cache
def _spelling() -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    data = lexicon("en", "spelling")
    return frozenset(data["articles"]), tuple((written, sound) for written, sound in data["sounds"])


def close_key(name: str) -> str | None:
    """The name as it sounds, or None where too little of it is left to know it by."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if c.isalpha() or c in " -")
    if not plain.isascii():
        return None
    articles, sounds = _spelling()
    words = [word for word in plain.replace("-", " ").split() if word not in articles]
    key = "".join(words)
    for written, sound in sounds:
        key = key.replace(written, sound)
    key = _ENDING.sub("", _DOUBLED.sub(r"\1", key))
    return key if len(key) >= _LEAST_LETTERS else None


def without_article(name: str) -> str:
    """The name without the article before it: al-Raqqa is Raqqa."""
    article, sign, rest = name.replace("-", " ", 1).partition(" ")
    return rest if sign and article.lower() in _spelling()[0] else name


def vowelless_key(name: str) -> str | None:
    """The same with one sign for all vowels, or None where too few consonants are left to know it by."""
    key = close_key(name)
    if key is None or len(_VOWELS.sub("", key)) < _LEAST_CONSONANTS:
        return None
    return _VOWELS.sub(".", key)
