"""Arabic names in Latin letters by rule, for labels of entities that no list knows.

A plain reading: long vowels are known, short ones are not written, so that consonants which cannot stand together get
an "a". Where the name is vocalised, the written vowels are used.
"""

from __future__ import annotations

import tomllib
from functools import cache

from kgbuild.language.folding import fold_text, without_article
from kgbuild.resources import data_path

_ARTICLE = "al-"
_VOWELS = frozenset("aeiou")
_SHORT = {
    "\u064e": "a",
    "\u064f": "u",
    "\u0650": "i",
    "\u064b": "",
    "\u064c": "",
    "\u064d": "",
    "\u0652": "",
    "\u0651": "",
}


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(data_path("ar", "latin.toml").read_text("utf-8"))


def transliterate(name: str) -> str:
    """A name in Latin letters, capitalised: كفرتعال is Kafrtaal, حي المشلب is Hay al-Mashlab."""
    return " ".join(_word(word) for word in name.split())


def _word(word: str) -> str:
    if word.isascii():
        return word
    listed = _table()["words"].get(fold_text(word))
    if listed is not None:
        return listed
    bare = without_article(word)
    return (_ARTICLE if bare != word else "") + _capital(_letters(bare))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _letters(word: str) -> str:
    """The letters one by one, with an "a" between consonants that begin the word or stand three in a row."""
    sounds = _sounds(word)
    written: list[str] = []
    run = 1 if sounds else 0
    for sound in sounds:
        consonant = bool(sound) and sound[0] not in _VOWELS
        if consonant and written and run and (len(written) == 1 or run >= 2):
            written.append("a")
            run = 0
        if sound:
            written.append(sound)
            run = run + 1 if consonant and len(written) > 1 else int(consonant)
    return "".join(written)


def _sounds(word: str) -> list[str]:
    letters = _table()["letters"]
    found: list[str] = []
    for index, letter in enumerate(word):
        last = index == len(word) - 1
        if letter in _SHORT:
            found.append(_SHORT[letter])
        elif letter in "وي" and not last:
            beside = word[index + 1 : index + 2]
            vowel = index > 0 and beside not in ("ا", "ة", "ى") and word[index - 1] not in "اوي"
            found.append({"و": "u", "ي": "i"}[letter] if vowel else {"و": "w", "ي": "y"}[letter])
        elif last and letter in "ويةى":
            found.append({"و": "u", "ي": "i", "ة": "a", "ى": "a"}[letter])
        else:
            found.append(letters.get(letter, letters.get(fold_text(letter), letter if letter.isascii() else "")))
    return found
