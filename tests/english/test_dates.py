from __future__ import annotations

from datetime import date

import pytest

from kgbuild.english.dates import behind_dates, rules
from kgbuild.language.relative_dates import Expression
from kgbuild.language.time_words import apply

FRIDAY = date(2017, 6, 9)


def longest(text: str) -> Expression | None:
    found = apply(rules(), text, [(0, len(text))])
    return max(found, key=lambda one: (one.end - one.start, one.meaning.rank), default=None)


@pytest.mark.parametrize(
    ("text", "told", "first", "last"),
    [
        ("yesterday evening", "yesterday evening", date(2017, 6, 8), date(2017, 6, 8)),
        ("early on wednesday", "early on wednesday", date(2017, 6, 7), date(2017, 6, 7)),
        ("wednesday night", "wednesday night", date(2017, 6, 7), date(2017, 6, 8)),
        ("in the past 24 hours", "the past 24 hours", date(2017, 6, 8), FRIDAY),
        ("the past week", "the past week", date(2017, 6, 2), FRIDAY),
        ("last week", "last week", date(2017, 5, 27), date(2017, 6, 2)),
        ("twenty - one days ago", "twenty - one days ago", date(2017, 5, 19), date(2017, 5, 19)),
        ("in may", "may", date(2017, 5, 1), date(2017, 5, 31)),
        ("in september last year", "september last year", date(2016, 9, 1), date(2016, 9, 30)),
    ],
)
def test_times(text: str, told: str, first: date, last: date) -> None:
    found = longest(text)
    assert found is not None
    interval = found.meaning.resolve(FRIDAY)
    assert interval is not None
    assert (text[found.start : found.end], interval.earliest, interval.latest) == (told, first, last)


@pytest.mark.parametrize(
    "text", ["they may march", "three days of fighting", "aged 12 years", "the second time", "2016"]
)
def test_durations_ages_and_verbs_are_none(text: str) -> None:
    assert longest(text) is None


def test_only_a_year_stands_behind_a_date() -> None:
    of_month, of_year = behind_dates()
    assert of_month is None
    assert of_year.match(" last year")
    assert not of_year.match(" last week")
