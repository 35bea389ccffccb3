"""What matches of patterns mean where the languages share the groups: last, next, month, year, first, second."""

from __future__ import annotations

import re

from kgbuild.language.calendar_dates import calendar_names
from kgbuild.language.intervals import Interval, whole_month, whole_year
from kgbuild.language.relative_dates import Meaning, ago, days_around, month, since
from kgbuild.language.time_words import Unit

YEAR = r"(?:19|20)\d\d"

_SEVERAL = {
    "hour": (-1, "days"), "day": (-7, "days"), "week": (-31, "month"), "month": (-183, "year"), "year": (-1826, "year"),
}  # fmt: skip
"""How far back "the last hours", "the last days" … reach, and how exact that is."""


def shift_of(match: re.Match[str]) -> int:
    """-1 for the last, 1 for the next, else 0."""
    return -1 if match["last"] else 1 if match["next"] else 0


def read_month(match: re.Match[str]) -> Meaning:
    """The group "month", shifted."""
    number, hijri = calendar_names().month(match["month"])
    return Meaning("span", 2, month(number, shift_of(match), hijri=hijri))


def read_month_of_year(match: re.Match[str]) -> Meaning | None:
    """The group "month" in the year that is shifted: "May last year"."""
    number, hijri = calendar_names().month(match["month"])
    shift = shift_of(match)
    return None if hijri else Meaning("span", 4, lambda day: whole_month(day.year + shift, number) if day else None)


def read_season(months: tuple[int, int], match: re.Match[str]) -> Meaning:
    """The months, first and last, of the group "year"."""
    interval = whole_year(int(match["year"]), *months)
    return Meaning("span", 4, lambda anchor: interval)


def read_year(match: re.Match[str]) -> Meaning:
    """The group "year"."""
    return read_season((1, 12), match)


def read_years(match: re.Match[str]) -> Meaning | None:
    """From the group "first" to the group "second"."""
    first, last = whole_year(int(match["first"])), whole_year(int(match["second"]))
    if first is None or last is None or first.earliest >= last.earliest:
        return None
    interval = Interval(first.earliest, last.latest, "year")
    return Meaning("span", 5, lambda anchor: interval)


def time_ago(unit: Unit, count: int | None, *, until_now: bool = False, about: bool = False) -> Meaning:
    """`count` units ago (None: some), or from then until now; what is told in hours was today or the days before."""
    if unit.days == 0:
        return Meaning("span", 2, days_around(-max(1, -(-(count or 1) // 24)), 0, "days"))
    some = days_around(-7 * unit.days, -2 * unit.days, _SEVERAL[unit.name][1])
    resolve = some if count is None else ago(count, unit.days, about=about)
    return Meaning("span", 2, since(resolve) if until_now else resolve)


def past_time(unit: Unit, count: int | None) -> Meaning:
    """The last `count` units until now (None: some)."""
    if count is not None:
        return time_ago(unit, count, until_now=True)
    first, precision = _SEVERAL[unit.name]
    return Meaning("span", 2, days_around(first, 0, precision))
