"""The day on which an article was written: its publication date, or where none is known, what its own text says of it.

The rules stand in the order in which they are trusted. An article that says which weekday it is ("today, Thursday",
"yesterday, Friday") is only dated by a day that agrees; one that is published a day or two later was written before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Doc

from kgbuild.language.relative_dates import Expression
from kgbuild.pipeline.annotations import Segment
from kgbuild.pipeline.time_text import TimeText
from kgbuild.pipeline.words import words_of

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TOP_LINES = 4
_REACH_OF_OTHER = 14
"""Tokens between a treaty and its date."""
_LATER_DAYS = 3
"""How many days after a date that it names an article may say that it is another weekday."""
_EARLIER_DAYS = 2
"""How many days before its publication an article may say that it was written."""


def day_of_writing(
    doc: Doc, time_text: TimeText, expressions: list[Expression], language: str, others: frozenset[str]
) -> date | None:
    """The publication date, else what the text says, else None; `expressions` are those of the whole text, `others`
    what has a date of its own, such as treaties.
    """
    evidence = Evidence(doc, time_text, expressions, language, others)
    article = doc._.article
    if article is not None and article.published is not None:
        return evidence.written_before(article.published)
    return next((day for rule in _RULES for day in rule(evidence)), None)


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression that is one certain day."""

    day: date
    expression: Expression


class Evidence:
    """What the rules read: the certain days, and on which weekday the article says that it was written."""

    def __init__(
        self, doc: Doc, time_text: TimeText, expressions: list[Expression], language: str, others: frozenset[str]
    ) -> None:
        self._language = language
        self._doc = doc
        self._others = others
        self._time_text = time_text
        self._lines: list[Segment] = [line for line in doc._.segments if line.kind != "furniture"]
        self._line_starts = [line.start for line in self._lines]
        self.expressions = expressions
        self.days = [Dated(day, one) for one in expressions if (day := _certain_day(one))]
        told = ((one.meaning.weekday, one.meaning.offset) for one in expressions)
        self.weekday = next(((w - offset) % 7 for w, offset in told if w is not None and offset is not None), None)

    def line(self, expression: Expression) -> tuple[int, str]:
        """The number and the kind of the line in which it stands, furniture not counted; (-1, "") where in none."""
        start, _ = self._time_text.tokens(expression.start, expression.end)
        number = bisect_right(self._line_starts, start) - 1
        return (number, self._lines[number].kind) if number >= 0 and start < self._lines[number].end else (-1, "")

    def is_latin(self, expression: Expression) -> bool:
        """Whether it is written in Latin letters, in an Arabic text."""
        start, end = self._time_text.tokens(expression.start, expression.end)
        return self._language == "ar" and any(token.tag_ == "LATIN" for token in self._doc[start:end])

    def is_of_another(self, expression: Expression) -> bool:
        """Whether it is the date of a treaty or an earthquake named before it, in the same line."""
        start, _ = self._time_text.tokens(expression.start, expression.end)
        number, lemmas = self.line(expression)[0], words_of(self._doc).lemmas
        floor = max(self._lines[number].start if number >= 0 else 0, start - _REACH_OF_OTHER)
        return not self._others.isdisjoint(lemmas[floor:start])

    def years(self) -> list[int]:
        """The years that the expressions name, the latest first."""
        text = self._time_text.text
        named = (year for one in self.expressions for year in _YEAR.findall(text, one.start, one.end))
        return sorted({int(year) for year in named}, reverse=True)

    def written_before(self, published: date) -> date:
        """The day of publication, or the one shortly before it that all of the text says is its own."""
        days = {(published.weekday() - told) % 7 for told in self._told_openly()}
        earlier = days.pop() if len(days) == 1 else 0
        return published - timedelta(days=earlier) if earlier <= _EARLIER_DAYS else published

    def _told_openly(self) -> Iterator[int]:
        """The weekdays of writing told without a bracket, in which an editor glosses the words of an agency."""
        text = self._time_text.text
        for one in self.expressions:
            weekday, offset = one.meaning.weekday, one.meaning.offset
            if weekday is not None and offset is not None and "(" not in text[one.start : one.end]:
                yield (weekday - offset) % 7

    def agreed(self, day: date) -> date | None:
        """The day, or the one soon after that is the weekday of writing; None where there is none."""
        if self.weekday is None:
            return day
        later = (self.weekday - day.weekday()) % 7
        return day + timedelta(days=later) if later <= _LATER_DAYS else None


def _certain_day(expression: Expression) -> date | None:
    found = expression.meaning.resolve(None)
    return found.earliest if found and found.precision == "day" else None


def _datelines(evidence: Evidence) -> Iterator[date]:
    yield from (one.day for one in evidence.days if evidence.line(one.expression)[1] == "dateline")


def _told_days(evidence: Evidence) -> Iterator[date]:
    """ "today, 28-11-2021", "yesterday, 27-11-2021"."""
    for one in evidence.days:
        if one.expression.meaning.offset is not None:
            yield one.day - timedelta(days=one.expression.meaning.offset)


def _told_days_of_known_years(evidence: Evidence) -> Iterator[date]:
    """ "today, Tuesday 15 February", which falls on a Tuesday in a year that the text names, the latest first."""
    years = evidence.years()
    for one in evidence.expressions:
        offset, weekday, written = one.meaning.offset, one.meaning.weekday, one.meaning.written
        if written is None or written.year is not None or offset is None or weekday is None:
            continue
        for year in years:
            days = written.in_year_of(date(year, 7, 1)).interval()
            if days and days[0].weekday() == weekday and (day := evidence.agreed(days[0] - timedelta(days=offset))):
                yield day


def _days_with_weekday(evidence: Evidence) -> Iterator[date]:
    """ "Sunday 28-11-2021"."""
    dated = (one.day for one in evidence.days if one.expression.meaning.weekday is not None)
    yield from (day for found in dated if (day := evidence.agreed(found)))


def _days_of_told_weekday(evidence: Evidence) -> Iterator[date]:
    if evidence.weekday is not None:
        yield from (one.day for one in evidence.days if one.day.weekday() == evidence.weekday)


def _days_at_top(evidence: Evidence) -> Iterator[date]:
    if evidence.weekday is None:
        at_top = (one for one in evidence.days if 0 <= evidence.line(one.expression)[0] < _TOP_LINES)
        yield from (one.day for one in at_top if not evidence.is_of_another(one.expression))


def _days_of_posts(evidence: Evidence) -> Iterator[date]:
    """The day of a post that the article shows: "(@name) September 2, 2021" in an Arabic text."""
    latin = (one.day for one in evidence.days if evidence.is_latin(one.expression))
    yield from (day for found in latin if (day := evidence.agreed(found)))


_RULES: tuple[Callable[[Evidence], Iterator[date]], ...] = (
    _datelines,
    _told_days,
    _told_days_of_known_years,
    _days_with_weekday,
    _days_of_told_weekday,
    _days_at_top,
    _days_of_posts,
)
