from __future__ import annotations

import json

from pyoxigraph import Quad, RdfFormat, parse

from kgbuild.validation.report import validate
from kgbuild.vocab import CKO
from tests.validation.graphs import sound_graph


def _without(predicate_name: str) -> list[Quad]:
    return [q for q in sound_graph() if q.predicate != CKO[predicate_name]]


def test_a_conforming_graph_has_an_empty_report() -> None:
    report = validate(sound_graph())
    assert report.conforms
    assert report.text() == ""
    assert json.loads(report.json()) == {"conforms": True, "violations": []}


def test_violations_as_text_in_both_languages() -> None:
    report = validate(_without("localId"))
    assert report.text().endswith(": A report has one identifier within its document.")
    assert report.text("ar").endswith(": للتقرير معرّف واحد في وثيقته.")


def test_violations_as_json() -> None:
    (violation,) = json.loads(validate(_without("localId")).json())["violations"]
    assert violation["shape"] == "https://w3id.org/cko/shape/Report-local-id"
    assert violation["focus"].startswith("https://w3id.org/cko/id/report/")
    assert violation["value"] is None


def test_violations_as_rdf() -> None:
    triples = list(parse(validate(_without("localId")).turtle, format=RdfFormat.TURTLE))
    assert [t for t in triples if t.predicate.value.endswith("#sourceConstraintComponent")]
