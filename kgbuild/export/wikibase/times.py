"""Days and intervals as Wikibase has them: a time with a precision, and how early and late it may have been."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from kgbuild.export.wikibase.claims import snak
from kgbuild.export.wikibase.model import DAY, DECADE, MONTH, YEAR, Snak, Time
from kgbuild.model import DateInterval

_NAMED = {"month": MONTH, "year": YEAR}


def on(day: date) -> Time:
    """One day."""
    return Time(day.year, day.month, day.day, DAY)


def point_in_time(interval: DateInterval) -> tuple[Snak, tuple[Snak, ...]] | None:
    """The point in time, and its earliest and latest date where these say more; None where nothing is known.

    An interval that is no whole day, month or year becomes the shortest of month, year and decade that holds it, with
    both its ends; one that fits in none or is open on a side becomes an unknown time with the ends that there are.
    """
    first, last = interval.earliest, interval.latest
    if first is None and last is None:
        return None
    ends = tuple(snak(key, on(day)) for key, day in (("earliest-date", first), ("latest-date", last)) if day)
    shared = _shared(first, last) if first and last else None
    if first is None or shared is None:
        return snak("point-in-time", None), ends
    precision = min(_NAMED.get(interval.precision, DAY), shared)
    whole = (first, last) == _bounds(first, precision)
    return snak("point-in-time", _cut(first, precision)), () if whole else ends


def _shared(first: date, last: date) -> int | None:
    """The finest precision at which both days are the same, if any."""
    if first == last:
        return DAY
    if first.year == last.year:
        return MONTH if first.month == last.month else YEAR
    return DECADE if first.year // 10 == last.year // 10 else None


def _bounds(day: date, precision: int) -> tuple[date, date] | None:
    if precision == DAY:
        return day, day
    if precision == MONTH:
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return (day.replace(month=1, day=1), day.replace(month=12, day=31)) if precision == YEAR else None


def _cut(day: date, precision: int) -> Time:
    month = day.month if precision >= MONTH else 0
    return Time(day.year, month, day.day if precision == DAY else 0, precision)
