"""Arabic expressions of weeks, months, years and durations, found in folded text whose clitics stand apart."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import partial

from kgbuild.language.calendar_dates import alternatives, calendar_names
from kgbuild.language.intervals import Interval, whole_year
from kgbuild.language.relative_dates import Meaning, Resolve, calendar_unit
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
from kgbuild.language.time_words import Rule, TimePattern, TimeWords, Unit


def span_rules(words: TimeWords) -> Iterator[Rule]:
    """All rules of this module."""
    for rules in (_unit_rules, _past_rules, _month_rules, _ago_rules, _year_rules):
        yield from rules(words)


def shift_pattern(words: TimeWords) -> str:
    """The adjective that moves a time: "last", "next", or "of this"."""
    return rf"\s(?:(?P<last>{words['last']})|(?P<next>{words['next']})|{words['current']})"


def _unit_rules(words: TimeWords) -> Iterator[Rule]:
    """ "الأسبوع الماضي", "هذا الشهر", "العام الحالي 2023", "الشهر قبل الماضي", and "مطلع" before "الشهر"."""
    units = {name: unit.name for unit in words.units if unit.days > 1 for name in unit.names}
    one = rf"ال(?:{'|'.join(sorted(units))})"
    shift = shift_pattern(words).removeprefix(r"\s")
    told = rf"{one}\s(?:(?P<before>{words['before_last']})\s(?={words['last']}))?{shift}"
    pattern = rf"(?P<unit>{told}|{words['this']}\s{one})(?:\s(?P<year>{YEAR}))?"
    yield TimePattern(pattern), partial(_unit, units)
    at_edge = rf"{words['edges']}\s(?P<at>(?P<unit>{one}))(?P<before>)(?P<last>)(?P<next>)(?P<year>)"
    yield TimePattern(at_edge), partial(_unit, units)


def _unit(units: dict[str, str], match: re.Match[str]) -> Meaning:
    words = match["unit"].split()
    name = next(units[word.removeprefix("ال")] for word in words if word.removeprefix("ال") in units)
    if name == "year" and match["year"]:
        return Meaning("span", 4, partial(_year_until, int(match["year"])))
    shift = shift_of(match) - (1 if match["before"] else 0)
    return Meaning("span", 2, calendar_unit(name, shift))


def _year_until(year: int, anchor: date | None) -> Interval | None:
    whole = whole_year(year)
    if whole is None or anchor is None or not whole.earliest <= anchor <= whole.latest:
        return whole
    return whole._replace(latest=anchor)


def _past_rules(words: TimeWords) -> Iterator[Rule]:
    """ "الأيام القليلة الماضية", "الأشهر الستة الماضية", "الـ24 ساعة الماضية", "آخر 48 ساعة", "اليومين الماضيين"."""
    past = rf"(?:{words['few']}\s)?{words['last']}"
    number = rf"(?P<count>{words.number})(?:\s/\s(?P<more>\d{{1,3}}))?"
    for unit in words.units:
        forms = rf"(?:{unit.many}|{unit.one})"
        read = partial(_past, words, unit)
        yield TimePattern(rf"(?:(?P<two>{unit.two})|{unit.many}(?:\s(?:ال\s?)?{number})?)\s{past}"), read
        latest = rf"{words['latest']}\s{_renamed(number)}\s{forms}"
        yield TimePattern(rf"(?:(?:ال\s?)?{number}\s{forms}\s{past}|{latest})"), read


def _renamed(number: str) -> str:
    return number.replace("<count>", "<count_after>").replace("<more>", "<more_after>")


def _past(words: TimeWords, unit: Unit, match: re.Match[str]) -> Meaning:
    found = {name: text for name, text in match.groupdict().items() if text}
    written = next((found[name] for name in ("more", "more_after", "count", "count_after") if name in found), None)
    return past_time(unit, words.value(written) if written else 2 if "two" in found else None)


def _month_rules(words: TimeWords) -> Iterator[Rule]:
    """ "مايو الماضي", "شهر أيار", "في حزيران", "أكتوبر من العام الماضي", "الخامس من الشهر الجاري"."""
    month_words, shift, names = words["month_words"], shift_pattern(words), calendar_names()
    named = rf"(?P<month>{names.months_pattern})"
    yield TimePattern(rf"(?P<name>{month_words}\s)?{named}{shift}"), _month
    alone = rf"(?!\s(?:\d|من\s{words['year_words']})|\s(?:\S+\s)?{words['told_before']}(?!\w))(?P<last>)(?P<next>)"
    yield TimePattern(rf"(?<!قبل\s)(?<!بعد\s)(?P<name>{month_words})\s{named}{alone}"), _month
    yield TimePattern(rf"{words['before_month']}\s(?P<at>{named}){alone}(?P<name>)"), _month
    yield TimePattern(rf"(?:{month_words}\s)?{named}\s(?:من\s)?{words['year_words']}{shift}"), read_month_of_year
    day = rf"(?P<day>\d{{1,2}}|{alternatives(names.days)})"
    yield TimePattern(rf"{day}\s(?:من\s)?(?:هذا\s)?{month_words}{shift}"), _day_of_month


def _month(match: re.Match[str]) -> Meaning | None:
    """Months of the Hijri calendar are also common words and names: only with the word "month" or an adjective."""
    _, hijri = calendar_names().month(match["month"])
    if hijri and not (match["name"] or match["last"] or match["next"]):
        return None
    return read_month(match)


def _day_of_month(match: re.Match[str]) -> Meaning:
    written = re.sub(r"\s+", " ", match["day"])
    day = int(written) if written.isdecimal() else calendar_names().days[written]
    return Meaning("day", 3, partial(_on_day, day, calendar_unit("month", shift_of(match))))


def _on_day(day: int, whole: Resolve, anchor: date | None) -> Interval | None:
    found = whole(anchor)
    if found is None or not 1 <= day <= monthrange(found.earliest.year, found.earliest.month)[1]:
        return None
    on = found.earliest.replace(day=day)
    return Interval(on, on, "day")


def _ago_rules(words: TimeWords) -> Iterator[Rule]:
    """ "قبل يومين", "منذ ثلاثة أسابيع", "قبل ساعات", but not "قبل يومين من الانتخابات"."""
    names = calendar_names()
    lead = rf"(?:(?P<since>{words['since']})|{words['ago']})\s(?:(?P<about>{words['about']})\s)?(?:ال\s)?"
    count = rf"(?:(?P<count>{words.number})|(?P<some>{words['some']}))\s"
    rest = rf"(?!\s(?:\d|من(?!\sالان(?!\w))|{names.months_pattern}|{names.weekday_pattern}))"
    for unit in words.units:
        amount = rf"(?:(?P<two>{unit.two})|{count}(?:{unit.many}|{unit.one})|(?P<many>{unit.many})|(?:ال)?{unit.one})"
        yield TimePattern(lead + amount + rest), partial(_ago, words, unit)


def _ago(words: TimeWords, unit: Unit, match: re.Match[str]) -> Meaning:
    some = match["many"] or match["some"]
    count = words.value(match["count"]) if match["count"] else 2 if match["two"] else None if some else 1
    return time_ago(unit, count, until_now=bool(match["since"]), about=bool(match["about"]))


def _year_rules(words: TimeWords) -> Iterator[Rule]:
    """ "عام 2014", "في 2014", "عامي 2006 و2007", "صيف 2014", "صيف العام الماضي"."""
    year = rf"(?P<year>{YEAR})"
    named = rf"{words['year_words']}\s"
    yield TimePattern(rf"{named}{year}"), read_year
    yield TimePattern(rf"{words['before_year']}\s(?P<at>{year})(?!\s?(?:%|[-/.:,]\s?\d))"), read_year
    both = rf"(?P<first>{YEAR})\s(?:{words['to']})\s(?:{named})?(?P<second>{YEAR})"
    yield TimePattern(rf"(?:{words['before_year']}\s)?(?P<at>{words['years_words']}\s{both})"), read_years
    for season, months in words.seasons.items():
        yield TimePattern(rf"{season}\s(?:{named})?{year}"), partial(read_season, months)
        of_year = rf"{season}\s(?:من\s)?{words['year_words']}{shift_pattern(words)}"
        yield TimePattern(of_year), partial(_season_of_year, months)


def _season_of_year(months: tuple[int, int], match: re.Match[str]) -> Meaning:
    shift = shift_of(match)
    return Meaning("span", 4, lambda anchor: whole_year(anchor.year + shift, *months) if anchor else None)
