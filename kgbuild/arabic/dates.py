"""Arabic expressions of time in folded text whose clitics stand apart ("منذ فجر اليوم", "ال 24 ساعه الماضيه")."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from kgbuild.arabic.normalise import fold_text
from kgbuild.calendar_dates import alternatives, calendar_names
from kgbuild.number_words import number_rules
from kgbuild.relative_dates import (
    Expression,
    Interval,
    Resolve,
    ago,
    calendar_unit,
    days_around,
    into_the_night,
    month,
    since,
    weekday,
    whole_month,
    whole_year,
)
from kgbuild.resources import data_path

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, int, Resolve] | None]]
"""A pattern, and what a match means: kind, rank and resolution; None where it means nothing."""


def find_expressions(text: str) -> Iterator[Expression]:
    """All expressions told from the day of writing, overlapping ones included, in no certain order."""
    for pattern, read in _rules():
        for match in pattern.finditer(text):
            found = read(match)
            if found is not None:
                yield Expression(match.start(), match.end(), *found)


class _Words:
    """The word lists of `dates.toml` as patterns."""

    def __init__(self, relative: Mapping[str, Any]) -> None:
        self._lists = {name: words for name, words in relative.items() if isinstance(words, list) and name != "unit"}
        self.units = tuple(relative["unit"])
        self.seasons = {fold_text(name): tuple(months) for name, months in relative["seasons"].items()}

    def __getitem__(self, name: str) -> str:
        return alternatives(frozenset(fold_text(word) for word in self._lists[name]))

    def number(self, name: str, form: str) -> str:
        """The words of a unit of time in one of its forms: one, two, many."""
        return alternatives(frozenset(fold_text(word) for word in self.unit(name)[form]))

    def unit(self, name: str) -> Mapping[str, Any]:
        """The unit's row."""
        return next(unit for unit in self.units if unit["name"] == name)


@cache
def _rules() -> tuple[Rule, ...]:
    data = tomllib.loads(data_path("ar", "dates.toml").read_text(encoding="utf-8"))
    words = _Words(data["relative"])
    makers = (_day_rules, _weekday_rules, _span_rules, _duration_rules, _year_rules)
    return tuple(rule for make in makers for rule in make(words))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


def _fixed(kind: str, rank: int, resolve: Resolve, match: re.Match[str]) -> tuple[str, int, Resolve]:
    return kind, rank, resolve


def _day_rules(words: _Words) -> Iterator[Rule]:
    part = rf"(?:(?P<night>{words['nights']})\s|{words['parts']}\s)?(?:{words['day']}\s)?"
    days = (
        (rf"{words['today']}(?!\s{words['not_today']})", days_around(0, 0)),
        (rf"{words['yesterday']}(?!\sالاول)", days_around(-1, -1)),
        (words["day_before"], days_around(-2, -2)),
        (words["tomorrow"], days_around(1, 1)),
    )
    for pattern, resolve in days:
        yield _compiled(part + pattern), partial(_day, resolve)
    yield _compiled(words["last_night"]), partial(_fixed, "day", 3, days_around(-1, 0, "days"))
    yield _compiled(words["night_before"]), partial(_fixed, "day", 3, days_around(-2, -1, "days"))


def _day(resolve: Resolve, match: re.Match[str]) -> tuple[str, int, Resolve]:
    return "day", 3, into_the_night(resolve) if match["night"] else resolve


def _weekday_rules(words: _Words) -> Iterator[Rule]:
    name = calendar_names().weekday_pattern
    part = rf"(?:(?P<night>{words['nights']})\s|{words['parts']}\s)?(?:{words['day']}\s)?"
    shift = rf"(?:\s(?:(?P<last>{words['last']})|(?P<next>{words['next']})|{words['current']}))?"
    yield _compiled(rf"{part}(?P<name>{name}){shift}"), _one_weekday
    yield (
        _compiled(rf"(?:{words['two_days_of']}\s)(?P<first>{name})\s?(?:و|-|/|الي|علي)\s?(?P<second>{name}){shift}"),
        _two_weekdays,
    )


def _one_weekday(match: re.Match[str]) -> tuple[str, int, Resolve]:
    resolve = weekday(_weekday_number(match["name"]), _shift(match))
    return "weekday", 1, into_the_night(resolve) if match["night"] else resolve


def _two_weekdays(match: re.Match[str]) -> tuple[str, int, Resolve]:
    first = weekday(_weekday_number(match["first"]), _shift(match))
    second = weekday(_weekday_number(match["second"]), _shift(match))
    return "weekday", 2, lambda anchor: _from_to(first(anchor), second(anchor))


def _from_to(first: Interval | None, second: Interval | None) -> Interval | None:
    if first is None or second is None:
        return None
    days = sorted((first.earliest, second.latest))
    return Interval(days[0], days[1], "days")


def _weekday_number(name: str) -> int:
    return calendar_names().weekdays[re.sub(r"\s+", " ", name)]


def _shift(match: re.Match[str]) -> int:
    return -1 if match["last"] else 1 if match["next"] else 0


