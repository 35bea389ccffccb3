from __future__ import annotations

from datetime import date

import pytest

from kgbuild import literals


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2017-06-08", date(2017, 6, 8)),
        ("2017-06-08Z", date(2017, 6, 8)),
        ("2017-06-08+03:00", date(2017, 6, 8)),
        ("0001-01-01", date(1, 1, 1)),
        ("2017-06-31", None),
        ("2017-06", None),
        ("-0044-03-15", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days(text: str, meant: date | None) -> None:
    assert literals.day(text) == meant


@pytest.mark.parametrize(("text", "meant"), [("14", 14), ("+14", 14), ("-5", -5), ("5.0", None), ("9" * 20, None)])
def test_numbers(text: str, meant: int | None) -> None:
    assert literals.number(text) == meant


@pytest.mark.parametrize(
    ("wkt", "meant"),
    [
        ("POINT(39.01 35.95)", (39.01, 35.95)),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> Point ( -7 33. )", (-7.0, 33.0)),
        ("POINT(999 -999)", None),
        ("POINT(1.2.3 4)", None),
        ("MULTIPOINT((1 2))", None),
        ("POINT EMPTY", None),
    ],
)
def test_points(wkt: str, meant: tuple[float, float] | None) -> None:
    assert literals.point(wkt) == meant
