"""Dates of the calendar as they are written out, in any language, script and calendar that the data files name.

Works on folded text (`kgbuild.language.folding`), where every digit is ASCII and every spelling of a month is one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property

from hijridate import Gregorian, Hijri

from kgbuild.language.folding import fold_text
from kgbuild.language.lexicons import lexicon

_LANGUAGES = ("ar", "en")
_LONGEST_LINE = 90
_LEAP_YEAR = 2000
_PAIR = r"\s?[/(-]?\s?"
_WORD = re.compile(r"[\u0621-\u064a]+|[a-z]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"(?:\b|(?<=\dt))\d{1,2}:\d{2}(?::\d{2})?(?!\d)|(?<=\d)t(?=\d)")


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date as written: `text[start:end]`. `year` and `day` are None where they are not written; `hijri` counts so."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    hijri: bool = False

    def interval(self, anchor: date | None = None) -> tuple[date, date] | None:
        """First and last day; a year not written is that of `anchor`. None where it stays unknown or no such day is."""
        written = self.in_year_of(anchor) if anchor else self
        if written.year is None:
            return None
        return _interval(written.year, self.month, self.day, hijri=self.hijri)

    def in_year_of(self, day: date, shift: int = 0) -> CalendarDate:
        """The date with its year, else with that of `day` in its own calendar, `shift` years on."""
        if self.year is not None:
            return self
        return replace(self, year=shift + (_hijri_year(day) if self.hijri else day.year))


@dataclass(frozen=True)
class CalendarNames:
    """The names of all languages, folded; alternatives for patterns and numbers by name."""

    months: Mapping[str, tuple[int, bool]]
    weekdays: Mapping[str, int]
    days: Mapping[str, int]
    ignored: frozenset[str]

    @cached_property
    def months_pattern(self) -> str:
        """A pattern for a month by one name or two: "أيار/ مايو", "حزيران (يونيو)", "يوليو تموز"."""
        names: dict[tuple[int, bool], dict[str, object]] = {}
        for name, key in self.months.items():
            names.setdefault(key, {})[name] = None
        ordered = sorted(names.values(), key=lambda group: -max(map(len, group)))
        pairs = (f"{one}(?:{_PAIR}{one}(?!\\w)(?:\\s?\\))?)?" for one in map(alternatives, ordered))
        return "(?:" + "|".join(pairs) + ")"

    def month(self, written: str) -> tuple[int, bool]:
        """Number and calendar (Hijri or not) of a month as `months_pattern` finds it."""
        folded = re.sub(r"\s+", " ", written)
        return self.months[max((name for name in self.months if folded.startswith(name)), key=len)]

    @property
    def weekday_pattern(self) -> str:
        """A pattern for one weekday's name."""
        return alternatives(self.weekdays)


