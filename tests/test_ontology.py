from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple, parse

from kgbuild import ontology, vocab
from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, CODE, OWL, RDF, RDFS, SKOS

_TRIPLES: list[Triple] = list(parse(path=ontology_path("conflict.ttl")))
_LISTS: list[Triple] = list(parse(path=ontology_path("code-lists.ttl")))


def _is_our_class(triple: Triple) -> bool:
    named = isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(CKO.iri)
    return named and triple.predicate == RDF.type and triple.object == OWL.Class


def _said(subject: str, predicate: NamedNode, triples: list[Triple] = _TRIPLES) -> list[Literal]:
    return [t.object for t in triples if t.subject == NamedNode(subject) and t.predicate == predicate]


@pytest.mark.parametrize("name", CKO.names)
def test_every_name_has_label_and_definition_in_both_languages(name: str) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        assert sorted(text.language or "" for text in _said(CKO.iri + name, predicate)) == ["ar", "en"]


@pytest.mark.parametrize("cls", sorted(t.subject.value.removeprefix(CKO.iri) for t in _TRIPLES if _is_our_class(t)))
def test_every_class_has_an_example_in_both_languages(cls: str) -> None:
    assert sorted(text.language or "" for text in _said(CKO.iri + cls, SKOS.example)) == ["ar", "en"]


@pytest.mark.parametrize("cls", [*vocab.GROUP_CLASSES["incident"], *vocab.GROUP_CLASSES["weapon"]])
def test_incident_types_and_weapons_are_concepts_with_notation(cls: str) -> None:
    assert SKOS.Concept in _said(CKO.iri + cls, RDF.type)
    assert [n.value for n in _said(CKO.iri + cls, SKOS.notation)] == [cls]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("casualty-effect", vocab.CASUALTY_EFFECTS),
        ("casualty-group", vocab.CASUALTY_GROUPS),
        ("facility-effect", vocab.FACILITY_EFFECTS),
        ("certainty", vocab.CERTAINTIES),
        ("date-precision", vocab.DATE_PRECISIONS),
        ("place-precision", vocab.PLACE_PRECISIONS),
    ],
)
def test_code_lists_are_those_of_the_vocabulary(name: str, codes: tuple[str, ...]) -> None:
    listed = [
        t.object.value for t in _LISTS if t.predicate == SKOS.notation and t.subject.value.startswith(f"{CODE}{name}/")
    ]
    assert sorted(listed) == sorted(codes)
    for code in codes:
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert len(_said(f"{CODE}{name}/{code}", predicate, _LISTS)) == 2


def test_statuses_are_individuals() -> None:
    individuals = {t.subject.value for t in _TRIPLES if t.object == CKO.IncidentStatus and t.predicate == RDF.type}
    assert individuals == {CKO.iri + status for status in vocab.STATUSES}


def test_every_property_of_the_contract_has_a_range_or_is_an_annotation() -> None:
    kinds = {t.subject: t.object for t in _TRIPLES if t.predicate == RDF.type}
    properties = [s for s, kind in kinds.items() if kind in (OWL.ObjectProperty, OWL.DatatypeProperty)]
    own = {p for p in properties if p.value.startswith(CKO.iri)}
    ranged = {t.subject for t in _TRIPLES if t.predicate == NamedNode(RDFS.iri + "range")}
    assert own - ranged <= {CKO.describes, CKO.dateText, CKO.transliteration}


def test_every_item_of_wikidata_has_its_names_beside_it() -> None:
    items = {
        node for t in _TRIPLES for node in (t.subject, t.object) if getattr(node, "value", "").startswith(vocab.WD)
    }
    assert len(items) > 40
    for item in items:
        assert sorted(text.language or "" for text in _said(item.value, RDFS.label)) == ["ar", "en"]


def test_labels_by_name_and_language() -> None:
    assert ontology.labels()["AirStrike"] == {"ar": "غارة جوية", "en": "Air strike"}
    assert set(ontology.labels()) == set(CKO.names)
