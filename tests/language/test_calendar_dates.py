from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.language.calendar_dates import find_dates, is_date_line
from kgbuild.language.folding import fold_text

ANCHOR = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("9 يونيو 2017", date(2017, 6, 9), date(2017, 6, 9)),
        ("٤ أكتوبر ٢٠٢٢", date(2022, 10, 4), date(2022, 10, 4)),
        ("28-11-2021", date(2021, 11, 28), date(2021, 11, 28)),
        ("2021/11/28", date(2021, 11, 28), date(2021, 11, 28)),
        ("11/28/2021", date(2021, 11, 28), date(2021, 11, 28)),
        ("04/ أيار/ 2024", date(2024, 5, 4), date(2024, 5, 4)),
        ("6 تشرين الثاني/ نوفمبر 2022", date(2022, 11, 6), date(2022, 11, 6)),
        ("يونيو (حزيران) 2017", date(2017, 6, 1), date(2017, 6, 30)),
        ("7 أوت 2013", date(2013, 8, 7), date(2013, 8, 7)),
        ("3 كانون الأول", date(2022, 12, 3), date(2022, 12, 3)),
        ("14 رمضان 1438", date(2017, 6, 9), date(2017, 6, 9)),
        ("May 19, 2023", date(2023, 5, 19), date(2023, 5, 19)),
        ("9 Haziran 2017", date(2017, 6, 9), date(2017, 6, 9)),
    ],
)
def test_a_written_date_is_an_interval(written: str, first: date, last: date) -> None:
    (found,) = find_dates(fold_text(written))
    assert found.interval(ANCHOR) == (first, last)


@pytest.mark.parametrize("text", ["31 شباط 2020", "2017-13-40", "قتل 14 مدنيا", "الساعة 10:30", "3,216", "1500 ريال"])
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert list(find_dates(fold_text(text))) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("الإثنين 19 مايو, 2025 - 09:00", True),
        ("آخر تحديث: 2023.05.09 | 09:41 دمشق", True),
        ("الخميس", True),
        ("نشر في 9 يونيو 2017", True),
        ("حصاد الأحداث ليوم الأحد 28-11-2021", False),
        ("قتل ثلاثة في 9 يونيو 2017", False),
        ("", False),
    ],
)
def test_a_line_that_is_only_a_date(line: str, expected: bool) -> None:
    assert is_date_line(line) is expected


@given(st.text(alphabet="0123456789/-. يونيو2017مارستشرين الأول,"))
def test_any_text_is_survived(text: str) -> None:
    folded = fold_text(text)
    for found in find_dates(folded):
        assert 0 <= found.start < found.end <= len(folded)
        interval = found.interval(ANCHOR)
        assert interval is None or interval[0] <= interval[1]
