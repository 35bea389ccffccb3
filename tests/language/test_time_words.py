from __future__ import annotations

import re

import pytest

from kgbuild.language.relative_dates import Meaning, days_around
from kgbuild.language.time_words import TimePattern, apply, rule_words, time_words

_TODAY = Meaning("day", 3, days_around(0, 0), 0)


@pytest.mark.parametrize(
    ("language", "number", "value"),
    [
        ("ar", "14", 14),
        ("ar", "ثلاثه", 3),
        ("ar", "اربعه عشر", 14),
        ("ar", "خمسه و عشرين", 25),
        ("en", "twenty - five", 25),
        ("en", "ten", 10),
    ],
)
def test_numbers_are_matched_whole_and_read(language: str, number: str, value: int) -> None:
    words = time_words(language)
    assert re.fullmatch(words.number, number)
    assert words.value(number) == value


def test_a_list_is_a_pattern_for_any_of_its_words() -> None:
    assert re.fullmatch(time_words("ar")["day_before"], "اول من امس")
    assert not re.fullmatch(time_words("ar")["day_before"], "امس")


def test_rules_apply_within_the_windows_and_to_whole_words() -> None:
    rules = [(TimePattern("today"), lambda match: _TODAY)]
    text = "today todays today"
    assert [(one.start, one.end) for one in apply(rules, text, [(0, len(text))])] == [(0, 5), (13, 18)]
    assert [(one.start, one.end) for one in apply(rules, text, [(6, len(text))])] == [(13, 18)]


def test_only_the_group_at_is_the_expression() -> None:
    rules = [(TimePattern(r"in\s(?P<at>may)"), lambda match: _TODAY)]
    assert [(one.start, one.end) for one in apply(rules, "in may", [(0, 6)])] == [(3, 6)]


def test_the_words_of_rules_are_all_that_their_patterns_hold() -> None:
    assert {"now", "then"} <= rule_words([(TimePattern(r"now\s(?:and\s)?then"), lambda match: _TODAY)])
