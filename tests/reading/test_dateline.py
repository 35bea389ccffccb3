from __future__ import annotations

from datetime import date

import pytest

from kgbuild.reading.dateline import find_dateline, parse_date


@pytest.mark.parametrize(
    "line",
    [
        "2017-06-09",
        "2017-06-09T10:00:00Z",
        "09/06/2017",
        "9.6.2017",
        "2017/6/9",
        "٩ حزيران ٢٠١٧",
        "09 يونيو 2017",
        "۹ يونيو ۲۰۱۷",
        "9 جوان 2017",
        "الجمعة، 09 يونيو/حزيران 2017 - 14:35",
        "9/ حزيران/ 2017",
        "14 رمضان 1438 هـ",
        "١٤ رمضان ١٤٣٨هـ الموافق ٩ يونيو ٢٠١٧م",
        "1438/9/14",
        "14 Ramadan 1438 AH",
        "June 9, 2017",
        "9th June 2017",
        "Fri, 9 Jun 2017 10:00 GMT",
    ],
)
def test_a_date_alone_on_its_line_is_read(line: str) -> None:
    assert parse_date(line) == date(2017, 6, 9)


def test_the_two_words_of_a_month_are_one_name() -> None:
    assert parse_date("12 كانون الثاني 2017") == date(2017, 1, 12)
    assert parse_date("3 تشرين الأول/أكتوبر 2016") == date(2016, 10, 3)


@pytest.mark.parametrize(
    "line", ["", "2017", "31/02/2017", "يونيو 2017", "قتل 12 مدنيا في 9 يونيو 2017", "9 يونيو", "12 14 1200", "9 9 9 9"]
)
def test_anything_else_is_no_date(line: str) -> None:
    assert parse_date(line) is None


def test_the_dateline_stands_near_the_top() -> None:
    assert find_dateline("عنوان\n\n09 يونيو 2017\nنص\n10 يونيو 2017") == date(2017, 6, 9)
    assert find_dateline("عنوان\n" + "نص\n" * 30 + "10 يونيو 2017") is None
