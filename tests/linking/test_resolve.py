"""Which of several places of one name is meant."""

from __future__ import annotations

from kgbuild.linking.places import Place
from kgbuild.linking.resolve import choose


def place(key: str, cls: str = "Village", **fields: object) -> Place:
    known = {"names": ("س",), "label": key, "country": "SY", "point": (36.0 + len(key), 35.0), "rank": 0}
    return Place(**({"key": key, "cls": cls} | known | fields))  # type: ignore[arg-type]


def test_the_only_place_of_a_name_is_taken() -> None:
    assert choose([place("a")], "Village", containers=(), countries={}).place == place("a")


def test_the_container_in_the_text_decides() -> None:
    one, other = place("a", within="gov-sy-aleppo"), place("bb", within="gov-sy-idlib")
    assert choose([one, other], "Village", containers=["gov-sy-idlib"], countries={}).place == other


def test_a_place_outside_the_container_is_not_taken() -> None:
    assert (
        choose([place("a", within="gov-sy-aleppo")], "Village", containers=["gov-sy-idlib"], countries={}).place is None
    )


def test_the_country_of_the_article_decides() -> None:
    here, there = place("a"), place("bb", country="TR", rank=900_000)
    assert choose([here, there], "Village", containers=(), countries={"SY": 3}).place == here


def test_one_that_is_far_better_known_is_taken() -> None:
    big, small = place("a", "City", rank=500_000), place("bb", "Village")
    assert choose([big, small], "City", containers=(), countries={}).place == big


def test_a_doubt_stays_open_and_names_its_candidates() -> None:
    found = choose([place("bb"), place("a")], "Village", containers=(), countries={})
    assert (found.place, found.candidates) == (None, ("a", "bb"))


def test_two_records_of_one_place_are_no_doubt() -> None:
    one, double = place("a", point=(36.0, 35.0), rank=10), place("bb", point=(36.01, 35.01))
    assert choose([one, double], "Village", containers=(), countries={}).place == one


def test_a_village_is_never_the_city_of_its_name() -> None:
    assert choose([place("a", "City", rank=500_000)], "Village", containers=(), countries={}).place is None


def test_the_class_in_the_text_decides_between_town_and_governorate() -> None:
    city, governorate = place("a", "City", rank=9), place("bb", "Governorate", rank=99)
    assert choose([city, governorate], "Governorate", containers=(), countries={}).place == governorate
