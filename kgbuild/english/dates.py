"""English expressions of time in lower-cased text whose tokens stand apart ("early on thursday", "two days ago")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from kgbuild.language.calendar_dates import calendar_names
from kgbuild.language.relative_dates import (
    Meaning,
    calendar_unit,
    days_around,
    into_the_night,
    last_weekend,
    weekday,
)
from kgbuild.language.time_readings import (
    YEAR,
    past_time,
    read_month,
    read_month_of_year,
    read_season,
    read_year,
    read_years,
    shift_of,
    time_ago,
)
from kgbuild.language.time_words import Rule, TimePattern, TimeWords, Unit, time_words

_DAYS = {"tomorrow": 1, "today": 0, "yesterday": -1, "day_before": -2}


@cache
def rules() -> tuple[Rule, ...]:
    """The patterns and what they mean, put together once."""
    words = time_words("en")
    makers = (_day_rules, _weekday_rules, _unit_rules, _told_rules, _month_rules, _duration_rules, _year_rules)
    return tuple(rule for make in makers for rule in make(words))


@cache
def behind_dates() -> tuple[None, re.Pattern[str]]:
    """What follows a date and tells its year: "June 5 last year"; there is none that tells it by the month."""
    words = time_words("en")
    return None, re.compile(rf"\s(?:of\s)?{_shift_pattern(words)}\syear(?!\w)")


def part_of_day(words: TimeWords) -> str:
    """A pattern for the part of the day that stands before it; the group "night" where it is a night."""
    return rf"(?:(?:(?P<night>{words['nights']})|{words['parts']})\s)?"


def _shift_pattern(words: TimeWords) -> str:
    return rf"(?:(?P<last>{words['last']})|(?P<next>{words['next']})|{words['current']})"


def _day_rules(words: TimeWords) -> Iterator[Rule]:
    days = "|".join(rf"(?P<{name}>{words[name]})" for name in ("day_before", "yesterday", "today", "tomorrow"))
    yield TimePattern(rf"{part_of_day(words)}(?:{days}){_after(words)}"), _day
    yield TimePattern(words["last_night"]), lambda match: Meaning("day", 3, days_around(-1, 0, "days"))


def _after(words: TimeWords) -> str:
    return rf"(?:\s(?:(?P<at_night>night|overnight)|{words['after_parts']}))?"


def _day(match: re.Match[str]) -> Meaning:
    offset = next(days for name, days in _DAYS.items() if match[name])
    resolve = days_around(offset, offset)
    return Meaning("day", 3, into_the_night(resolve) if match["night"] or match["at_night"] else resolve, offset)


def _weekday_rules(words: TimeWords) -> Iterator[Rule]:
    name = rf"(?P<name>{calendar_names().weekday_pattern})"
    yield TimePattern(rf"{part_of_day(words)}(?:{_shift_pattern(words)}\s)?{name}{_after(words)}"), _weekday


def _weekday(match: re.Match[str]) -> Meaning:
    number = calendar_names().weekdays[match["name"]]
    resolve = weekday(number, shift_of(match))
    night = match["night"] or match["at_night"]
    return Meaning("weekday", 1, into_the_night(resolve) if night else resolve, weekday=number)


def _unit_rules(words: TimeWords) -> Iterator[Rule]:
    shift = _shift_pattern(words)
    yield TimePattern(rf"{shift}\s(?P<unit>week|month|year)"), _unit
    yield TimePattern(rf"{words['edges']}\s(?P<at>the\s(?P<unit>week|month|year))(?P<last>)(?P<next>)"), _unit


def _unit(match: re.Match[str]) -> Meaning:
    return Meaning("span", 2, calendar_unit(match["unit"], shift_of(match)))


def _month_rules(words: TimeWords) -> Iterator[Rule]:
    """ "last May", "in May", "in May last year"; a name alone may be a verb or a person's."""
    named = rf"(?P<month>{calendar_names().months_pattern})"
    yield TimePattern(rf"{_shift_pattern(words)}\s{named}(?!\s\d)"), read_month
    alone = rf"(?!\s(?:\d|{words['told_before']}))(?P<last>)(?P<next>)"
    yield TimePattern(rf"{words['before_month']}\s(?P<at>{named}){alone}"), read_month
    yield TimePattern(rf"{named}\s(?:of\s)?{_shift_pattern(words)}\syear"), read_month_of_year


