"""Arabic names in Latin letters by rule, for labels of entities that no list knows.

Words with an established spelling are listed; others are read plainly: long vowels are known, short ones come from the
word's shape (فاعل has an "i", فعيلة in the diminutive a "u" and an "ay"), and where no shape tells, consonants that
cannot stand together get an "a". Where the name is vocalised, the written vowels are used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from kgbuild.language.folding import fold_text
from kgbuild.resources import data_path
from kgbuild.table_cache import cached_table

_ARTICLE = "al-"
_LONGEST_ENTRY = 3
_CONSTRUCT = re.compile(r"[ae]t$")
_VOWELS = frozenset("aeiou")
_SONORANTS = frozenset("lmnrwy")
_DIGRAPHS = frozenset(("kh", "th", "dh", "sh", "gh", "ch"))
_A, _U, _I, _SHADDA = "\u064e\u064f\u0650\u0651"
_VOWEL_BEFORE_DOUBLING = re.compile(f"([\u064b-\u0650]){_SHADDA}")
_SHORT = {_A: "a", _U: "u", _I: "i", "\u064b": "", "\u064c": "", "\u064d": "", "\u0652": ""}
_OPENERS_OF_SYLLABLES = frozenset(f"اآةى{_A}{_U}{_I}{_SHADDA}")
_LONG = {"و": "u", "ي": "i"}
_GLIDE = {"و": "w", "ي": "y"}
_ENDS = {"و": "u", "ي": "i", "ة": "a", "ى": "a"}


@cache
def latin_data() -> Mapping[str, Any]:
    """The content of `data/latin/spelling.toml`."""
    path = data_path("latin", "spelling.toml")
    found: Mapping[str, Any] = cached_table("latin-spelling", (path,), lambda: tomllib.loads(path.read_text("utf-8")))
    return found


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Shapes of words and the words with their short vowels written; C is any consonant."""
    vowels = {"A": _A, "U": _U, "I": _I}
    consonants = latin_data()["shapes"]["consonants"]
    found = []
    for shape, written in latin_data()["shapes"]["words"]:
        written = "".join(vowels.get(letter, letter) for letter in written)
        found.append((re.compile(shape.replace("C", f"[{consonants}]")), written))
    return tuple(found)


def transliterate(name: str) -> str:
    """A name in Latin letters, capitalised: كفرتعال is Kafr Taal, حي المشلب is Hayy al-Mashlab."""
    words, found, begin = name.split(), [], 0
    while begin < len(words):
        taken, latin = _listed(words, begin)
        found.append(latin or _word(words[begin]))
        begin += taken
    return " ".join(word for word in found if word)


def listed_spelling(word: str) -> str | None:
    """The established spelling of a word, with the article where it bears one; None where the list does not have it."""
    listed: Mapping[str, str] = latin_data()["words"]
    folded = fold_text(word)
    if folded in listed:
        return listed[folded]
    bare = _without_article(word)
    latin = listed.get(fold_text(bare)) if bare != word else None
    return latin if latin is None or latin.startswith(_ARTICLE) else _ARTICLE + _capital(latin)


def is_listed(name: str) -> bool:
    """Whether the list has the very name, with its article: it stands for itself, whatever place is called so."""
    folded = fold_text(name)
    return folded in latin_data()["words"] and (" " in folded or folded.startswith("ال"))


def _listed(words: list[str], begin: int) -> tuple[int, str | None]:
    """How many words the list writes as one (عبد الله), and their spelling; a final -t is only before another word."""
    for taken in range(min(_LONGEST_ENTRY, len(words) - begin), 1, -1):
        latin = latin_data()["words"].get(fold_text(" ".join(words[begin : begin + taken])))
        if latin is not None:
            return taken, latin
    word, latin = words[begin], listed_spelling(words[begin])
    if latin and fold_text(word).endswith("ه") and (begin == len(words) - 1 or latin.startswith(_ARTICLE)):
        latin = _CONSTRUCT.sub("a", latin)
    return 1, latin


