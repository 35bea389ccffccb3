"""What dates of the calendar mean in a text: the year that is not written, ranges, "of this month", two calendars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from kgbuild.language.calendar_dates import CalendarDate
from kgbuild.language.intervals import Interval, precision_of
from kgbuild.language.relative_dates import Expression, Meaning, Resolve, month
from kgbuild.language.time_words import TimeWords

_FUTURE_DAYS = 14
_LONGEST_NAMED = 16
"""Letters that what is called after a day may have, with what joins the two."""


_LATELY = 31
"""Days back to which "last July" may lie in the July of the day of writing."""


class WrittenDates:
    """Reads the dates of one language's texts; the patterns are put together once.

    `behind` are patterns, with groups "last" and "next", for what follows a date without a year and tells it: of the
    month ("حزيران الماضي") and of the year ("last year").
    """

    def __init__(self, words: TimeWords, behind: tuple[re.Pattern[str] | None, re.Pattern[str]]) -> None:
        self._of_month, self._of_year = behind
        lead = rf"(?<!\w)(?:(?P<lead>{words['range_leads']})\s|(?P<at>{words['range_at']})\s)?"
        joint = rf"\s?(?:(?P<certain>{words['range_joints']})|{words['range_and']})\s?(?:{words['day']}\s)?"
        self._first_day = re.compile(rf"{lead}(?P<day>\d{{1,2}}){joint}(?:ال\s?)?\Z")
        self._joint = re.compile(joint)
        self._named = re.compile(rf"(?<!\w){words['called_after']}\s(?:of\s|\"\s)?\Z")
        self._lead = re.compile(rf"(?<!\w){words['range_leads']}\s(?:{words['day']}\s)?\Z")

    def expressions(self, text: str, dates: tuple[CalendarDate, ...]) -> Iterator[Expression]:
        """One for each date, and for each range of days or dates."""
        previous: Expression | None = None
        for found in dates:
            if found.year is None and self._named.search(text, max(0, found.start - _LONGEST_NAMED), found.start):
                continue  # حي 17 تموز is called so
            expression = self._single(text, found)
            yield expression
            if previous is not None and (both := self._from_to(text, previous, expression)):
                yield both
            previous = expression

    def _single(self, text: str, found: CalendarDate) -> Expression:
        """A date, with the day that a range of days begins with, and the words that tell its year."""
        end, resolve = self._with_year(text, found)
        kind, rank = ("hijri", 4) if found.hijri else ("calendar", 5)
        before = self._first_day.search(text, max(0, found.start - 40), found.start)
        ranged = before is not None and (before["lead"] or before["at"] or before["certain"])
        if before and ranged and found.day and 1 <= int(before["day"]) < found.day:
            first = replace(found, day=int(before["day"]))
            return Expression(
                before.start("lead" if before["lead"] else "day"),
                end,
                Meaning(kind, rank, partial(_days, resolve, first)),
            )
        return Expression(found.start, end, Meaning(kind, rank, resolve, written=found))

    def _with_year(self, text: str, found: CalendarDate) -> tuple[int, Resolve]:
        """Where the date ends with the words that tell its year, and what it means."""
        if found.year is None:
            for pattern, in_time in ((self._of_month, _in_month), (self._of_year, _in_year)):
                behind = pattern.match(text, found.end) if pattern else None
                if behind:
                    shift = -1 if behind["last"] else 1 if behind["next"] else 0
                    return behind.end(), partial(in_time, found, shift)
        return found.end, partial(_written, found)

    def _from_to(self, text: str, first: Expression, last: Expression) -> Expression | None:
        """The range where two dates are joined: "من 28 أيار إلى 3 حزيران", "between May 28 and June 3"."""
        joint = self._joint.fullmatch(text, first.end, last.start)
        lead = self._lead.search(text, max(0, first.start - 12), first.start)
        begin, end = first.meaning.written, last.meaning.written
        if not joint or not begin or not end or not (lead or joint["certain"]):
            return None
        start = lead.start() if lead else first.start
        resolve = partial(_dates, first.meaning.resolve, begin, last.meaning.resolve)
        return Expression(start, last.end, Meaning("calendar", 6, resolve))


def _written(found: CalendarDate, anchor: date | None) -> Interval | None:
    """A date without a year is the latest such day before, or shortly after, the day of writing."""
    days = found.interval(anchor)
    if days and anchor and found.year is None and (days[0] - anchor).days > _FUTURE_DAYS:
        days = found.in_year_of(anchor, -1).interval() or days
    return Interval(*days, "day" if found.day else "month") if days else None


def _in_month(found: CalendarDate, shift: int, anchor: date | None) -> Interval | None:
    """The day of "last July", "next Ramadan"."""
    if shift == 0 or (shift < 0 and found.day and anchor and _was_lately(found, anchor)):
        return _written(found, anchor)
    within = month(found.month, shift, hijri=found.hijri)(anchor)
    return _written(found.in_year_of(within.earliest), anchor) if within else None


def _was_lately(found: CalendarDate, anchor: date) -> bool:
    """Whether the day is one of the month before the anchor: "July 4 last", written on July 22."""
    days = found.in_year_of(anchor).interval()
    return days is not None and 0 < (anchor - days[0]).days < _LATELY


def _in_year(found: CalendarDate, shift: int, anchor: date | None) -> Interval | None:
    """The day of "last year"."""
    return _written(found.in_year_of(anchor, shift), anchor) if anchor else None


def _days(last: Resolve, first: CalendarDate, anchor: date | None) -> Interval | None:
    end = last(anchor)
    days = first.in_year_of(end.latest).interval() if end else None
    return _range(days[0] if days else None, end)


def _dates(first: Resolve, written: CalendarDate, last: Resolve, anchor: date | None) -> Interval | None:
    """A first date without a year is in that of the second, or in the year before."""
    end = last(anchor)
    if written.year is not None or end is None:
        begin = first(anchor)
        return _range(begin.earliest if begin else None, end)
    options = (written.in_year_of(end.latest, shift).interval() for shift in (0, -1))
    return _range(next((days[0] for days in options if days and days[0] <= end.latest), None), end)


def _range(begin: date | None, end: Interval | None) -> Interval | None:
    if begin is None or end is None or begin > end.latest:
        return end
    return Interval(begin, end.latest, precision_of(begin, end.latest))
