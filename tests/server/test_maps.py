from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.maps import view_of

points = st.lists(st.tuples(st.floats(-179, 179), st.floats(-80, 80)), min_size=1, max_size=8)


@given(points)
def test_every_point_lies_within_the_view(found: list[tuple[float, float]]) -> None:
    view = view_of(found, least_km=100)
    for longitude, latitude in found:
        x, y = view.place(longitude, latitude)
        assert -1 <= x <= view.width + 1
        assert -1 <= y <= view.height + 1


def test_a_single_point_is_in_the_middle_of_a_view_of_the_least_width() -> None:
    view = view_of([(39.0, 36.0)], least_km=200)
    assert view.place(39.0, 36.0) == pytest.approx((view.width / 2, view.height / 2), abs=1)
    assert view.pixels(200, 36.0) == pytest.approx(view.width, rel=0.01)


def test_the_land_around_a_place_is_drawn() -> None:
    assert list(view_of([(39.0, 36.0)], least_km=300).land())
    assert not list(view_of([(-140.0, 0.0)], least_km=300).land())


def test_the_scale_is_a_round_number_of_kilometres() -> None:
    km, pixels = view_of([(39.0, 36.0)], least_km=320).scale_bar()
    assert km == 50
    assert 60 < pixels < 160


def test_cities_keep_away_from_what_is_shown() -> None:
    view = view_of([(39.0, 36.0)], least_km=320)
    near_raqqa = view.place(39.008, 35.953)
    names = [name for _, _, name in view.cities("en", [near_raqqa])]
    assert names
    assert "Ar Raqqah" not in names
