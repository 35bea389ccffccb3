"""The date of publication on a line of its own near the top of a text."""

from __future__ import annotations

from datetime import date
from itertools import islice

from kgbuild.language.calendar_dates import find_dates, is_date_line
from kgbuild.language.folding import fold_text

_NEAR_TOP = 12


def find_dateline(text: str) -> date | None:
    """The date of the first line near the top that holds nothing but a date, with weekday and time if it likes."""
    lines = (line for line in text.splitlines() if line.strip())
    return next((found for line in islice(lines, _NEAR_TOP) if (found := parse_date(line))), None)


def parse_date(line: str) -> date | None:
    """The day that `line` is, in any script and calendar that we know, or None where it is something else.

    Of a day given in both calendars the Gregorian date is taken, because the Hijri one may differ by the country's
    sighting of the moon.
    """
    if not is_date_line(line):
        return None
    days = [found for found in find_dates(fold_text(line)) if found.year and found.day]
    for found in sorted(days, key=lambda found: found.hijri):
        if interval := found.interval():
            return interval[0]
    return None
