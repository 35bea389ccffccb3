from __future__ import annotations

from datetime import date

import pytest

from kgbuild.arabic.dates import behind_dates
from kgbuild.language.calendar_dates import find_dates
from kgbuild.language.folding import fold_text
from kgbuild.language.intervals import Interval
from kgbuild.language.time_words import time_words
from kgbuild.language.written_dates import WrittenDates

FRIDAY = date(2017, 6, 9)
_DATES = WrittenDates(time_words("ar"), behind_dates())


def told(text: str, anchor: date | None = FRIDAY) -> tuple[str, Interval | None]:
    """The longest expression and its interval; clitics stand apart in `text`."""
    folded = fold_text(text)
    found = max(_DATES.expressions(folded, tuple(find_dates(folded))), key=lambda one: one.end - one.start)
    return text[found.start : found.end], found.meaning.resolve(anchor)


def days(first: date, last: date | None = None, precision: str = "day") -> Interval:
    return Interval(first, last or first, precision)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("5 حزيران", days(date(2017, 6, 5))),
        ("20 حزيران", days(date(2017, 6, 20))),
        ("20 تموز", days(date(2016, 7, 20))),
        ("20 تموز المقبل", days(date(2017, 7, 20))),
        ("1 حزيران الماضي", days(date(2017, 6, 1))),
        ("1 حزيران من العام الجاري", days(date(2017, 6, 1))),
        ("5 أيار من العام الماضي", days(date(2016, 5, 5))),
        ("20 شوال", days(date(2016, 7, 25))),
    ],
)
def test_a_year_that_is_not_written_is_told_by_the_day_of_writing(text: str, interval: Interval) -> None:
    assert told(text) == (text, interval)
    assert told(text, None) == (text, None)


@pytest.mark.parametrize(
    ("text", "whole", "interval"),
    [
        ("من 2 إلى 5 حزيران 2017", "من 2 إلى 5 حزيران 2017", days(date(2017, 6, 2), date(2017, 6, 5), "days")),
        ("في 2 و 5 حزيران", "2 و 5 حزيران", days(date(2017, 6, 2), date(2017, 6, 5), "days")),
        ("بين 28 أيار و 3 حزيران", "بين 28 أيار و 3 حزيران", days(date(2017, 5, 28), date(2017, 6, 3), "days")),
        ("28 كانون الأول - 3 كانون الثاني 2017", None, days(date(2016, 12, 28), date(2017, 1, 3), "days")),
    ],
)
def test_ranges(text: str, whole: str | None, interval: Interval) -> None:
    assert told(text) == (whole or text, interval)


def test_a_number_before_a_date_is_no_range_where_nothing_says_so() -> None:
    assert told("أصيب 2 و 5 حزيران")[0] == "5 حزيران"
