"""Arabic expressions of days, found in folded text whose clitics stand apart ("منذ فجر اليوم", "ل الخميس").

Weeks, months, years and durations are in `kgbuild.arabic.time_spans`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial

from kgbuild.arabic.time_spans import shift_pattern, span_rules
from kgbuild.language.calendar_dates import CalendarDate, calendar_names
from kgbuild.language.intervals import Interval, precision_of
from kgbuild.language.relative_dates import Meaning, Resolve, days_around, into_the_night, weekday
from kgbuild.language.time_readings import shift_of
from kgbuild.language.time_words import Rule, TimePattern, TimeWords, time_words

_DAYS = {"tomorrow": 1, "today": 0, "yesterday": -1, "day_before": -2}


@cache
def rules() -> tuple[Rule, ...]:
    """The patterns and what they mean, put together once."""
    words = time_words("ar")
    return (*_day_rules(words), *_weekday_rules(words), *_feast_rules(words), *span_rules(words))


@cache
def behind_dates() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows a date and tells its year: "3 حزيران الجاري", "9 أيار من العام الماضي"."""
    words = time_words("ar")
    shift = shift_pattern(words)
    return re.compile(rf"{shift}(?!\w)"), re.compile(rf"\s(?:من\s)?{words['year_words']}{shift}(?!\w)")


def part_of_day(words: TimeWords) -> str:
    """A pattern for the part of the day that stands before it, and "يوم"; the group "night" where it is a night."""
    lead, tail, joint = (words[name] for name in ("part_leads", "part_tails", "part_joints"))
    part = rf"(?:(?P<night>{words['nights']})|{words['parts']})"
    return rf"(?:(?:{lead}\s)?{part}(?:\s{tail})?(?:\s{joint})?\s)?(?:{words['day']}\s)?"


def _day_rules(words: TimeWords) -> Iterator[Rule]:
    days = (
        rf"(?P<day_before>{words['day_before']})",
        rf"(?P<yesterday>{words['yesterday']})",
        rf"(?P<today>{words['today']})(?!\s{words['not_today']})",
        rf"(?P<tomorrow>{words['tomorrow']})",
    )
    yield TimePattern(rf"{part_of_day(words)}(?:{'|'.join(days)}){_after(words)}"), _day
    yield TimePattern(rf"(?:(?P<last>{words['last_night']})|{words['night_before']})"), _night


def _after(words: TimeWords) -> str:
    """The part of the day behind it, unless it begins the next expression: "أمس مساء", not "أمس مساء الخميس"."""
    return rf"(?:\s{words['part_tails']})?(?:\s{words['after_parts']}(?!\s(?:ال|يوم|امس)))?"


def _day(match: re.Match[str]) -> Meaning:
    offset = next(days for name, days in _DAYS.items() if match[name])
    resolve = days_around(offset, offset)
    return Meaning("day", 3, into_the_night(resolve) if match["night"] else resolve, offset)


def _night(match: re.Match[str]) -> Meaning:
    first = -1 if match["last"] else -2
    return Meaning("day", 3, days_around(first, first + 1, "days"))


def _weekday_rules(words: TimeWords) -> Iterator[Rule]:
    name = calendar_names().weekday_pattern
    shift = rf"(?:{shift_pattern(words)})?"
    yield TimePattern(rf"{part_of_day(words)}(?P<name>{name}){shift}{_after(words)}"), _one_weekday
    both = rf"(?P<first>{name})\s?[(،]?\s?{words['two_days_joints']}\s?(?:{words['day']}\s)?(?P<second>{name})\s?\)?"
    yield TimePattern(rf"{words['two_days_of']}\s(?:{words['day']}\s)?{both}{shift}"), _two_weekdays


def _one_weekday(match: re.Match[str]) -> Meaning:
    number = _number(match["name"])
    resolve = weekday(number, shift_of(match))
    return Meaning("weekday", 1, into_the_night(resolve) if match["night"] else resolve, weekday=number)


def _two_weekdays(match: re.Match[str]) -> Meaning:
    first, second = weekday(_number(match["first"]), -1), weekday(_number(match["second"]), shift_of(match))
    return Meaning("weekday", 2, partial(_from_to, first, second))


def _from_to(first: Resolve, second: Resolve, anchor: date | None) -> Interval | None:
    """From the last such day before the second."""
    end = second(anchor)
    begin = first(end.earliest) if end else None
    return Interval(begin.earliest, end.latest, precision_of(begin.earliest, end.latest)) if begin and end else None


def _number(name: str) -> int:
    return calendar_names().weekdays[re.sub(r"\s+", " ", name)]


def _feast_rules(words: TimeWords) -> Iterator[Rule]:
    """ "ثاني أيام عيد الفطر"."""
    yield TimePattern(rf"(?P<day>{words['feast_days']})\sايام\s(?P<feast>{words['feasts']})"), partial(_feast, words)


def _feast(words: TimeWords, match: re.Match[str]) -> Meaning:
    month, first = words.feasts[re.sub(r"\s+", " ", match["feast"])]
    written = CalendarDate(0, 0, None, month, first + words.feast_days[match["day"]] - 1, hijri=True)
    return Meaning("hijri", 4, partial(_latest, written))


def _latest(written: CalendarDate, anchor: date | None) -> Interval | None:
    if anchor is None:
        return None
    days = (written.in_year_of(anchor, shift).interval() for shift in (0, -1))
    return next((Interval(*found, "day") for found in days if found and found[0] <= anchor), None)
