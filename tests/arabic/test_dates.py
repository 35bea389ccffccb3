from __future__ import annotations

from datetime import date

import pytest

from kgbuild.arabic.dates import behind_dates, rules
from kgbuild.language.folding import fold_text
from kgbuild.language.relative_dates import Meaning
from kgbuild.language.time_words import apply

FRIDAY = date(2017, 6, 9)


def told(text: str) -> list[tuple[str, Meaning]]:
    """What the rules find, the longest expressions only; clitics stand apart in `text`."""
    folded = fold_text(text)
    found = sorted(apply(rules(), folded, [(0, len(folded))]), key=lambda one: one.start - one.end)
    longest = [one for at, one in enumerate(found) if all(one.start >= o.end or o.start >= one.end for o in found[:at])]
    return [(text[one.start : one.end], one.meaning) for one in sorted(longest, key=lambda one: one.start)]


@pytest.mark.parametrize(
    ("text", "offset"),
    [("أول من أمس", -2), ("أمس الأول", -2), ("مساء أمس", -1), ("فجر اليوم", 0), ("قبل قليل", 0), ("غدا", 1)],
)
def test_days_know_how_far_they_are_from_the_day_of_writing(text: str, offset: int) -> None:
    ((words, meaning),) = told(text)
    assert (words, meaning.kind, meaning.offset) == (text, "day", offset)


@pytest.mark.parametrize("text", ["اليوم التالي", "اليوم العالمي", "صحيفة اليوم السابع", "الهجوم الأول"])
def test_other_days_are_not_today(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("text", ["الاثنين", "الإثنين", "الأثنين", "يوم الاثنين", "صباح يوم الاثنين الباكر"])
def test_every_spelling_of_a_weekday_is_known(text: str) -> None:
    ((words, meaning),) = told(text)
    assert (words, meaning.weekday) == (text, 0)


def test_the_part_of_the_day_belongs_to_it_and_may_stand_behind() -> None:
    assert [words for words, _ in told("ساعة متأخرة من ليل الخميس ثم السبت صباحا ثم أمس مساء الخميس")] == [
        "ساعة متأخرة من ليل الخميس",
        "السبت صباحا",
        "أمس",
        "مساء الخميس",
    ]


def test_two_weekdays_are_the_days_between_them() -> None:
    ((_, meaning),) = told("ليل السبت - الأحد")
    found = meaning.resolve(date(2017, 6, 10))
    assert found == (date(2017, 6, 3), date(2017, 6, 4), "days")


def test_days_of_a_feast_are_of_the_hijri_calendar() -> None:
    ((_, meaning),) = told("أول أيام عيد الأضحى")
    assert meaning.resolve(FRIDAY) == (date(2016, 9, 11), date(2016, 9, 11), "day")
    assert meaning.resolve(None) is None


@pytest.mark.parametrize(
    ("behind", "which", "last"),
    [(" الماضي", 0, True), (" الجاري", 0, False), (" من العام الماضي", 1, True), (" من العام الجاري", 1, False)],
)
def test_what_stands_behind_a_date_tells_its_year(behind: str, which: int, last: bool) -> None:
    match = behind_dates()[which].match(fold_text(behind))
    assert match is not None
    assert bool(match["last"]) is last
