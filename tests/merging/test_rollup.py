from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kgbuild import ids
from kgbuild.merging import Account, Cluster, roll_up
from kgbuild.model import MergedIncident, Toll
from tests.merging.accounts import account, with_places, with_village
from tests.telling import BASE, tells

Range = tuple[int | None, int | None]


def rolled(*accounts: Account) -> MergedIncident:
    return roll_up(Cluster(tuple(sorted(accounts, key=lambda a: a.rank))), BASE)


def told(*reports: dict[str, Any], **about: Any) -> MergedIncident:
    return rolled(*(account(name, report, **about) for name, report in zip("abcdefg", reports, strict=False)))


def test_the_incident_is_that_of_the_first_report_and_replaces_the_others() -> None:
    late, early = account("a", tells(), published="2017-06-12"), account("b", tells(), published="2017-06-09")
    incident = rolled(late, early)
    assert incident.iri == ids.incident_iri(BASE, early.report)
    assert incident.replaced == (ids.incident_iri(BASE, late.report),)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([(14, 14), (17, None), (20, 20)], Toll(min=14, max=20, best=17)),
        ([(14, 14), (17, None)], Toll(min=14, max=None, best=14)),
        ([(14, 14), (20, 20)], Toll(min=14, max=20, best=14)),
        ([(10, 99)], Toll(min=10, max=99, best=10)),
        ([(None, 5)], Toll(min=5, max=5, best=None)),
        ([], Toll()),
    ],
)
def test_tolls(figures: list[Range], expected: Toll) -> None:
    assert told(tells(), *(tells(killed=f) for f in figures)).killed == expected


def test_the_best_figure_takes_each_source_once_at_its_latest() -> None:
    updates = [
        account(f"a{day}", tells(killed=(k, k)), publisher="One", published=f"2017-06-{day}")
        for day, k in ((12, 3), (13, 5))
    ]
    other = [account(n, tells(killed=(k, k)), publisher=n) for n, k in (("c", 8), ("d", 9))]
    incident = rolled(*updates, *other)
    assert (incident.killed, incident.report_count) == (Toll(min=3, max=9, best=8), 4)


def test_a_denial_has_no_say_in_the_best_figure() -> None:
    assert told(tells(killed=(14, 14)), tells(killed=(0, 0), certainty="denied")).killed.best == 14


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (tells(killed=(14, 14)), tells(killed=(10, None)), "Corroborated"),
        (tells(killed=(14, 14)), tells(killed=(17, None)), "Contested"),
        (tells(injured=(1, 1)), tells(injured=(2, 2)), "Contested"),
        (tells(by="One"), tells(by="Two"), "Contested"),
        (tells("ArmedClash", by="One"), tells("ArmedClash", by="Two"), "Corroborated"),
        (tells(), tells(certainty="denied"), "Contested"),
        (tells(), tells(), "Corroborated"),
    ],
)
def test_status_of_two_sources(first: dict[str, Any], second: dict[str, Any], status: str) -> None:
    assert told(first, second).status == status


def test_one_publisher_is_one_source() -> None:
    assert told(tells(killed=(3, 3)), tells(killed=(5, 5)), publisher="One").status == "SingleSource"


def test_a_copied_text_is_one_source() -> None:
    words = " ".join(f"word{n}" for n in range(300))
    copies = [account(n, tells(), words=words) for n in "ab"]
    assert rolled(*copies).status == "SingleSource"
    assert rolled(*copies, account("c", tells())).status == "Corroborated"


def test_the_finest_date_counts() -> None:
    incident = told(tells(day="2017-06-06", last="2017-06-09"), tells(day="2017-06-08"))
    assert incident.date is not None
    assert (incident.date.earliest, incident.date.latest, incident.date.precision) == (DAY, DAY, "day")


DAY = date(2017, 6, 8)


def test_two_days_make_an_interval() -> None:
    incident = told(tells(day="2017-06-08"), tells(day="2017-06-09"))
    assert incident.date is not None
    assert (incident.date.earliest, incident.date.latest, incident.date.precision) == (DAY, date(2017, 6, 9), "days")


def test_no_date_is_made_up() -> None:
    assert told(tells(day=None)).date is None


def test_the_class_that_says_most_is_borne() -> None:
    incident = told(tells("Killing"), tells("AirStrike"), tells("DroneStrike"), tells("AirStrike"), tells("Killing"))
    assert incident.cls == "AirStrike"
    assert set(incident.types) == {"AirStrike", "DroneStrike", "Killing"}


def test_the_most_specific_place_is_kept_and_names_the_incident() -> None:
    incident = told(tells(place="Raqqa"), tells(place="Mansour"), tells(place="Raqqa Governorate"))
    assert incident.places == (ids.known_entity_iri(BASE, "Mansour"),)
    assert incident.place_labels == {"en": "Mansour"}


@pytest.mark.parametrize(
    ("described", "kept"),
    [
        ([{"Jazra Junction"}, {"Jazra Junction", "raqqa"}], [1]),
        ([{"Jazra Junction", "raqqa"}, {"Jazra Junction", "west", "raqqa"}, {"Jazra Junction"}], [1]),
        ([{"Jazra Junction"}, {"Jazra Village"}], [0, 1]),
        ([{"Jazra Junction"}, {"Mishlab Junction"}], [0, 1]),
    ],
)
def test_a_place_on_no_map_that_articles_lay_in_other_surroundings_counts_once(
    described: list[set[str]], kept: list[int]
) -> None:
    reports = [with_village(account(name, tells()), name, names) for name, names in zip("abc", described, strict=False)]
    assert rolled(*reports).places == tuple("abc"[n] for n in kept)
    assert rolled(*reversed(reports)).places == tuple("abc"[n] for n in kept)


def test_places_of_one_name_that_are_on_the_map_stay_two() -> None:
    reports = [
        with_places(account(name, tells()), name, point) for name, point in (("a", (38.9, 35.9)), ("b", (40.0, 35.0)))
    ]
    assert rolled(*reports).places == ("a", "b")


def test_who_did_it_is_alleged_unless_a_report_asserts_it() -> None:
    incident = told(tells(by="One"), tells(by="One", certainty="alleged"), tells(by="Two", certainty="alleged"))
    assert (len(incident.perpetrators), len(incident.alleged_perpetrators)) == (1, 1)
    assert incident.participants == incident.perpetrators


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["alleged", "alleged"], "alleged"),
        (["asserted", "alleged"], "asserted"),
        (["asserted", "denied"], "contested"),
        (["denied"], "denied"),
    ],
)
def test_certainty(said: list[str], expected: str) -> None:
    assert told(*(tells(certainty=c) for c in said)).certainty == expected
