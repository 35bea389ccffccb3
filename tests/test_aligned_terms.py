"""The names of other vocabularies that the ontology, the shapes and the data use exist in those vocabularies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, parse
from rdflib.namespace import DCAT, DCTERMS, GEO, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, TIME, VANN, DefinedNamespace

from kgbuild import vocab
from kgbuild.resources import ontology_path

_CLOSED = {str(n): n for n in (DCAT, DCTERMS, GEO, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, TIME, VANN)}

_LISTED = {
    # https://www.w3.org/TR/annotation-vocab/
    "http://www.w3.org/ns/oa#": """SpecificResource TextPositionSelector TextQuoteSelector hasSource hasSelector
        hasTarget start end exact prefix suffix""",
    # Van Hage et al., Design and use of the Simple Event Model, https://semanticweb.cs.vu.nl/2009/11/sem/
    "http://semanticweb.cs.vu.nl/2009/11/sem/": """Event Actor Place View hasActor hasPlace hasEarliestBeginTimeStamp
        hasLatestEndTimeStamp""",
}
"""Vocabularies that rdflib does not bring along."""

_OPEN = ("https://w3id.org/cko", "http://www.wikidata.org/entity/", "http://www.w3.org/2001/XMLSchema#")
_ALSO = {"https://creativecommons.org/publicdomain/zero/1.0/"}


def _used() -> Iterator[str]:
    for name in ("conflict.ttl", "code-lists.ttl", "shapes.ttl"):
        for triple in parse(path=ontology_path(name)):
            for node in (triple.subject, triple.predicate, triple.object):
                if isinstance(node, Literal):
                    yield node.datatype.value
                elif isinstance(node, NamedNode):
                    yield node.value
                else:
                    assert isinstance(node, BlankNode)


def _is_known(iri: str) -> bool:
    for namespace, closed in _CLOSED.items():
        if iri.startswith(namespace):
            return iri.removeprefix(namespace) in _names(closed)
    for namespace, names in _LISTED.items():
        if iri.startswith(namespace):
            return iri.removeprefix(namespace) in names.split()
    return iri in _ALSO or iri.startswith(_OPEN)


def _names(namespace: type[DefinedNamespace]) -> set[str]:
    return set(namespace.__annotations__) | set(getattr(namespace, "_extras", ()))


def test_every_foreign_name_exists_in_its_vocabulary() -> None:
    assert sorted({iri for iri in _used() if not _is_known(iri)}) == []


@pytest.mark.parametrize("namespace", [vocab.PROV, vocab.SCHEMA, vocab.GEO, vocab.OA, vocab.DCTERMS, vocab.SKOS])
def test_every_foreign_name_of_the_program_exists(namespace: vocab.Namespace) -> None:
    assert [name for name in namespace.names if not _is_known(namespace.iri + name)] == []


def test_a_name_that_is_made_up_is_found() -> None:
    assert not _is_known("http://www.w3.org/ns/prov#wasWrittenBy")
    assert not _is_known("http://semanticweb.cs.vu.nl/2009/11/sem/hasWeapon")
    assert not _is_known("http://example.org/other")
