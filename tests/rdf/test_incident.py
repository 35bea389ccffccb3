from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pyoxigraph import NamedNode, Quad

from kgbuild.config import BuildConfig
from kgbuild.model import DateInterval, MergedIncident, Toll
from kgbuild.rdf import incident_label, incident_quads
from kgbuild.vocab import CKO, DCTERMS, RDF, RDFS
from tests.extractions import BASE

DAY = DateInterval(earliest=date(2017, 6, 8), latest=date(2017, 6, 8), precision="day")
INCIDENT = MergedIncident(
    iri=f"{BASE}incident/1",
    cls="AirStrike",
    types=("AirStrike", "Bombardment"),
    reports=(f"{BASE}report/1", f"{BASE}report/2"),
    status="Contested",
    report_count=2,
    date=DAY,
    places=(f"{BASE}entity/geonames-7",),
    alleged_perpetrators=(f"{BASE}entity/coalition",),
    destroyed=(f"{BASE}entity/bakery",),
    killed=Toll(min=9, max=14, best=9),
    replaced=(f"{BASE}incident/2",),
    place_labels={"ar": "العين", "en": "Al-Ain"},
)


def _quads(incident: MergedIncident = INCIDENT) -> list[Quad]:
    return list(incident_quads(incident, config=BuildConfig()))


def _objects(predicate: NamedNode) -> set[str]:
    return {q.object.value for q in _quads() if q.predicate == predicate and q.subject.value == INCIDENT.iri}


def test_an_incident_is_typed_and_in_the_incidents_graph() -> None:
    assert _objects(RDF.type) == {CKO.Incident.value, CKO.AirStrike.value}
    assert _objects(CKO.reportedType) == {CKO.Bombardment.value}
    assert {q.graph_name for q in _quads()} == {NamedNode(f"{BASE}graph/incidents")}


def test_the_toll_has_range_and_best_figure() -> None:
    assert [_objects(p) for p in (CKO.killedMin, CKO.killedMax, CKO.killedBest)] == [{"9"}, {"14"}, {"9"}]
    assert _objects(CKO.injuredMin) == set()


def test_the_would_be_incidents_point_to_the_merged_one() -> None:
    pointing = [(q.subject.value, q.object.value) for q in _quads() if q.predicate == DCTERMS.isReplacedBy]
    assert pointing == [(f"{BASE}incident/2", f"{BASE}incident/1")]


def test_status_is_one_of_the_ontology() -> None:
    assert _objects(CKO.status) == {CKO.Contested.value}
    assert _objects(CKO.reportCount) == {"2"}


def test_labels_in_both_languages() -> None:
    labels = {(q.object.language, q.object.value) for q in _quads() if q.predicate == RDFS.label}
    assert labels == {
        ("ar", "غارة جوية في العين، 8 حزيران/يونيو 2017"),
        ("en", "Air strike in Al-Ain, 8 June 2017"),
    }


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (None, "Air strike in Al-Ain"),
        (DateInterval(earliest=None, latest=None, precision="unknown"), "Air strike in Al-Ain"),
        (DateInterval(earliest=date(2017, 6, 1), latest=date(2017, 6, 30), precision="month"),
         "Air strike in Al-Ain, June 2017"),
        (DateInterval(earliest=date(2017, 1, 1), latest=date(2017, 12, 31), precision="year"),
         "Air strike in Al-Ain, 2017"),
        (DateInterval(earliest=date(2017, 6, 7), latest=date(2017, 6, 8), precision="days"),
         "Air strike in Al-Ain, 7–8 June 2017"),
        (DateInterval(earliest=date(2017, 6, 30), latest=date(2017, 7, 1), precision="days"),
         "Air strike in Al-Ain, 30 June 2017 – 1 July 2017"),
    ],
)  # fmt: skip
def test_a_label_is_no_finer_than_the_date(interval: DateInterval | None, expected: str) -> None:
    assert incident_label(replace(INCIDENT, date=interval), "en") == expected


def test_a_label_without_a_place() -> None:
    assert incident_label(replace(INCIDENT, place_labels={}), "ar") == "غارة جوية، 8 حزيران/يونيو 2017"


def test_a_place_known_in_one_language_serves_the_other() -> None:
    assert incident_label(replace(INCIDENT, place_labels={"ar": "العين"}), "en").startswith("Air strike in العين")
