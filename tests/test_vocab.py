from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, parse

from kgbuild import vocab
from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, OWL, RDF, RDFS

_KINDS = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    NamedNode(OWL.iri + "AnnotationProperty"),
    NamedNode(OWL.iri + "NamedIndividual"),
)


def _ontology_names() -> set[str]:
    triples = parse(path=ontology_path("conflict.ttl"))
    return {
        t.subject.value.removeprefix(CKO.iri)
        for t in triples
        if t.predicate == RDF.type and t.object in _KINDS and t.subject.value.startswith(CKO.iri)
    }


def test_vocabulary_and_ontology_hold_the_same_names() -> None:
    assert set(CKO.names) == _ontology_names()


def test_superclasses_are_those_of_the_ontology() -> None:
    stated = {
        (t.subject.value.removeprefix(CKO.iri), t.object.value.removeprefix(CKO.iri))
        for t in parse(path=ontology_path("conflict.ttl"))
        if t.predicate == RDFS.subClassOf and t.object.value.startswith(CKO.iri)
    }
    assert set(vocab.SUPERCLASS.items()) <= stated


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="airstrike"):
        _ = CKO.airstrike
    with pytest.raises(KeyError):
        _ = CKO["airstrike"]


def test_every_class_of_the_contract_has_one_group() -> None:
    names = [cls for classes in vocab.GROUP_CLASSES.values() for cls in classes]
    assert len(names) == len(set(names)) == len(vocab.GROUP_OF)


def test_ancestors_lead_to_the_class_of_the_group() -> None:
    assert vocab.ancestors("CarBombing") == ("Bombing", "Incident")
    assert vocab.ancestors("Sarin") == ("ChemicalWeapon", "Weapon")
    assert {vocab.ancestors(cls)[-1] for cls in vocab.GROUP_OF} == set(vocab.GROUP_CLASS.values())


def test_local_names_are_known_names_only() -> None:
    assert CKO.local(CKO.place) == "place"
    assert CKO.local(NamedNode(CKO.iri + "nothing")) is None
