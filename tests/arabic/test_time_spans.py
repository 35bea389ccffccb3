from __future__ import annotations

from datetime import date

import pytest

from kgbuild.arabic.time_spans import span_rules
from kgbuild.language.folding import fold_text
from kgbuild.language.relative_dates import Expression
from kgbuild.language.time_words import apply, time_words

FRIDAY = date(2017, 6, 9)


def longest(text: str) -> Expression | None:
    folded = fold_text(text)
    found = apply(span_rules(time_words("ar")), folded, [(0, len(folded))])
    return max(found, key=lambda one: one.end - one.start, default=None)


@pytest.mark.parametrize(
    ("text", "told", "first", "last"),
    [
        ("الشهر الماضي", "الشهر الماضي", date(2017, 5, 1), date(2017, 5, 31)),
        ("العام الحالي 2017", "العام الحالي 2017", date(2017, 1, 1), FRIDAY),
        ("الأسبوع قبل الماضي", "الأسبوع قبل الماضي", date(2017, 5, 20), date(2017, 5, 26)),
        ("مطلع الشهر", "الشهر", date(2017, 6, 1), FRIDAY),
        ("خلال الأيام الثلاثة الماضية", "الأيام الثلاثة الماضية", date(2017, 6, 6), FRIDAY),
        ("آخر 48 ساعة", "آخر 48 ساعة", date(2017, 6, 7), FRIDAY),
        ("قبل أربعة عشر يوما", "قبل أربعة عشر يوما", date(2017, 5, 26), date(2017, 5, 26)),
        ("في أيار", "أيار", date(2017, 5, 1), date(2017, 5, 31)),
        ("عامي 2006 و 2007", "عامي 2006 و 2007", date(2006, 1, 1), date(2007, 12, 31)),
        ("شتاء 2016", "شتاء 2016", date(2016, 1, 1), date(2016, 2, 29)),
    ],
)
def test_longer_times(text: str, told: str, first: date, last: date) -> None:
    found = longest(text)
    assert found is not None
    interval = found.meaning.resolve(FRIDAY)
    assert interval is not None
    assert (text[found.start : found.end], interval.earliest, interval.latest) == (told, first, last)


@pytest.mark.parametrize(
    "text",
    ["عشرة أشهر", "ثماني ساعات متواصلة", "12 عاما", "قبل يومين من القصف", "صفر", "أيار", "في أيار من العام نفسه"],
)
def test_durations_ages_and_times_told_from_elsewhere_are_none(text: str) -> None:
    assert longest(text) is None