def _word(word: str) -> str:
    if word.isascii():
        return word
    for start, latin in latin_data()["starts"].items():
        rest = word.removeprefix(start)
        if rest != word and len(rest) > 2:
            return f"{latin}{transliterate(rest)}"
    bare = _without_article(word)
    return (_ARTICLE if bare != word else "") + _capital(_letters(bare))


def _without_article(word: str) -> str:
    """The word without its article; also where two letters are left (الري), save where they end in an alif (الفا)."""
    rest = word.removeprefix("ال")
    return rest if len(rest) > 2 or (len(rest) == 2 and not rest.endswith("ا")) else word


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _letters(word: str) -> str:
    """The letters one by one, with an "a" between consonants that begin the word or stand three in a row."""
    sounds = _sounds(_vocalised(word))
    written: list[str] = []
    run = 1 if sounds else 0
    for index, sound in enumerate(sounds):
        consonant = sound[0] not in _VOWELS
        if consonant and written and run and (len(written) == 1 or run >= 2 or _needs_vowel(sounds, index)):
            written.append("a")
            run = 0
        written.append(sound)
        run = run + 1 if consonant and len(written) > 1 else int(consonant)
    return _smooth("".join(written))


def _needs_vowel(sounds: list[str], index: int) -> bool:
    """Whether the last consonant cannot close the syllable after another one: Asad and Karam, but Shams, Harb, Fahd."""
    if index != len(sounds) - 1 or index < 2:
        return False
    before, last = sounds[index - 1], sounds[index]
    if before in _SONORANTS:
        return before not in "wy" and last in _SONORANTS
    return before != "h" and last != "t"


def _smooth(latin: str) -> str:
    for found, better in latin_data()["smooth"]["words"]:
        latin = re.sub(found, better, latin)
    return latin


def _vocalised(word: str) -> str:
    """The word with the short vowels that its shape tells, unless some are written."""
    if any(letter in _SHORT or letter == _SHADDA for letter in word):
        return _VOWEL_BEFORE_DOUBLING.sub(rf"{_SHADDA}\1", word)
    for shape, written in _shapes():
        word = shape.sub(written, word)
    return word


def _sounds(word: str) -> list[str]:
    letters: Mapping[str, str] = latin_data()["letters"]
    found: list[str] = []
    for index, letter in enumerate(word):
        if letter == _SHADDA:
            _double(found)
        elif letter in _SHORT:
            if word[index - 1 : index] == "ع" and found[-1:] == ["a"]:
                found.pop()  # what is heard of it is its vowel: Ulaymat
            found.append(_SHORT[letter])
        elif letter in _GLIDE and index < len(word) - 1:
            found.append(_glide(word, index))
        elif letter in _ENDS and index == len(word) - 1:
            found.append("" if letter == "ة" and word[index - 1 : index] == "ا" else _ENDS[letter])
        else:
            found.append(letters.get(letter, letters.get(fold_text(letter), letter if letter.isascii() else "")))
    return [sound for sound in found if sound]


def _double(sounds: list[str]) -> None:
    """Write the last consonant twice, after a vowel."""
    if sounds and sounds[-1] not in _DIGRAPHS and sounds[-1][0] not in _VOWELS:
        if len(sounds) > 1 and sounds[-2][-1] not in _VOWELS:
            sounds.insert(-1, "a")
        sounds[-1] *= 2


def _glide(word: str, index: int) -> str:
    """و and ي within a word: a consonant at its beginning, before or after a vowel, else a long vowel."""
    letter, before, after = word[index], word[index - 1 : index], word[index + 1]
    if index == 0 or after in _OPENERS_OF_SYLLABLES or before in ("ا", _A):
        return _GLIDE[letter]
    if after in _GLIDE and word[index + 2 : index + 3] not in _OPENERS_OF_SYLLABLES | {""}:
        return {"و": "uw", "ي": "iy"}[letter]
    return _LONG[letter]