def _duration_rules(words: TimeWords) -> Iterator[Rule]:
    """ "two days ago", "the past 24 hours", "recent weeks", "for three days" is none."""
    number = rf"(?P<count>{words.number})"
    for unit in words.units:
        amount = rf"(?:(?P<one>{unit.one})|(?:{number}|(?P<some>{words['some']}))\s{unit.many})"
        yield TimePattern(rf"(?:(?P<about>{words['about']})\s)?{amount}\sago"), partial(_ago, words, unit)
        single = rf"(?P<single>{unit.name})" if unit.days > 1 else "(?P<single>(?!))"
        past = rf"(?:the\s)?{words['previous']}\s(?:{single}|(?:(?:{number}|{words['some']})\s)?{unit.many})"
        yield TimePattern(past), partial(_past, words, unit)


def _ago(words: TimeWords, unit: Unit, match: re.Match[str]) -> Meaning:
    count = words.value(match["count"]) if match["count"] else None if match["some"] else 1
    return time_ago(unit, count, about=bool(match["about"]))


def _told_rules(words: TimeWords) -> Iterator[Rule]:
    """Times that are told from a day named before: "the same day", "two days later", "a day after"."""
    for name, days in (("same_day", 0), ("next_day", 1), ("day_earlier", -1)):
        yield TimePattern(rf"{words[name]}(?!\syesterday)"), partial(_from_told, days)
    number = rf"(?P<count>{words.number})"
    for unit in words.units:
        amount = rf"(?:(?P<one>{unit.one})|{number}\s{unit.many}|(?P<some>{unit.many}))"
        direction = rf"(?:(?P<later>{words['later']})|(?P<earlier>{words['earlier']})|(?P<after>{words['after']}))"
        yield TimePattern(rf"{amount}\s{direction}"), partial(_so_much_from_told, words, unit)
    yield TimePattern(r"the\sday\s(?P<after>after)"), lambda match: _from_told(1 if _opens(match) else -1, match)
    yield TimePattern(words["weekend"]), lambda match: Meaning("span", 2, last_weekend)


def _from_told(days: int, _: re.Match[str]) -> Meaning:
    return Meaning("told", 3, days_around(days, days))


def _so_much_from_told(words: TimeWords, unit: Unit, match: re.Match[str]) -> Meaning | None:
    """ "two days later"; what stands behind "after" came earlier, unless the sentence begins with it."""
    if match["some"] and unit.days:
        return None  # "days later": nobody knows how many
    if not unit.days:
        return Meaning("told", 3, days_around(0, 1, "days")) if not match["earlier"] else None
    days = unit.days * (1 if match["one"] else words.value(match["count"]))
    later = match["later"] or (match["after"] and _opens(match))
    slack = unit.days // 2
    days = days if later else -days
    return Meaning("told", 3, days_around(days - slack, days + slack, "day" if not slack else unit.name))


def _opens(match: re.Match[str]) -> bool:
    """Whether a sentence begins with the match."""
    before = match.string[: match.start()].rstrip(" ")
    return not before or before[-1] in '.!?:;\n-"'


def _past(words: TimeWords, unit: Unit, match: re.Match[str]) -> Meaning | None:
    """From then until now; "last week" is the week of the calendar, "the past week" the seven days before."""
    if match["single"]:
        return None if "last" in match.group().split() else Meaning("span", 2, days_around(-unit.days, 0, unit.name))
    return past_time(unit, words.value(match["count"]) if match["count"] else None)


def _year_rules(words: TimeWords) -> Iterator[Rule]:
    year = rf"(?P<year>{YEAR})"
    yield TimePattern(rf"{words['before_year']}\s(?P<at>{year})(?!\s?(?:%|[-/.:,]?\s?\d))"), read_year
    both = rf"(?P<first>{YEAR})\s{words['to']}\s(?P<second>{YEAR})"
    yield TimePattern(rf"{words['years_words']}\s{both}"), read_years
    for season, months in words.seasons.items():
        yield TimePattern(rf"{season}\s(?:of\s)?{year}"), partial(read_season, months)
