"""English expressions of time in lower-cased text whose tokens stand apart ("early on thursday", "two days ago")."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from kgbuild.calendar_dates import alternatives, calendar_names
from kgbuild.number_words import number_rules
from kgbuild.relative_dates import (
    Expression,
    Resolve,
    ago,
    calendar_unit,
    days_around,
    month,
    since,
    weekday,
    whole_year,
)
from kgbuild.resources import data_path

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, int, Resolve] | None]]
"""A pattern, and what a match means: kind, rank and resolution."""


def find_expressions(text: str) -> Iterator[Expression]:
    """All expressions told from the day of writing, overlapping ones included, in no certain order."""
    for pattern, read in _rules():
        for match in pattern.finditer(text):
            found = read(match)
            if found is not None:
                yield Expression(match.start(), match.end(), *found)


@cache
def _rules() -> tuple[Rule, ...]:
    data = tomllib.loads(data_path("en", "dates.toml").read_text(encoding="utf-8"))["relative"]
    units, seasons = data.pop("unit"), data.pop("seasons")
    lists = {name: alternatives(frozenset(words)) for name, words in data.items()}
    return (*_day_rules(lists), *_span_rules(lists), *_duration_rules(lists, units), *_year_rules(lists, seasons))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


def _fixed(kind: str, rank: int, resolve: Resolve, match: re.Match[str]) -> tuple[str, int, Resolve]:
    return kind, rank, resolve


def _day_rules(lists: Mapping[str, str]) -> Iterator[Rule]:
    part, after = rf"(?:{lists['parts']}\s)?", rf"(?:\s{lists['after_parts']})?"
    for name, first, last in (("today", 0, 0), ("yesterday", -1, -1), ("day_before", -2, -2), ("tomorrow", 1, 1)):
        yield _compiled(part + lists[name] + after), partial(_fixed, "day", 3, days_around(first, last))
    yield _compiled(lists["last_night"]), partial(_fixed, "day", 3, days_around(-1, 0, "days"))
    days = calendar_names().weekday_pattern
    shift = rf"(?:(?:(?P<last>{lists['last']})|(?P<next>{lists['next']})|{lists['current']})\s)?"
    yield _compiled(rf"{part}(?:on\s)?{shift}(?P<name>{days}){after}"), _weekday


def _shift(match: re.Match[str]) -> int:
    return -1 if match["last"] else 1 if match["next"] else 0


def _weekday(match: re.Match[str]) -> tuple[str, int, Resolve]:
    return "weekday", 1, weekday(calendar_names().weekdays[match["name"]], _shift(match))


def _span_rules(lists: Mapping[str, str]) -> Iterator[Rule]:
    shift = rf"(?:(?P<last>{lists['last']})|(?P<next>{lists['next']})|{lists['current']})\s"
    yield _compiled(rf"{shift}(?P<unit>week|month|year)"), _unit
    months = calendar_names().month_pattern
    yield _compiled(rf"{shift}(?P<month>{months})(?!\s\d)"), _month
    yield _compiled(rf"{lists['before_month']}\s(?P<month>{months})(?P<last>)(?P<next>)(?!\s\d)"), _month


def _unit(match: re.Match[str]) -> tuple[str, int, Resolve]:
    return "span", 2, calendar_unit(match["unit"], _shift(match))


def _month(match: re.Match[str]) -> tuple[str, int, Resolve] | None:
    number, hijri = calendar_names().months[re.sub(r"\s+", " ", match["month"])]
    resolve = month(number, _shift(match))
    return None if hijri else ("span", 2, since(resolve) if _is_since(match) else resolve)


def _is_since(match: re.Match[str]) -> bool:
    return match.group().startswith("since ")


def _duration_rules(lists: Mapping[str, str], units: list[Mapping[str, Any]]) -> Iterator[Rule]:
    count = rf"(?:(?P<count>\d{{1,3}}|{alternatives(number_rules('en').units)})\s|{lists['some']}\s)?"
    for unit in units:
        one, many = alternatives(frozenset(unit["one"])), alternatives(frozenset(unit["many"]))
        amount = rf"(?:(?P<one>{one})|{count}(?P<many>{many}))"
        yield _compiled(rf"(?:{lists['about']}\s)?{amount}\s(?:ago|earlier)"), partial(_duration, unit["days"], False)
        yield _compiled(rf"(?:the\s)?{lists['last']}\s{amount}"), partial(_duration, unit["days"], True)


def _duration(days: int, until_now: bool, match: re.Match[str]) -> tuple[str, int, Resolve] | None:
    written = match["count"]
    if until_now and match["one"]:
        return None  # "last week" is the week of the calendar
    count = (int(written) if written.isdecimal() else number_rules("en").units[written]) if written else 1
    if days == 0:
        resolve = days_around(-max(1, -(-count // 24)), 0, "days")
    elif match["many"] and written is None:
        resolve = days_around(-7 * days, 0 if until_now else -2 * days, "days" if days == 1 else "month")
    else:
        resolve = since(ago(count, days)) if until_now else ago(count, days)
    return "span", 2, resolve


def _year_rules(lists: Mapping[str, str], seasons: Mapping[str, list[int]]) -> Iterator[Rule]:
    year = r"(?P<year>(?:19|20)\d\d)"
    yield _compiled(rf"{lists['before_year']}\s{year}(?!\s?[-/.:%])"), partial(_season, 1, 12)
    for season, (first, last) in seasons.items():
        yield _compiled(rf"{season}\s(?:of\s)?{year}"), partial(_season, first, last)


def _season(first: int, last: int, match: re.Match[str]) -> tuple[str, int, Resolve]:
    interval = whole_year(int(match["year"]), first, last)
    return "span", 4, since(lambda anchor: interval) if _is_since(match) else lambda anchor: interval
