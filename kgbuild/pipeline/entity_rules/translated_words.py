"""Which English word a word of an Arabic name is: a noun, an adjective, a number of a unit, or a part of the name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kgbuild.arabic.inflect import strip_suffix
from kgbuild.language.folding import fold_text
from kgbuild.linking.actors import curated_actors
from kgbuild.linking.place_spelling import known_spelling
from kgbuild.resources import data_path
from kgbuild.table_cache import cached_table

_LONGEST_PHRASE = 4
_RURAL = "ريف"
_ADJECTIVE_ENDS = ("", "ه", "ين", "ون", "ات", "ان")
_POSSESSORS = ("ها", "هم", "هما", "نا", "ه", "كم")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name in English.

    `kind` is noun, adjective, people, name, or kept: a name in which no places are looked for. `modifier` is a noun's
    form before another noun; the text of a name is Arabic.
    """

    kind: str
    text: str
    modifier: str = ""
    arabic: str = ""


@cache
def english_words(section: str) -> Mapping[str, Any]:
    """A section of `data/latin/translation.toml`, its Arabic words folded."""
    path = data_path("latin", "translation.toml")
    tables: Mapping[str, Mapping[str, Any]] = cached_table(
        "translation", (path,), lambda: _folded(path.read_text("utf-8"))
    )
    return tables[section]


def _folded(text: str) -> dict[str, dict[str, Any]]:
    return {
        section: {
            fold_text(word): [fold_text(w) for w in english] if isinstance(english, list) else english
            for word, english in words.items()
        }
        for section, words in tomllib.loads(text).items()
    }


def bare(word: str) -> str:
    """The folded word without the article, and without the preposition that an article follows (للدراسات)."""
    folded = fold_text(word).strip('"()،:.')
    for prefix in ("لل", "ال"):
        if folded.startswith(prefix) and len(folded) > 3:
            return folded.removeprefix(prefix)
    return folded


def noun(word: str) -> Word | None:
    """The noun that a word is, a possessive pronoun taken off (قواتنا)."""
    nouns, own = english_words("nouns"), bare(word)
    english = nouns.get(own)
    if english is None:
        stems = (stem for stem, suffix in strip_suffix(own) if suffix in _POSSESSORS and len(stem) > 2)
        own = next((stem for stem in (*stems, own.removeprefix("ل")) if nouns.get(stem)), own)
        english = nouns.get(own)
    return None if english is None else _noun(english, own)


def _noun(english: str, arabic: str) -> Word:
    text, found, modifier = english.partition("|")
    return Word("noun", text, modifier if found else text, arabic)


def adjective(word: str) -> Word | None:
    """The adjective that a word is, in whatever gender and number."""
    own = bare(word)
    for kind, section in (("people", "peoples"), ("adjective", "adjectives")):
        for stem in _masculines(own):
            if stem in english_words(section):
                return Word(kind, english_words(section)[stem], arabic=stem)
    return None


def _masculines(word: str) -> Iterator[str]:
    yield from (word.removesuffix(end) for end in _ADJECTIVE_ENDS if word.endswith(end))


def ordinal(words: Sequence[str]) -> tuple[int, int] | None:
    """The number that one or two words say (الرابعة عشرة) and how many words they are; digits too."""
    if not words:
        return None
    if words[0].isdecimal():
        return int(words[0]), 1
    number = next(
        (english_words("ordinals")[m] for m in _masculines(bare(words[0])) if m in english_words("ordinals")), None
    )
    if number is None:
        return None
    if len(words) > 1 and bare(words[1]) in english_words("teens")["words"]:
        return number + 10, 2
    return number, 1


def is_side(word: str) -> bool:
    """Whether a word is an adjective of direction, which belongs to the name before it (أبلين الشرقية)."""
    return any(stem in english_words("directions") for stem in _masculines(bare(word)))


def parse(words: Sequence[str]) -> list[Word]:
    """The words of a name in English, those that are none as names."""
    found: list[Word] = []
    begin = 0
    while begin < len(words):
        taken, word = _next(words[begin:], found)
        begin += taken
        if word is None:
            continue
        if word.kind == "name" and found and found[-1].kind == "name":
            word = Word("name", f"{found.pop().text} {word.text}")
        found.append(word)
    return found


