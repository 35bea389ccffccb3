from __future__ import annotations

import pytest

from kgbuild.geography import kilometres
from kgbuild.merging import Account, Figure, score_pair
from kgbuild.merging.levels import _figures_level
from tests.merging.accounts import account, with_places, with_village
from tests.merging.in_memory import cluster
from tests.telling import tells


def level(part: str, a: Account, b: Account) -> str:
    return dict(score_pair(a, b).levels)[part]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("AirStrike", "AirStrike", "same"),
        ("AirStrike", "DroneStrike", "narrower"),
        ("CarBombing", "Bombing", "narrower"),
        ("AirStrike", "Bombardment", "related"),
        ("Bombardment", "Shelling", "related"),
        ("AirStrike", "Abduction", "apart"),
    ],
)
def test_classes(first: str, second: str, expected: str) -> None:
    assert level("class", account("a", tells(first)), account("b", tells(second))) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("2017-06-08", None), ("2017-06-08", None), "same_day"),
        (("2017-06-08", None), ("2017-06-09", None), "next_day"),
        (("2017-06-08", None), ("2017-06-10", None), "apart"),
        (("2017-06-08", None), ("2017-06-07", "2017-06-09"), "within"),
        (("2017-06-06", "2017-06-08"), ("2017-06-08", "2017-06-09"), "overlap"),
        (("2017-06-01", "2017-06-30"), ("2017-06-08", None), "vague"),
        (("2017-06-01", "2017-06-30"), ("2017-07-08", None), "apart"),
    ],
)
def test_dates(first: tuple[str, str | None], second: tuple[str, str | None], expected: str) -> None:
    a, b = (account(n, tells(day=d[0], last=d[1])) for n, d in zip("ab", (first, second), strict=True))
    assert level("date", a, b) == expected


def test_a_report_without_a_date_is_of_the_days_before_its_article() -> None:
    undated = account("a", tells(day=None), published="2017-06-09")
    assert level("date", undated, account("b", tells(day="2017-06-08"))) == "guessed"
    assert level("date", undated, account("b", tells(day="2017-06-10"))) == "apart"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Karama", "Karama", "same_spot"),
        ("Raqqa", "Raqqa", "same_town"),
        ("Raqqa Governorate", "Raqqa Governorate", "same_area"),
        ("Mansour", "Raqqa", "inside_town"),
        ("Tabqa", "Raqqa Governorate", "inside_area"),
        ("Raqqa", "Tabqa", "apart"),
        (None, "Raqqa", "unknown"),
    ],
)
def test_places(first: str | None, second: str | None, expected: str) -> None:
    assert level("place", account("a", tells(place=first)), account("b", tells(place=second))) == expected


def test_an_article_without_any_date_may_be_of_any_day() -> None:
    undated = account("a", tells(day=None), published=None)
    assert level("date", undated, account("b", tells())) == "unknown"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"Ber Village"}, {"Ber Village"}, "same_name"),
        ({"Ber Village"}, {"Ber Town", "Afrin"}, "same_name"),
        ({"Ber Village", "Idlib"}, {"Ber Town", "Afrin"}, "name_only"),
        ({"Ber Village", "Afrin"}, {"Bur Town", "Afrin"}, "apart"),
    ],
)
def test_one_village_may_bear_several_iris(first: set[str], second: set[str], expected: str) -> None:
    a, b = (with_village(account(n, tells()), n, names) for n, names in zip("ab", (first, second), strict=True))
    assert level("place", a, b) == expected


def test_places_of_other_names_may_be_near_each_other() -> None:
    a, near, around = (with_places(account(n, tells()), n, point) for n, point in zip("abc", POINTS, strict=True))
    assert level("place", a, near) == "near"
    assert level("place", a, around) == "around"


POINTS = ((39.0, 36.0), (39.01, 36.01), (39.08, 36.01))


def test_the_length_of_a_degree_on_the_equator() -> None:
    assert kilometres((0, 0), (1, 0)) == pytest.approx(111.19, abs=0.05)


