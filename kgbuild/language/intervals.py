"""Stretches of days, and how exactly they are known."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple


class Interval(NamedTuple):
    """First and last day, both included, and how exactly the text says it: day, days, week, month or year."""

    earliest: date
    latest: date
    precision: str


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


def shifted(day: date, days: int) -> date:
    """So many days after a day, before it where negative; the calendar's last or first day where it ends before."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
