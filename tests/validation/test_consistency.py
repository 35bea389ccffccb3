from __future__ import annotations

import shutil

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kgbuild.errors import UsageError
from kgbuild.validation import consistency
from kgbuild.validation.consistency import check, ontology_triples
from kgbuild.vocab import CKO, RDF, RDFS
from tests.extractions import BASE
from tests.validation.graphs import sound_graph

_TOWN = NamedNode(f"{BASE}entity/geonames-7")

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java")


@needs_java
def test_the_ontology_is_consistent_and_every_class_can_have_members() -> None:
    assert check(ontology_triples()).sound


@needs_java
def test_a_graph_agrees_with_the_ontology() -> None:
    assert check([*ontology_triples(), *sound_graph()]).sound


@needs_java
def test_a_class_that_can_have_no_member_is_found() -> None:
    broken = Triple(CKO.Mosque, RDFS.subClassOf, CKO.Person)
    found = check([*ontology_triples(), broken])
    assert found.consistent
    assert found.unsatisfiable == (CKO.Mosque.value,)
    assert not found.sound


@needs_java
@pytest.mark.parametrize(
    "contradiction",
    [
        pytest.param(Triple(_TOWN, RDF.type, CKO.Person), id="a town that is a person"),
        pytest.param(Triple(_TOWN, CKO.weapon, _TOWN), id="a town used as a weapon"),
        pytest.param(Triple(_TOWN, CKO.placePrecision, Literal("roughly")), id="a code of no list"),
        pytest.param(Triple(CKO.Contested, RDF.type, CKO.Document), id="a status that is a document"),
    ],
)
def test_a_graph_that_contradicts_the_ontology_is_found(contradiction: Triple) -> None:
    assert not check([*ontology_triples(), *sound_graph(), contradiction]).consistent


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consistency.shutil, "which", lambda name: None)
    with pytest.raises(UsageError, match="install a Java runtime"):
        check([])