def _next(words: Sequence[str], found: list[Word]) -> tuple[int, Word | None]:
    """How many words are read, and what they are; a number and what follows "and" are taken up by the noun before."""
    number = ordinal(words) if found and found[-1].kind == "noun" else None
    if number is not None:
        found.append(_counted(found.pop(), number[0]))
        return number[1], None
    if _is_naming(words[0], found):
        return 1, Word("name", words[0])
    whole = _phrase(words) or (_known(words) if found else None)
    if whole is not None:
        return whole
    if _is_kept(words):
        return len(words), Word("kept", " ".join(words))
    if found and found[-1].kind == "noun" and words[0].startswith("و"):
        joined = noun(words[0][1:])
        if joined is not None and noun(words[0]) is None:
            before = found.pop()
            found.append(Word("noun", f"{before.text} and {joined.text}", f"{before.modifier} and {joined.modifier}"))
            return 1, None
    return 1, _single(words[0], found)


def _single(word: str, found: list[Word]) -> Word:
    after_name = bool(found) and found[-1].kind == "name"
    name = Word("name", word)
    if after_name and is_side(word) and all(before.arabic != _RURAL for before in found):
        return name
    if after_name and not fold_text(word).startswith("ل"):
        return adjective(word) or name
    return noun(word) or adjective(word) or name


def _is_naming(word: str, found: list[Word]) -> bool:
    """Whether the word is a name because of the noun before it: قناة العراقية."""
    naming = english_words("naming")["words"]
    if not found or found[-1].kind != "noun" or found[-1].arabic not in naming or bare(word) in naming:
        return False
    return adjective(word) is None or fold_text(word).startswith("ال")


def _phrase(words: Sequence[str]) -> tuple[int, Word] | None:
    for taken in range(min(_LONGEST_PHRASE, len(words)), 1, -1):
        own = " ".join(map(bare, words[:taken]))
        if own in english_words("phrases"):
            return taken, _noun(english_words("phrases")[own], own)
    return None


def _known(words: Sequence[str]) -> tuple[int, Word] | None:
    """Several words that are a place or a curated armed group: جسر الشغور is no bridge."""
    for taken in range(min(_LONGEST_PHRASE, len(words)), 1, -1):
        name = " ".join(words[:taken])
        if known_spelling(name) is not None:
            return taken, Word("name", name)
        group = bare(words[0]) in english_words("kept") and ordinal(words[1:]) is None
        actor = _actors().get(fold_text(name)) if group else None
        if actor is not None:
            return taken, Word("noun", actor, actor)
    return None


@cache
def _actors() -> Mapping[str, str]:
    """The English labels of the curated actors by their folded Arabic names."""
    actors = curated_actors().values()
    return {fold_text(name): a.label["en"] for a in actors for name in a.names.get("ar", ()) if "en" in a.label}


def _is_kept(words: Sequence[str]) -> bool:
    """Whether an armed group's name begins here that stays as it is: لواء القدس, but not الجيش الألماني."""
    head, rest = bare(words[0]), words[1:]
    if head not in english_words("kept") or not rest:
        return False
    if head in english_words("political")["words"]:
        return not (all(noun(w) or adjective(w) for w in rest) and adjective(rest[-1]))
    numbered = len(rest) > 1 and ordinal(rest[-1:]) is not None and all(noun(w) or adjective(w) for w in rest[:-1])
    return not (numbered or _only_adjectives(rest))


def _only_adjectives(words: Sequence[str]) -> bool:
    while words:
        number = ordinal(words)
        if number is None and adjective(words[0]) is None and bare(words[0]) not in _pronouns():
            return False
        words = words[number[1] if number else 1 :]
    return True


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(word for word, english in english_words("nouns").items() if not english)


def _counted(unit: Word, number: int) -> Word:
    """A unit with its number: 4th Division."""
    text = english_words("units").get(unit.arabic, unit.text)
    counted = f"{number}{_ending(number)} {text}"
    return Word("noun", counted, counted, unit.arabic)


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
