"""The date of publication on a line of its own: digits of any script, Gregorian or Hijri, any Arabic month names."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from itertools import islice
from typing import NamedTuple

from babel import Locale
from hijridate import Hijri

from kgbuild.arabic.normalise import fold_text
from kgbuild.resources import data_path

_NEAR_TOP = 12
_LONGEST = 80
_TIME = re.compile(r"(?:t|\b)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_LATIN_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


class _Month(NamedTuple):
    number: int
    hijri: bool


class _Names(NamedTuple):
    months: dict[str, _Month]
    """By folded name; the words of a name are parted by single spaces."""
    ignored: frozenset[str]


def find_dateline(text: str) -> date | None:
    """The date of the first line near the top that holds nothing but a date (with weekday and time, if it likes)."""
    lines = (line for line in text.splitlines() if line.strip())
    for line in islice(lines, _NEAR_TOP):
        if found := parse_date(line):
            return found
    return None


def parse_date(line: str) -> date | None:
    """The date that `line` is, or None where it is something else.

    The day stands before the month where neither is named. Of a day given in both calendars the Gregorian date is
    taken, because the Hijri one may differ by the country's sighting of the moon.
    """
    line = line.strip()
    if len(line) > _LONGEST:
        return None
    names = _names()
    folded = _LATIN_ORDINAL.sub("", _TIME.sub(" ", fold_text(line)))
    parts: list[int | _Month] = []
    for token in _join_names(_TOKEN.findall(folded), names.months):
        part = int(token) if token.isdecimal() else names.months.get(token)
        if part is None and token not in names.ignored:
            return None
        if part is not None and (not parts or part != parts[-1] or isinstance(part, int)):
            parts.append(part)  # a month under two names, يونيو/حزيران, counts once
    dates = [_to_date(parts[start : start + 3]) for start in range(0, len(parts), 3)]
    if not dates or len(dates) > 2 or None in dates:
        return None
    return next((day for day, hijri in filter(None, dates) if not hijri), dates[0][0] if dates[0] else None)


def _join_names(tokens: list[str], months: dict[str, _Month]) -> list[str]:
    """The tokens, the words of a month such as تشرين الأول made one."""
    joined: list[str] = []
    position = 0
    while position < len(tokens):
        for words in (3, 2, 1):
            name = " ".join(tokens[position : position + words])
            if words == 1 or name in months:
                break
        joined.append(name)
        position += len(name.split())
    return joined


def _to_date(parts: list[int | _Month]) -> tuple[date, bool] | None:
    """The date of three parts in any order with a year of four digits, and whether it was written as a Hijri one."""
    named = [part for part in parts if isinstance(part, _Month)]
    numbers = [part for part in parts if isinstance(part, int)]
    years = [number for number in numbers if number >= 1000]
    if len(parts) != 3 or len(named) > 1 or len(years) != 1:
        return None
    others = [number for number in numbers if number < 1000]
    if named:
        month, day = named[0].number, others[0]
    else:
        month, day = others if parts[0] == years[0] else reversed(others)
    hijri = named[0].hijri if named else 1300 <= years[0] <= 1500
    try:
        made = date(*Hijri(years[0], month, day).to_gregorian().datetuple()) if hijri else date(years[0], month, day)
    except (ValueError, OverflowError):
        return None
    return (made, hijri) if 1900 <= made.year <= 2100 else None


@cache
def _names() -> _Names:
    words = tomllib.loads(data_path("reading", "dateline.toml").read_text("utf-8"))
    months: dict[str, _Month] = {}
    ignored = {_key(word) for word in words["ignored"]}
    for code in words["locales"]:
        locale = Locale.parse(code)
        for width in ("wide", "abbreviated"):
            months.update(
                (_key(name), _Month(number, False)) for number, name in locale.months["format"][width].items()
            )
            ignored.update(_key(name) for name in locale.days["format"][width].values())
    for language in ("ar", "en"):
        months.update((_key(Hijri(1438, n, 1).month_name(language)), _Month(n, True)) for n in range(1, 13))
    months.update((_key(name), _Month(number, True)) for name, number in words["hijri_spellings"].items())
    return _Names(months, frozenset(ignored))


def _key(name: str) -> str:
    return " ".join(_TOKEN.findall(fold_text(name)))
