"""Times that are told from the day of writing ("yesterday", "last week"): what the languages share.

An `Expression` is found in folded text and resolved when the day of writing, the anchor, is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kgbuild.language.calendar_dates import CalendarDate
from kgbuild.language.intervals import Interval, precision_of, shifted, whole_month, whole_year

Resolve = Callable[[date | None], Interval | None]
"""The interval for an anchor (None where the day of writing is unknown); None where it cannot be told."""


class Meaning(NamedTuple):
    """What words tell of a time. Of meanings of the same words the one of the highest `rank` counts.

    `kind` is "day" (today, yesterday), "weekday", "calendar", "hijri" or "span"; "told" is told from a day named before
    it, which then is the anchor; "dated" is a date of the calendar that stands with a day or weekday. `offset` counts
    the days from the day of writing, `weekday` from Monday; `written` is the date of the calendar. None where the words
    do not say.
    """

    kind: str
    rank: int
    resolve: Resolve
    offset: int | None = None
    weekday: int | None = None
    written: CalendarDate | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A time told at `text[start:end]`."""

    start: int
    end: int
    meaning: Meaning


def days_around(first: int, last: int, precision: str = "day") -> Resolve:
    """From `first` to `last` days after the anchor (before it, where negative)."""

    def resolve(anchor: date | None) -> Interval | None:
        if anchor is None:
            return None
        return Interval(shifted(anchor, first), shifted(anchor, last), precision)

    return resolve


def into_the_night(resolve: Resolve) -> Resolve:
    """A night that begins on a day ends on the next one."""

    def resolved(anchor: date | None) -> Interval | None:
        day = resolve(anchor)
        if day is None or anchor is None:
            return day
        latest = min(shifted(day.latest, 1), max(anchor, day.latest))
        return Interval(day.earliest, latest, precision_of(day.earliest, latest))

    return resolved


def weekday(number: int, shift: int = 0) -> Resolve:
    """The weekday `number` (Monday is 0) on or before the anchor; before it (`shift` -1); after it (`shift` 1)."""

    def resolve(anchor: date | None) -> Interval | None:
        if anchor is None:
            return None
        back = (anchor.weekday() - number) % 7
        if shift < 0:
            back = back or 7
        day = shifted(anchor, 7 - back if shift > 0 else -back)
        return Interval(day, day, "day")

    return resolve


def month(number: int, shift: int = 0, *, hijri: bool = False) -> Resolve:
    """The month `number`: the latest not after the anchor (`shift` 0), before its month (-1), or after it (1)."""
    written = CalendarDate(0, 0, None, number, None, hijri)

    def resolve(anchor: date | None) -> Interval | None:
        if anchor is None:
            return None
        known = (written.in_year_of(anchor, years).interval() for years in (-1, 0, 1))
        months = [Interval(*days, "month") for days in known if days]
        if shift > 0:
            return next((found for found in months if found.earliest > anchor), None)
        begun = [found for found in months if found.earliest <= anchor and (shift == 0 or found.latest < anchor)]
        return _until(begun[-1], anchor) if begun else None

    return resolve


def calendar_unit(unit: str, shift: int) -> Resolve:
    """The week, month or year of the anchor up to it (`shift` 0), or the whole one before (-1) or after (1).

    Weeks begin on Saturday, as they do where the reports come from.
    """

    def resolve(anchor: date | None) -> Interval | None:
        if anchor is None:
            return None
        whole = _whole_unit(unit, shift, anchor)
        return _until(whole, anchor) if shift == 0 else whole

    return resolve


def last_weekend(anchor: date | None) -> Interval | None:
    """The Saturday and Sunday that began last before the anchor, up to it."""
    if anchor is None:
        return None
    saturday = shifted(anchor, -((anchor.weekday() - 5) % 7))
    return _until(Interval(saturday, shifted(saturday, 1), "days"), anchor)


