"""Times that are told from the day of writing ("yesterday", "last week"): what the languages share.

An `Expression` is found in folded text and resolved when the day of writing, the anchor, is known.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple


class Interval(NamedTuple):
    """First and last day, both included, and how exactly the text says it: day, days, week, month or year."""

    earliest: date
    latest: date
    precision: str


Resolve = Callable[[date | None], Interval | None]
"""The interval for an anchor (None where the day of writing is unknown); None where it cannot be told."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A time at `text[start:end]`. Of expressions that stand together the one of the highest `rank` decides.

    `kind` is "day" (today, yesterday), "weekday", "calendar" or "span".
    """

    start: int
    end: int
    kind: str
    rank: int
    resolve: Resolve


def days_around(first: int, last: int, precision: str = "day") -> Resolve:
    """From `first` to `last` days after the anchor (before it, where negative)."""

    def resolve(anchor: date | None) -> Interval | None:
        if anchor is None:
            return None
        return Interval(_shifted(anchor, first), _shifted(anchor, last), precision)

    return resolve


def into_the_night(resolve: Resolve) -> Resolve:
    """A night that begins on a day ends on the next one."""

    def resolved(anchor: date | None) -> Interval | None:
        day = resolve(anchor)
        if day is None or anchor is None:
            return day
        latest = min(_shifted(day.latest, 1), max(anchor, day.latest))
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
        day = _shifted(anchor, 7 - back if shift > 0 else -back)
        return Interval(day, day, "day")

    return resolve


def month(number: int, shift: int = 0) -> Resolve:
    """The month `number`: the latest not after the anchor; before the anchor's month (-1); that of its year (0) …"""

    def resolve(anchor: date | None) -> Interval | None:
        if anchor is None:
            return None
        year = anchor.year
        if shift <= 0 and (number > anchor.month or (shift < 0 and number == anchor.month)):
            year -= 1
        if shift > 0 and number <= anchor.month:
            year += 1
        whole = whole_month(year, number)
        return _until(whole, anchor) if shift == 0 else whole

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


def _whole_unit(unit: str, shift: int, anchor: date) -> Interval | None:
    if unit == "year":
        return whole_year(anchor.year + shift)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + shift
        return whole_month(months // 12, months % 12 + 1)
    start = _shifted(anchor, 7 * shift - (anchor.weekday() + 2) % 7)
    return Interval(start, _shifted(start, 6), "week")


def _until(whole: Interval | None, anchor: date) -> Interval | None:
    """The interval cut off at the anchor: what is reported of "this month" has happened already."""
    return whole._replace(latest=min(whole.latest, max(anchor, whole.earliest))) if whole else None


def ago(count: int, days: int) -> Resolve:
    """`count` units of `days` days before the anchor; the longer the unit, the wider the interval."""
    slack = 0 if days == 1 else days // 2
    precision = {1: "day", 7: "week", 30: "month"}.get(days, "year")
    return days_around(-count * days - slack, -count * days + slack, precision)


def since(resolve: Resolve) -> Resolve:
    """From the beginning of another time up to the anchor."""

    def resolved(anchor: date | None) -> Interval | None:
        begin = resolve(anchor)
        if begin is None or anchor is None or begin.earliest > anchor:
            return begin
        return Interval(begin.earliest, anchor, precision_of(begin.earliest, anchor))

    return resolved


def precision_of(earliest: date, latest: date) -> str:
    """The precision that tells the length of an interval best."""
    length = (latest - earliest).days + 1
    return next(
        (name for name, most in (("day", 1), ("days", 9), ("week", 15), ("month", 62)) if length <= most), "year"
    )


def whole_month(year: int, number: int) -> Interval | None:
    """All days of a month; None where the year is out of the calendar."""
    if not 1 <= year <= 9999:
        return None
    return Interval(date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month")


def whole_year(year: int, first: int = 1, last: int = 12) -> Interval | None:
    """All days of a year, or of its months `first` to `last`."""
    if not 1 <= year <= 9999:
        return None
    precision = "year" if (first, last) == (1, 12) else "month"
    return Interval(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision)


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
