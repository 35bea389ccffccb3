"""The words of time in `data/<language>/dates.toml` as pieces of patterns over folded text, and rules made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from kgbuild.language.calendar_dates import alternatives
from kgbuild.language.folding import fold_text, fold_words
from kgbuild.language.lexicons import lexicon
from kgbuild.language.number_words import number_rules
from kgbuild.language.relative_dates import Expression, Meaning
from kgbuild.model import Span


@dataclass(frozen=True)
class TimePattern:
    """A pattern for whole words. It is made ready when it is first searched: most are never needed in a short run."""

    pattern: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){self.pattern}(?!\w)")


Rule = tuple[TimePattern, Callable[[re.Match[str]], Meaning | None]]
"""A pattern, and what a match of it means; None where it means nothing. A group "at" tells the time."""

_WORD = re.compile(r"[\u0621-\u064a]+|[a-z]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time: how many days it lasts (0: less than one), and patterns for one, two and several of it.

    `names` are the words for one of it, without what counts or limits it.
    """

    name: str
    days: int
    names: tuple[str, ...]
    one: str
    two: str
    many: str


class TimeWords:
    """The lists of one language: `words["parts"]` is a pattern for any word of the list."""

    def __init__(self, language: str) -> None:
        data = lexicon(language, "dates")["relative"]
        self._patterns = {name: alternatives(fold_words(words)) for name, words in data.items() if name != "unit"} | {
            "edges": alternatives(fold_words(word for words in data["edges"].values() for word in words))
        }
        self.units = tuple(
            Unit(
                name=row["name"],
                days=row["days"],
                names=tuple(fold_text(word) for word in row["one"] if " " not in word),
                one=alternatives(fold_words(row["one"])),
                two=alternatives(fold_words(row.get("two", ()))),
                many=alternatives(fold_words(row["many"])),
            )
            for row in data["unit"]
        )
        self.edges = {fold_text(word): edge for edge, words in data["edges"].items() for word in words}
        self.seasons: Mapping[str, tuple[int, int]] = _by_word(data["seasons"])
        self.feasts: Mapping[str, tuple[int, int]] = _by_word(data.get("feasts", {}))
        self.feast_days: Mapping[str, int] = {fold_text(word): day for word, day in data.get("feast_days", {}).items()}
        self.cores = _cores(data)
        rules = number_rules(language)
        self._numbers = {**rules.units, **rules.tens}
        ones, tens = alternatives(rules.units), alternatives(rules.tens)
        self.number = rf"(?:\d{{1,4}}|(?:{ones}\s(?:و\s)?)?{tens}(?:\s-\s{ones})?|{ones}\s(?:عشره?)|{ones})"

    def __getitem__(self, name: str) -> str:
        return self._patterns[name]

    def has(self, name: str) -> bool:
        """Whether the list has any word."""
        return self._patterns[name] != alternatives({})

    def value(self, number: str) -> int:
        """What `number`'s match says: digits, or words of which those for units and tens add up."""
        if number.isdecimal():
            return int(number)
        return sum(self._numbers.get(word.removeprefix("ال"), self._numbers.get(word, 0)) for word in number.split())


_CORES = (
    "today",
    "yesterday",
    "last_night",
    "night_before",
    "day_before",
    "tomorrow",
    "year_words",
    "feasts",
    "seasons",
    "same_day",
    "next_day",
    "day_earlier",
    "weekend",
)
_TOO_COMMON = ("before_month", "before_year", "this", "ago")


def _cores(data: Mapping[str, Any]) -> frozenset[str]:
    """The words of which every expression holds one, names of months and weekdays apart."""
    named = [word for name in _CORES for word in data.get(name, ())]
    named += [word for unit in data["unit"] for form in ("one", "two", "many") for word in unit.get(form, ())]
    common = fold_words(part for name in _TOO_COMMON for word in data.get(name, ()) for part in word.split())
    return frozenset(part for word in fold_words(named) for part in word.split() if len(part) > 2) - common


def _by_word(table: Mapping[str, Iterable[int]]) -> dict[str, tuple[int, int]]:
    return {fold_text(word): (first, last) for word, (first, last) in table.items()}


@cache
def time_words(language: str) -> TimeWords:
    """The words of `language`, read once."""
    return TimeWords(language)


def apply(rules: Iterable[Rule], text: str, windows: Iterable[Span]) -> Iterator[Expression]:
    """All expressions that the rules find within the windows, overlapping ones included, in no certain order."""
    for start, end in windows:
        for pattern, read in rules:
            for match in pattern.regex.finditer(text, start, end):
                meaning = read(match)
                if meaning is not None:
                    group = "at" if "at" in match.re.groupindex and match["at"] else 0
                    yield Expression(*match.span(group), meaning)


def rule_words(rules: Iterable[Rule]) -> frozenset[str]:
    """Every word that stands in a pattern: text without any of them cannot match."""
    return frozenset(word for pattern, _ in rules for word in _WORD.findall(pattern.pattern))