NOOR, SUN = ("Mosque", "Noor Mosque"), ("Bakery", "Sun Bakery")
HOUSE, MOSQUE = ("Residence", "house"), ("Mosque", "mosque")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (NOOR, NOOR, "same"),
        (NOOR, SUN, "differ"),
        (NOOR, ("Mosque", "Rahman Mosque"), "differ"),
        (NOOR, MOSQUE, "kind"),
        (HOUSE, HOUSE, "kind"),
        (HOUSE, NOOR, "everyday"),
        (MOSQUE, ("Bakery", "bakery"), "other_kind"),
        (None, NOOR, "none"),
    ],
)
def test_facilities(first: tuple[str, str] | None, second: tuple[str, str] | None, expected: str) -> None:
    assert level("facility", account("a", tells(facility=first)), account("b", tells(facility=second))) == expected


def test_one_facility_may_be_placed_in_the_town_or_in_its_neighbourhood() -> None:
    a, b = account("a", tells(place="Raqqa", facility=NOOR)), account("b", tells(place="Mansour", facility=NOOR))
    assert level("facility", a, b) == "same"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((14, 14), (14, 14), "equal_many"),
        ((2, 2), (2, 2), "equal"),
        ((10, 99), (10, 99), "equal"),
        ((14, None), (20, 20), "overlap"),
        ((14, 14), (17, None), "similar"),
        ((3, 3), (7, 7), "close"),
        ((1, 1), (40, 40), "far"),
        ((None, 5), (3, 3), "overlap"),
    ],
)
def test_figures(first: tuple[int | None, int | None], second: tuple[int | None, int | None], expected: str) -> None:
    a, b = (Figure(effect="killed", min=low, max=high) for low, high in (first, second))
    assert _figures_level(a, b) == expected == _figures_level(b, a)


def test_who_is_blamed() -> None:
    first, again, other = (account(n, tells(by=by)) for n, by in zip("abc", ("One", "One", "Two"), strict=True))
    assert level("perpetrator", first, again) == "shared"
    assert level("perpetrator", first, other) == "differ"


def test_nearly_the_same_words() -> None:
    words = " ".join(f"word{n}" for n in range(200))
    first, copy = account("a", tells(), words=words), account("b", tells(), words=words + " more")
    assert level("text", first, copy) == "copy"
    assert level("text", first, account("c", tells(), words=words.replace("1", "x").replace("2", "y"))) != "copy"


def test_a_score_is_symmetric_and_names_its_parts() -> None:
    a, b = account("a", tells(killed=(3, 3))), account("b", tells("DroneStrike", "Mansour", killed=(3, None)))
    assert score_pair(a, b) == score_pair(b, a)
    parts = ["date same_day 3", "class narrower 2", "place inside_town 2", "killed overlap 1.5", "perpetrator none 0.5"]
    assert score_pair(a, b).parts == parts


def test_what_excludes_a_pair_ends_the_comparison() -> None:
    score = score_pair(account("a", tells(day="2017-06-01")), account("b", tells(day="2017-06-20")))
    assert score.forbidden
    assert score.levels == (("date", "apart"),)


def test_that_one_tells_of_dead_and_the_other_of_none_speaks_against() -> None:
    dead, silent = account("a", tells(killed=(14, 14))), account("b", tells())
    assert level("killed", dead, silent) == level("killed", silent, dead) == "one_silent"
    assert level("killed", silent, account("c", tells())) == "none"


def test_an_accusation_in_the_same_city_and_night_is_not_the_strike_with_many_dead() -> None:
    strike = [
        account(n, tells(place="Mansour", killed=(k, None), by="First Brigade")) for n, k in (("a", 14), ("b", 17))
    ]
    other = account("c", tells(day="2017-06-08", last="2017-06-09", by="First Brigade"))
    assert sorted(len(c.accounts) for c in cluster([*strike, other])) == [1, 2]
