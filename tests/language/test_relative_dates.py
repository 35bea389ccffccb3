from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.language.calendar_dates import CalendarDate
from kgbuild.language.intervals import Interval
from kgbuild.language.relative_dates import (
    Meaning,
    Resolve,
    ago,
    calendar_unit,
    complete,
    days_around,
    edge,
    into_the_night,
    month,
    since,
    together,
    weekday,
)

FRIDAY = date(2017, 6, 9)


def told(resolve: Resolve, anchor: date | None = FRIDAY) -> tuple[str, str, str] | None:
    found = resolve(anchor)
    return (found.earliest.isoformat(), found.latest.isoformat(), found.precision) if found else None


def test_a_weekday_is_the_latest_one_the_day_of_writing_included() -> None:
    assert told(weekday(4)) == ("2017-06-09", "2017-06-09", "day")
    assert told(weekday(3)) == ("2017-06-08", "2017-06-08", "day")
    assert told(weekday(4, -1)) == ("2017-06-02", "2017-06-02", "day")
    assert told(weekday(4, 1)) == ("2017-06-16", "2017-06-16", "day")


def test_a_week_begins_on_saturday() -> None:
    assert told(calendar_unit("week", -1)) == ("2017-05-27", "2017-06-02", "week")
    assert told(calendar_unit("week", 0)) == ("2017-06-03", "2017-06-09", "week")


def test_a_month_is_the_latest_that_has_begun() -> None:
    assert told(month(6)) == ("2017-06-01", "2017-06-09", "month")
    assert told(month(6, -1)) == ("2016-06-01", "2016-06-30", "month")
    assert told(month(7)) == ("2016-07-01", "2016-07-31", "month")
    assert told(month(7, 1)) == ("2017-07-01", "2017-07-31", "month")
    assert told(month(9, hijri=True)) == ("2017-05-27", "2017-06-09", "month")


def test_the_longer_ago_the_wider() -> None:
    assert told(ago(2, 1)) == ("2017-06-07", "2017-06-07", "day")
    assert told(ago(10, 1, about=True)) == ("2017-05-28", "2017-06-01", "days")
    assert told(ago(2, 7)) == ("2017-05-23", "2017-05-29", "week")


def test_since_a_day_lasts_until_the_day_of_writing_and_is_open_where_that_is_unknown() -> None:
    assert told(since(days_around(-40, -40))) == ("2017-04-30", "2017-06-09", "days")
    assert told(since(days_around(0, 0))) == ("2017-06-09", "2017-06-09", "day")
    assert told(since(lambda anchor: Interval(FRIDAY, FRIDAY, "day")), None) is None


def test_a_night_reaches_into_the_next_day_but_not_beyond_the_day_of_writing() -> None:
    assert told(into_the_night(days_around(-2, -2))) == ("2017-06-07", "2017-06-08", "days")
    assert told(into_the_night(days_around(0, 0))) == ("2017-06-09", "2017-06-09", "day")


@pytest.mark.parametrize(
    ("which", "resolve", "expected"),
    [
        ("begin", month(5), ("2017-05-01", "2017-05-10", "days")),
        ("middle", month(5), ("2017-05-11", "2017-05-20", "days")),
        ("end", month(5), ("2017-05-21", "2017-05-31", "days")),
        ("begin", month(6), ("2017-06-01", "2017-06-09", "days")),
        ("end", calendar_unit("year", -1), ("2016-10-01", "2016-12-31", "month")),
        ("begin", calendar_unit("week", -1), ("2017-05-27", "2017-05-29", "days")),
        ("end", weekday(3), ("2017-06-08", "2017-06-08", "day")),
    ],
)
def test_parts_of_longer_times(which: str, resolve: Resolve, expected: tuple[str, str, str]) -> None:
    assert told(edge(which, resolve)) == expected


def day(offset: int) -> Meaning:
    return Meaning("day", 3, days_around(offset, offset), offset=offset)


def on(number: int) -> Meaning:
    return Meaning("weekday", 1, weekday(number), weekday=number)


def test_a_weekday_settles_a_day_told_from_a_date_of_publication_that_is_off() -> None:
    assert told(together(day(-1), on(2)).resolve) == ("2017-06-07", "2017-06-07", "day")
    assert told(together(day(0), on(5)).resolve) == ("2017-06-10", "2017-06-10", "day")
    assert told(together(day(0), on(6)).resolve) == ("2017-06-04", "2017-06-04", "day")


def test_a_weekday_settles_the_year_of_a_date() -> None:
    written = CalendarDate(0, 0, None, 6, 4)
    found = together(
        on(5),
        Meaning("calendar", 5, lambda anchor: Interval(date(2017, 6, 4), date(2017, 6, 4), "day"), written=written),
    )
    assert told(found.resolve) == ("2016-06-04", "2016-06-04", "day")


def test_only_what_completes_each_other_is_one_time() -> None:
    assert complete(day(-1), on(3))
    assert not complete(together(day(-1), on(3)), on(3))
    assert not complete(day(-1), day(0))
    assert not complete(day(-1), Meaning("span", 2, calendar_unit("week", -1)))


@given(
    st.dates(), st.integers(0, 6), st.integers(-1, 1), st.integers(1, 12), st.sampled_from(["week", "month", "year"])
)
def test_every_interval_is_in_order(anchor: date, number: int, shift: int, name: int, unit: str) -> None:
    for resolve in (weekday(number, shift), month(name, shift), calendar_unit(unit, shift), ago(name, 30)):
        for told_from in (resolve, since(resolve), edge("end", resolve), into_the_night(resolve)):
            found = told_from(anchor)
            assert found is None or found.earliest <= found.latest
