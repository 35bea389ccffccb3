"""What a phrase between two names says of them: the patterns of `data/<language>/relations.toml`, ready to be matched.

A word marked `*` in a phrase stands for all forms of that adjective, with and without the article, "سيطر/يسيطر" for
the third persons of that verb, "في|ب" for either word, `@heads` for the words listed so under `[groups]`, `#` for a
number, and `…` for some words: up to four in what stands before the left name, up to two between the names. Words of no
weight (ranks before a name, "still") are listed under `[fillers]` and left out before a phrase is looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from spacy.language import Language

from kgbuild.arabic.inflect import adjective_forms, verb_forms
from kgbuild.pipeline.lexicon import folded, language_of, lexicon
from kgbuild.pipeline.phrases import tokenize_with

Word = frozenset[str]
"""The written forms that a word of a phrase may take."""
Phrase = tuple[Word, ...]

_JOINING = frozenset(("و", "and"))
_ARTICLE = "ال"
_NUMBER = "#"
_GROUP = "@"
_EITHER = "|"
_GAP = "…"
_LONGEST_GAP = 4
_LONGEST_INNER_GAP = 2
_THIRD_PERSON = 3
_LEADING = "leaderOf"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of the file; its head explains the fields."""

    type: str
    left: frozenset[str]
    right: frozenset[str]
    from_left: bool
    leads: tuple[Phrase, ...] = ()
    tails: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    slack: int = 1
    agreeing: bool = False
    alone: bool = False
    heads: Word = frozenset()
    close: bool = False


class Patterns:
    """All patterns of one language, to be asked about two names by what stands between, before and behind them."""

    def __init__(self, nlp: Language) -> None:
        self._tokenize = tokenize_with(nlp)
        data = lexicon(language_of(nlp), "relations")
        self.groups: dict[str, Word] = {}
        """The words of `[groups]`, by its name."""
        for name, entries in data.get("groups", {}).items():
            self.groups[name] = self._set(entries)
        self.fillers = self._set(data.get("fillers", {}).get("words", ()))
        self.places_between = folded(data.get("fillers", {}).get("before_places", ()))
        self.members = folded(data.get("fillers", {}).get("before_members", ()))
        self.served = folded(data.get("served", {}).get("words", ()))
        self.unmet = self._set(data.get("unmet", {}).get("words", ()))
        """What comes before what is only tried or wanted."""
        table = data.get("sides", {})
        self.sides = folded(table.get("between", ())), folded(table.get("sides", ()))
        """"between", and the words that close a side."""
        self._resumed = folded(data.get("fillers", {}).get("resumed", ()))
        self._copulas = folded(data.get("fillers", {}).get("copulas", ()))
        self._by_word: dict[tuple[str, str, str], list[tuple[Phrase, Pattern]]] = {}
        self._bare: list[Pattern] = []
        for entry in data["relation"]:
            self._enter(entry)

    def _enter(self, entry: Mapping[str, Any]) -> None:
        pattern = Pattern(
            entry["type"],
            frozenset(entry["left"]),
            frozenset(entry["right"]),
            entry["subject"] == "left",
            tuple(map(self.phrase, entry.get("lead", ()))),
            tuple(map(self.phrase, entry.get("tail", ()))),
            tuple(map(self.phrase, entry["phrases"])),
            entry.get("slack", 1),
            entry.get("agreeing", False),
            entry.get("alone", False),
            self._set(entry.get("heads", ())),
            entry.get("close", False),
        )
        for phrase in pattern.phrases:
            if not phrase:
                self._bare.append(pattern)
            for key in product(pattern.left, pattern.right, phrase[0]) if phrase else ():
                self._by_word.setdefault(key, []).append((phrase, pattern))

    def _set(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(form for word in words for form in self.phrase(word)[0])

    def phrase(self, text: str) -> Phrase:
        """The words of a phrase as the tokenizer cuts them, each with its forms."""
        found: list[Word] = []
        for word in text.split():
            if _EITHER in word:
                found.append(self._set(word.split(_EITHER)))
            elif word.startswith(_GROUP):
                found.append(self.groups[word.removeprefix(_GROUP)])
            elif word in (_NUMBER, _GAP):
                found.append(frozenset((word,)))
            elif word.endswith("*"):
                forms = adjective_forms(word[:-1].removeprefix("ال"))
                found.append(frozenset((*forms, *(f"ال{form}" for form in forms))))
            elif "/" in word:
                found.append(frozenset(f for f, v in verb_forms(*word.split("/")).items() if v.person == _THIRD_PERSON))
            else:
                found.extend(frozenset((norm,)) for norm in self._tokenize(word))
        return tuple(found)

    def weighty(self, words: Sequence[str]) -> list[str]:
        """The words in which a phrase is sought: no fillers, no "and" before "which" or "he is", numbers as a sign."""
        found = [_NUMBER if word.isdigit() else word for word in words if word not in self.fillers]
        if found[:1] and found[0] in _JOINING and not (self._resumed | self._copulas).isdisjoint(found[1:2]):
            found = found[1:]
        return found[1:] if found[:1] and found[0] in self._copulas else found

    def between(self, groups: tuple[str, str], words: Sequence[str]) -> Iterator[Pattern]:
        """The patterns whose phrase these words are, give or take their slack and no "and"."""
        for start, word in enumerate(words):
            for phrase, pattern in self._by_word.get((*groups, word), ()):
                fits = len(words) <= len(phrase) + pattern.slack and _is_at(words, start, phrase)
                fits = fits and not _JOINING.intersection(words[:start])
                fits = fits and (pattern.type != _LEADING or self.served.isdisjoint(words[:start]))
                fits = fits and (not pattern.agreeing or all(w.startswith(_ARTICLE) for w in words[:start]))
                if fits:
                    yield pattern

    def beside(self, groups: tuple[str, str]) -> Iterator[Pattern]:
        """The patterns of two names that stand side by side."""
        return (p for p in self._bare if groups[0] in p.left and groups[1] in p.right)


def ends_with(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether the words end with the phrase; where it has a gap, whether they end so but for some words there."""
    gap = next((at for at, forms in enumerate(phrase) if _GAP in forms), None)
    if gap is None:
        return len(words) >= len(phrase) and _is_at(words, len(words) - len(phrase), phrase)
    rest = len(words) - len(phrase) + gap + 1
    return ends_with(words, phrase[gap + 1 :]) and any(
        ends_with(words[:end], phrase[:gap]) for end in range(max(0, rest - _LONGEST_GAP), rest + 1)
    )


def holds(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether the phrase stands anywhere among the words."""
    return any(_is_at(words, start, phrase) for start in range(len(words) - len(phrase) + 1))


def _is_at(words: Sequence[str], start: int, phrase: Phrase) -> bool:
    for offset, word in enumerate(phrase):
        if _GAP in word:
            reach = range(start + offset, start + offset + _LONGEST_INNER_GAP + 1)
            return any(_is_at(words, at, phrase[offset + 1 :]) for at in reach)
        if start + offset >= len(words) or words[start + offset] not in word:
            return False
    return True
