"""Finds numbers in digits and words, with what bounds them (`kgbuild_numbers`).

Reads the tokens; sets `doc._.numbers`. "على الأقل" and the like make bounds whether they stand before the number (then
the span covers them), after it, or after the noun it counts. Dates, years, hours and percentages are no numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.arabic.numbers import ArabicNumbers
from kgbuild.english.numbers import EnglishNumbers
from kgbuild.language.number_words import NumberParser, NumberRules, Value, number_rules
from kgbuild.pipeline.annotations import Number, register_extensions
from kgbuild.pipeline.time_text import time_text_of
from kgbuild.pipeline.words import Words, words_of

_PARSERS: dict[str, Callable[[NumberRules], NumberParser]] = {"ar": ArabicNumbers, "en": EnglishNumbers}
_YEARS = range(1900, 2101)
_COUNTED_WORDS = 4
"""How many words may stand between a number and the "at least" that follows what it counts."""


@Language.factory("kgbuild_numbers", assigns=["doc._.numbers"])
def create(nlp: Language, name: str) -> NumberFinder:
    """The component for the pipeline's language."""
    return NumberFinder(nlp.lang or "ar")


@dataclass(frozen=True, slots=True)
class _Found:
    """A number before its bounds are read: tokens `start` to `end`."""

    start: int
    end: int
    value: Value


class NumberFinder:
    """Reads a document from left to right, one number after the other."""

    def __init__(self, language: str) -> None:
        register_extensions()
        self._rules: NumberRules = number_rules(language)
        self._parser: NumberParser = _PARSERS[language](self._rules)

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        dates = time_text_of(doc).date_tokens()
        doc._.numbers = tuple(self._numbers(words, dates))
        return doc

    def _numbers(self, words: Words, dates: frozenset[int]) -> Iterator[Number]:
        index, floor = 0, 0
        while index < len(words.norms):
            found = None if index in dates else self._number(words, index, dates)
            if found is None:
                index += 1
                continue
            bounded = self._bounded(words, found, floor)
            yield bounded
            index = floor = max(found.end, bounded.end)

    def _number(self, words: Words, index: int, dates: frozenset[int]) -> _Found | None:
        parsed = self._parser.parse(words.norms, words.tags, index)
        if parsed is None:
            return None
        value, end = parsed
        if not self._is_count(words, index, end, value):
            return None
        return self._range(words, _Found(index, end, value), dates)

    def _is_count(self, words: Words, start: int, end: int, value: Value) -> bool:
        """Whether the number counts something, rather than naming a year, an hour or a share."""
        norms, rules = words.norms, self._rules
        before = norms[start - 1] if start else ""
        after = norms[end] if end < len(norms) else ""
        if before in rules.not_counted_after or after in rules.percent:
            return False
        if after in ("ب", "في") and end + 1 < len(norms) and norms[end + 1] in rules.percent:
            return False
        touching = {mark for mark in (before, after) if mark in (":", "/", ".")}
        if words.tags[start] == "NUM" and touching and self._joins_digits(words, start, end):
            return False
        if before == "-" and start >= 2 and self._is_model(words, start):
            return False
        if after == "-" and words.compound_end(end - 1, len(norms)) > end:
            return False  # an eight-year-old, a 120-km strip
        return not (end == start + 1 and self._is_year(words, start))

    def _is_year(self, words: Words, index: int) -> bool:
        """Whether a number is a year by the word before it, or by the year that "and" joins to it ("2006 and 2007")."""
        norm, rules = words.norms[index], self._rules
        if index < 1 or not norm.isdecimal() or int(norm) not in _YEARS:
            return False
        before = words.norms[index - 1]
        if before == rules.conjunction:
            return index >= 2 and self._is_year(words, index - 2)
        return before in rules.year_after or before in rules.to

    def _joins_digits(self, words: Words, start: int, end: int) -> bool:
        """Whether a colon, slash or point joins the number to further digits, as in 10:30 and 24/7."""
        left = start >= 2 and words.tags[start - 2] == "NUM" and words.ends[start - 1] == words.starts[start]
        right = end + 1 < len(words.tags) and words.tags[end + 1] == "NUM" and words.ends[end] == words.starts[end + 1]
        return left or right

    def _is_model(self, words: Words, start: int) -> bool:
        """Whether the number is part of a name such as F-16."""
        touching = words.ends[start - 1] == words.starts[start] and words.ends[start - 2] == words.starts[start - 1]
        return touching and words.tags[start - 2] != "NUM" and len(words.norms[start - 2]) <= 3

    def _range(self, words: Words, first: _Found, dates: frozenset[int]) -> _Found:
        """ "X to Y", "X-Y", "X or Y" and "between X and Y" as one number from X to Y."""
        rules, norms = self._rules, words.norms
        joint = norms[first.end] if first.end < len(norms) else ""
        between = first.start > 0 and norms[first.start - 1] in rules.between
        if joint not in rules.to and joint not in rules.alternatives and not (between and joint == rules.conjunction):
            return first
        second = first.end + 1
        parsed = None if second in dates else self._parser.parse(norms, words.tags, second)
        if parsed is None or first.value.low is None or not first.value.exact:
            return first
        value, end = parsed
        if value.high is None or value.high <= first.value.low or (value.low or 0) > 20 * first.value.low:
            return first
        start = first.start - 1 if between else first.start
        return _Found(start, end, Value(first.value.low, value.high, exact=False))

    def _bounded(self, words: Words, found: _Found, floor: int) -> Number:
        number = Number(found.start, found.end, found.value.low, found.value.high, found.value.exact)
        rules = self._rules
        begin = found.start - 1 if words.norms[max(found.start - 1, 0)] == rules.article else found.start
        length, kind = rules.bounds_before.ending_at(words.norms, begin, floor)
        if kind:
            return _bound(replace(number, start=begin - length), kind)
        length, kind = rules.bounds_after.starting_at(words.norms, found.end)
        if kind:
            return _bound(replace(number, end=found.end + length), kind)
        kind = self._bound_behind_noun(words, found.end)
        return _bound(number, kind) if kind else number

    def _bound_behind_noun(self, words: Words, index: int) -> str:
        """The bound after the counted noun: "14 قتيلا على الأقل"."""
        for place in range(index, min(index + _COUNTED_WORDS, len(words.norms))):
            if words.tags[place] != "WORD" or words.norms[place] in self._rules.stops:
                return ""
            _, kind = self._rules.bounds_after.starting_at(words.norms, place + 1)
            if kind:
                return kind
        return ""


def _bound(number: Number, kind: str) -> Number:
    if kind == "at_least":
        return replace(number, max=None)
    if kind == "at_most":
        return replace(number, min=None)
    return replace(number, exact=False)