def _span_rules(words: _Words) -> Iterator[Rule]:
    """ "last week", "this month", "the last days", "last May", "the 5th of this month"."""
    shift = rf"\s(?:(?P<last>{words['last']})|(?P<next>{words['next']})|{words['current']})"
    for name in ("week", "month", "year"):
        one = rf"(?:ال){alternatives(_bare(words, name))}"
        yield _compiled(one + shift), partial(_calendar_unit, name)
        yield _compiled(rf"(?:هذا|هذه)\s{one}"), partial(_fixed, "span", 2, calendar_unit(name, 0))
    for name, first in (("day", -7), ("week", -31), ("month", -183), ("year", -1826)):
        few = rf"(?:{words['few']}\s)?{words['last']}"
        several = days_around(first, 0, {"day": "days", "week": "month"}.get(name, "year"))
        yield _compiled(rf"{words.number(name, 'many')}\s{few}"), partial(_fixed, "span", 2, several)
        two = since(ago(2, words.unit(name)["days"]))
        yield _compiled(rf"{words.number(name, 'two')}\s{words['last']}"), partial(_fixed, "span", 2, two)
    month_name = calendar_names().two_names_pattern
    yield _compiled(rf"(?:{words['month_words']}\s)?{month_name}{shift}"), _month_of_year
    yield _compiled(rf"{words['before_month']}\s{month_name}(?P<last>)(?P<next>)(?!\s\d)"), _month_of_year
    day = rf"(?P<day>\d{{1,2}}|{alternatives(calendar_names().days)})"
    yield _compiled(rf"{day}\s(?:من\s)?(?:هذا\s)?{words['month_words']}{shift}"), _day_of_month


def _bare(words: _Words, name: str) -> frozenset[str]:
    return frozenset(fold_text(word).removeprefix("ال") for word in words.unit(name)["one"])


def _calendar_unit(name: str, match: re.Match[str]) -> tuple[str, int, Resolve]:
    return "span", 2, calendar_unit(name, _shift(match))


def _month_of_year(match: re.Match[str]) -> tuple[str, int, Resolve] | None:
    number, hijri = calendar_names().months[re.sub(r"\s+", " ", match["month"])]
    resolve = month(number, _shift(match))
    return None if hijri else ("span", 2, since(resolve) if _is_since(match) else resolve)


def _day_of_month(match: re.Match[str]) -> tuple[str, int, Resolve]:
    written = re.sub(r"\s+", " ", match["day"])
    day = int(written) if written.isdecimal() else calendar_names().days[written]
    whole = calendar_unit("month", _shift(match))

    def resolve(anchor: Any) -> Interval | None:
        found = whole(anchor)
        if found is None or not 1 <= day <= monthrange(found.earliest.year, found.earliest.month)[1]:
            return None
        on = found.earliest.replace(day=day)
        return Interval(on, on, "day")

    return "day", 3, resolve


def _duration_rules(words: _Words) -> Iterator[Rule]:
    """ "قبل يومين", "منذ ثلاثة أسابيع", "الـ24 ساعة الماضية", "قبل ساعات"."""
    lead = rf"(?:(?P<since>{words['since']})|{words['ago']})\s(?:{words['about']}\s)?"
    count = rf"(?:(?P<count>\d{{1,3}}|{alternatives(number_rules('ar').units)})\s|{words['some']}\s)?"
    for unit in words.units:
        forms = {form: words.number(unit["name"], form) for form in ("one", "two", "many")}
        rest = rf"(?!\s(?:\d|{calendar_names().month_pattern}|{calendar_names().weekday_pattern}))"
        amount = rf"(?:(?P<two>{forms['two']})|(?P<one>{forms['one']})|{count}(?P<many>{forms['many']})){rest}"
        yield _compiled(lead + amount), partial(_duration, unit["days"])
    hours = words.number("hour", "many")
    past = rf"(?:{words['few']}\s)?{words['last']}"
    yield _compiled(rf"(?:ال\s)?(?P<hours>\d{{1,3}})\s{hours}\s{past}"), _past_hours
    yield _compiled(rf"{hours}\s{past}"), partial(_fixed, "span", 2, days_around(-1, 0, "days"))


def _duration(days: int, match: re.Match[str]) -> tuple[str, int, Resolve] | None:
    if match["since"] == "من":
        return None
    count = 2 if match["two"] else 1
    if days == 0:
        return "span", 2, days_around(-1, 0, "days")
    if match["many"] and match["count"] is None:
        resolve = days_around(-7 * days, -2 * days, "days" if days == 1 else "month" if days == 7 else "year")
    else:
        written = match["count"]
        count = (int(written) if written.isdecimal() else number_rules("ar").units[written]) if written else count
        resolve = ago(count, days)
    return "span", 2, since(resolve) if match["since"] else resolve


def _past_hours(match: re.Match[str]) -> tuple[str, int, Resolve]:
    days = max(1, -(-int(match["hours"]) // 24))
    return "span", 2, days_around(-days, 0, "days")


def _year_rules(words: _Words) -> Iterator[Rule]:
    year = r"(?P<year>(?:19|20)\d\d)"
    named = rf"{words['year_words']}\s"
    yield _compiled(named + year), _year
    yield _compiled(rf"{words['before_year']}\s{year}(?!\s?[-/.:%])"), _year
    for season, (first, last) in words.seasons.items():
        yield _compiled(rf"{season}\s(?:{named})?{year}"), partial(_season, first, last)
    month_name = calendar_names().two_names_pattern
    yield (
        _compiled(rf"(?:{words['before_month']}\s)?{month_name}\s(?:من\s)?{words['year_words']}\s{words['last']}"),
        _month_of_last_year,
    )


def _year(match: re.Match[str]) -> tuple[str, int, Resolve]:
    return _season(1, 12, match)


def _season(first: int, last: int, match: re.Match[str]) -> tuple[str, int, Resolve]:
    interval = whole_year(int(match["year"]), first, last)
    return "span", 4, since(lambda anchor: interval) if _is_since(match) else lambda anchor: interval


def _is_since(match: re.Match[str]) -> bool:
    return match.group().startswith("منذ ")


def _month_of_last_year(match: re.Match[str]) -> tuple[str, int, Resolve]:
    number, _ = calendar_names().months[re.sub(r"\s+", " ", match["month"])]
    return "span", 4, lambda anchor: whole_month(anchor.year - 1, number) if anchor else None