def _whole_unit(unit: str, shift: int, anchor: date) -> Interval | None:
    if unit == "year":
        return whole_year(anchor.year + shift)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + shift
        return whole_month(months // 12, months % 12 + 1)
    start = shifted(anchor, 7 * shift - (anchor.weekday() + 2) % 7)
    return Interval(start, shifted(start, 6), "week")


def _until(whole: Interval | None, anchor: date) -> Interval | None:
    """The interval cut off at the anchor, unless it lies behind: what is reported of "this month" has happened."""
    if whole is None or anchor < whole.earliest:
        return whole
    return whole._replace(latest=min(whole.latest, anchor))


def ago(count: int, days: int, *, about: bool = False) -> Resolve:
    """`count` units of `days` days before the anchor; the longer the unit, the wider the interval.

    `about` so many days ago may be a fifth more or less.
    """
    slack = (max(1, round(count / 5)) if about else 0) if days == 1 else days // 2
    precision = {1: "days" if slack else "day", 7: "week", 30: "month"}.get(days, "year")
    return days_around(-count * days - slack, -count * days + slack, precision)


def since(resolve: Resolve) -> Resolve:
    """From the beginning of another time up to the anchor; open where that is not known."""

    def resolved(anchor: date | None) -> Interval | None:
        begin = resolve(anchor)
        if begin is None or anchor is None:
            return None
        if begin.earliest > anchor:
            return begin
        by_the_day = begin.precision in ("day", "days") and begin.earliest < anchor
        precision = "days" if by_the_day else precision_of(begin.earliest, anchor)
        return Interval(begin.earliest, anchor, precision)

    return resolved


_THIRDS = {"begin": (0, 9), "middle": (10, 19), "end": (20, 30)}
_MONTHS = {"begin": (1, 3), "middle": (5, 8), "end": (10, 12)}
_WEEKDAYS = {"begin": (0, 2), "middle": (2, 4), "end": (4, 6)}


def edge(which: str, resolve: Resolve) -> Resolve:
    """The begin, middle or end of a month (ten days), a year (three or four months) or a week (three days)."""

    def resolved(anchor: date | None) -> Interval | None:
        whole = resolve(anchor)
        if whole is None or whole.precision not in ("month", "year", "week"):
            return whole
        first, last = whole.earliest, whole.latest
        if whole.precision == "year":
            begin, end = _MONTHS[which]
            part = whole_year(first.year, begin, end)
        else:
            begin, end = (_WEEKDAYS if whole.precision == "week" else _THIRDS)[which]
            part = Interval(shifted(first, begin), max(min(shifted(first, end), last), shifted(first, begin)), "days")
        return _until(part, anchor) if anchor else part

    return resolved


def complete(first: Meaning, second: Meaning) -> bool:
    """Whether each tells what the other does not: a date (of another calendar), a weekday, how long ago it was."""
    if first.kind == second.kind or {"span", "told"} & {first.kind, second.kind}:
        return False
    both = (first.offset, second.offset), (first.weekday, second.weekday)
    if any(one is not None and other is not None for one, other in both):
        return False
    return not first.written or not second.written or first.written.hijri != second.written.hijri


def together(first: Meaning, second: Meaning) -> Meaning:
    """The meaning of two expressions for one time, such as "yesterday, Thursday" or "Sunday 6 November"."""
    better, other = (first, second) if first.rank >= second.rank else (second, first)
    offset = first.offset if first.offset is not None else second.offset
    weekday = first.weekday if first.weekday is not None else second.weekday
    written = better.written or other.written

    def resolve(anchor: date | None) -> Interval | None:
        found = better.resolve(anchor) or other.resolve(anchor)
        if found is None or weekday is None or (written is not None and written.year is not None):
            return found
        return _on_weekday(found, weekday) if written is None else _in_matching_year(found, written, weekday)

    kind = better.kind if written is None else "dated"
    return Meaning(kind, better.rank, resolve, offset, weekday, written)


def _on_weekday(found: Interval, weekday: int) -> Interval:
    """The time moved to that weekday: articles are dated by the hour of another zone, late, or quote older words."""
    days = (weekday - found.earliest.weekday() + 5) % 7 - 5
    return found._replace(earliest=shifted(found.earliest, days), latest=shifted(found.latest, days))


def _in_matching_year(found: Interval, written: CalendarDate, weekday: int) -> Interval:
    """The same date of the year before or after, where only there it falls on the weekday."""
    if found.precision != "day" or found.earliest.weekday() == weekday:
        return found
    for shift in (-1, 1):
        days = written.in_year_of(found.earliest, shift).interval()
        if days and days[0].weekday() == weekday:
            return Interval(*days, found.precision)
    return found
