"""What the number readers of all languages share: the value read, and the words of `data/<language>/numbers.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from kgbuild.language.folding import fold_text, fold_words
from kgbuild.language.lexicons import lexicon

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}|[1-9]\d{0,2}\.\d{3}")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Value:
    """A number from `low` to `high`, both included; None where the text does not say."""

    low: int | None
    high: int | None
    exact: bool = True


class NumberParser(Protocol):
    """What each language provides."""

    def parse(self, norms: Sequence[str], tags: Sequence[str], index: int) -> tuple[Value, int] | None:
        """The number that begins at token `index` with the token after its end, or None."""


class PhraseKinds:
    """Phrases of folded tokens, each with what it means; the longest wins."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        rows = ((tuple(fold_text(phrase).split()), kind) for kind, entries in phrases.items() for phrase in entries)
        self._kinds = dict(rows)
        self._longest = max(len(phrase) for phrase in self._kinds)

    def starting_at(self, norms: Sequence[str], index: int) -> tuple[int, str]:
        """Length and meaning of the phrase that starts at `index`; (0, "") where none does."""
        for length in range(min(self._longest, len(norms) - index), 0, -1):
            kind = self._kinds.get(tuple(norms[index : index + length]))
            if kind is not None:
                return length, kind
        return 0, ""

    def ending_at(self, norms: Sequence[str], index: int, floor: int = 0) -> tuple[int, str]:
        """The same for the phrase that ends before `index` and starts at or after `floor`."""
        for length in range(min(self._longest, index - floor), 0, -1):
            kind = self._kinds.get(tuple(norms[index - length : index]))
            if kind is not None:
                return length, kind
        return 0, ""


@dataclass(frozen=True, slots=True)
class NumberRules:
    """The content of a language's `numbers.toml`, folded; `data` holds what only that language has."""

    units: Mapping[str, int]
    tens: Mapping[str, int]
    vague: Mapping[str, tuple[int | None, int | None]]
    bounds_before: PhraseKinds
    bounds_after: PhraseKinds
    conjunction: str
    article: str
    half: str
    between: frozenset[str]
    to: frozenset[str]
    alternatives: frozenset[str]
    stops: frozenset[str]
    not_counted_after: frozenset[str]
    year_after: frozenset[str]
    percent: frozenset[str]
    data: Mapping[str, Any]


@cache
def number_rules(language: str) -> NumberRules:
    """The rules of `language`, read once."""
    data = lexicon(language, "numbers")
    words = data["words"]
    return NumberRules(
        units=values(data["units"]),
        tens=values(data["tens"]),
        vague={word: _limits(entry["range"]) for entry in data["vague"] for word in fold_words(entry["words"])},
        bounds_before=PhraseKinds(data["bounds_before"]),
        bounds_after=PhraseKinds(data["bounds_after"]),
        conjunction=fold_text(words["and"]),
        article=fold_text(words["article"]),
        half=fold_text(words["half"]),
        between=fold_words(words["between"]),
        to=fold_words(words["to"]),
        alternatives=fold_words(words["or"]),
        stops=fold_words(words["stops"]),
        not_counted_after=fold_words(words["not_counted_after"]),
        year_after=fold_words(words["year_after"]),
        percent=fold_words(words["percent"]),
        data=data,
    )


def values(table: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Folded word → number, from a table number → words."""
    return {fold_text(word): int(number) for number, words in table.items() for word in words}


def _limits(limits: list[int]) -> tuple[int | None, int | None]:
    low, high = (None if limit < 0 else limit for limit in limits)
    return low, high


def read_digits(norm: str) -> float | None:
    """The number that a folded token of digits writes, with thousands marks or a decimal point; None if too long."""
    if _THOUSANDS.fullmatch(norm):
        return int(re.sub(r"[.,]", "", norm))
    if _DECIMAL.fullmatch(norm):
        return float(norm.replace(",", "."))
    return int(norm) if norm.isdecimal() and len(norm) <= _MOST_DIGITS else None