def alternatives(names: Mapping[str, object] | frozenset[str]) -> str:
    """A pattern for any of the names, the longest first; a space in a name stands for any white space."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s{1,3}") for name in ordered) + ")"


@cache
def calendar_names() -> CalendarNames:
    """The names in `data/<language>/dates.toml`, read once."""
    months: dict[str, tuple[int, bool]] = {}
    weekdays: dict[str, int] = {}
    ignored: set[str] = set()
    for language in _LANGUAGES:
        data = lexicon(language, "dates")
        for table, hijri in (("months", False), ("hijri_months", True)):
            months |= {fold_text(name): (int(number), hijri) for number, names in data[table].items() for name in names}
        weekdays |= {fold_text(name): int(number) for number, names in data["weekdays"].items() for name in names}
        ignored.update(fold_text(word) for word in data["dateline"]["ignored"])
    return CalendarNames(months, weekdays, _ordinal_days(), frozenset(ignored))


def _ordinal_days() -> dict[str, int]:
    """Days of the month in words: "الخامس", "الثاني عشر", "الحادي والعشرين", the و joined or apart."""
    data = lexicon("ar", "dates")["ordinal_days"]
    units = {fold_text(word): int(number) for number, words in data["units"].items() for word in words}
    tens = {fold_text(word): int(number) for number, words in data["tens"].items() for word in words}
    days = units | tens | {fold_text(word): 10 for word in data["ten"]}
    days |= {f"{word} {data['teen']}": number + 10 for word, number in units.items()}
    for joint in (data["and"], data["and"] + " "):
        days |= {f"{u} {joint}{t}": unit + ten for u, unit in units.items() for t, ten in tens.items()}
    return {word: number for word, number in days.items() if number <= 31}


@cache
def _pattern() -> re.Pattern[str]:
    months = rf"(?P<month>{calendar_names().months_pattern})(?!\w)"
    gap = r"\s?[-/,،.]?\s?"
    year = r"(?:(?:19|20)\d\d|1[34]\d\d)(?!\d)"
    in_year = rf"(?:{gap}(?:من\s)?(?:(?:ال)?عام\s|سنه\s|of\s|in\s)?(?P<year>{year}))?"
    first, lone = months.replace("<month>", "<month_first>"), months.replace("<month>", "<lone_month>")
    year_after = in_year.replace("<year>", "<year_after>")
    ordinal = alternatives(calendar_names().days)
    of_month, of_year = months.replace("<month>", "<of_month>"), in_year.replace("<year>", "<of_year>")
    return re.compile(
        rf"""(?<![\w/.])(?:
          (?P<iso_year>{year})\s?(?P<iso_sep>[-/.])\s?(?P<iso_month>\d{{1,2}})\s?(?P=iso_sep)\s?(?P<iso_day>\d{{1,2}})(?!\d)
        | (?P<first>\d{{1,2}})\s?(?P<sep>[-/.])\s?(?P<second>\d{{1,2}})\s?(?P=sep)\s?(?P<last_year>{year})
        | (?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?{gap}(?:من\s|of\s)?(?:شهر\s)?{months}{in_year}
        | (?P<ordinal>{ordinal})\sمن\s(?:شهر\s)?{of_month}{of_year}
        | {first}\s(?P<day_after>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?(?!\d)(?!\s?[:.]\d){year_after}
        | {lone}{gap}(?:من\s)?(?:(?:ال)?عام\s|سنه\s)?(?P<lone_year>{year})
        )""",
        re.VERBOSE,
    )


@cache
def date_words() -> frozenset[str]:
    """Every word that can stand in a date: text without any of them, and without a year, holds none."""
    names = calendar_names()
    written = (_pattern().pattern, names.months_pattern, names.weekday_pattern)
    return frozenset(word for pattern in written for word in _WORD.findall(pattern))


def find_dates(folded: str, start: int = 0, end: int | None = None) -> Iterator[CalendarDate]:
    """The dates written in folded text, in order: with day, month and year, without the year, or without the day.

    Only `folded[start:end]` is searched.
    """
    for match in _pattern().finditer(folded, start, len(folded) if end is None else end):
        found = _read(match)
        if found is not None and (found.year is None or found.interval() is not None):
            yield found


def _read(match: re.Match[str]) -> CalendarDate | None:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    start, end = match.span()
    if "iso_year" in parts:
        return _numeric(start, end, parts["iso_year"], parts["iso_month"], parts["iso_day"])
    if "first" in parts:
        first, second = parts["first"], parts["second"]
        if int(second) > 12 >= int(first):  # 6/23/2017, as Americans write
            first, second = second, first
        return _numeric(start, end, parts["last_year"], second, first)
    written = next(parts[name] for name in ("month", "of_month", "month_first", "lone_month") if name in parts)
    number, hijri = calendar_names().month(written)
    year = next((parts[name] for name in ("year", "of_year", "year_after", "lone_year") if name in parts), None)
    day = _day(parts)
    if day is not None and not 1 <= day <= (30 if hijri else monthrange(_LEAP_YEAR, number)[1]):
        return None
    return CalendarDate(start, end, int(year) if year else None, number, day, hijri)


def _day(parts: Mapping[str, str]) -> int | None:
    if "ordinal" in parts:
        return calendar_names().days[re.sub(r"\s+", " ", parts["ordinal"])]
    written = parts.get("day") or parts.get("day_after")
    return int(written) if written else None


def _numeric(start: int, end: int, year: str, month: str, day: str) -> CalendarDate | None:
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return CalendarDate(start, end, int(year), int(month), int(day), hijri=int(year) < 1900)


def _interval(year: int, month: int, day: int | None, *, hijri: bool) -> tuple[date, date] | None:
    try:
        if hijri:
            return _hijri_interval(year, month, day)
        return date(year, month, day or 1), date(year, month, day or monthrange(year, month)[1])
    except (ValueError, OverflowError):  # no such day, or a Hijri year out of the calendar's tables
        return None


def _hijri_interval(year: int, month: int, day: int | None) -> tuple[date, date]:
    first = Hijri(year, month, day or 1)
    start = date(*first.to_gregorian().datetuple())
    return start, start if day else start + timedelta(days=first.month_length() - 1)


def _hijri_year(anchor: date) -> int:
    return int(Gregorian(anchor.year, anchor.month, anchor.day).to_hijri().year)


@cache
def _date_line_words() -> frozenset[str]:
    ignored = " ".join(calendar_names().ignored)
    return date_words().union(_LETTERS.findall(ignored))


def is_date_line(text: str) -> bool:
    """Whether a line holds nothing but a date, with weekday, hour and the words that introduce it."""
    if not 0 < len(text) <= _LONGEST_LINE:
        return False
    names = calendar_names()
    folded = fold_text(text.strip())
    if not _date_line_words().issuperset(_LETTERS.findall(folded)):  # most lines; the patterns are slow
        return False
    rest = list(_CLOCK.sub(lambda found: " " * len(found.group()), folded))
    dates = list(find_dates("".join(rest)))
    for found in dates:
        rest[found.start : found.end] = " " * (found.end - found.start)
    left = re.findall(r"\w+", "".join(rest))
    named = any(word in names.weekdays for word in left)
    return bool(dates or named) and all(word in names.ignored or word in names.weekdays for word in left)
