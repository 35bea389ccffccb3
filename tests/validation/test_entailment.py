"""Other vocabularies' views follow from the ontology's alignments, by OWL 2 RL reasoning."""

from __future__ import annotations

import owlrl
import pytest
import rdflib

from kgbuild.resources import ontology_path
from kgbuild.validation.triples import n_triples
from tests.extractions import BASE
from tests.validation.graphs import sound_graph

_ELSEWHERE = ("http://www.wikidata.org/", "https://sws.geonames.org/")


@pytest.fixture(scope="module")
def closed() -> rdflib.Graph:
    graph = rdflib.Graph().parse(data=n_triples(sound_graph()), format="nt")
    graph.parse(ontology_path("conflict.ttl"))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def _rows(graph: rdflib.Graph, query: str) -> set[tuple[str, ...]]:
    """The rows about our own IRIs: owl:sameAs entails each for Wikidata's and GeoNames' IRIs too."""
    found = {tuple(str(value) for value in row) for row in graph.query(query)}  # type: ignore[union-attr]
    return {row for row in found if not any(v.startswith(_ELSEWHERE) for v in row)}


def test_a_query_in_sem_terms_finds_the_incident(closed: rdflib.Graph) -> None:
    rows = _rows(
        closed,
        """PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
        SELECT ?actor ?place ?from ?to WHERE {
            ?event a sem:Event ; sem:hasActor ?actor ; sem:hasPlace ?place ;
                sem:hasEarliestBeginTimeStamp ?from ; sem:hasLatestEndTimeStamp ?to ; cko:reportCount [] .
            ?actor a sem:Actor . ?place a sem:Place }""",
    )
    assert rows == {(f"{BASE}entity/coalition", f"{BASE}entity/geonames-7", "2017-06-08", "2017-06-09")}


def test_a_query_in_schema_org_terms_finds_the_incident(closed: rdflib.Graph) -> None:
    rows = _rows(
        closed,
        """PREFIX schema: <https://schema.org/>
        SELECT ?name ?from ?place WHERE {
            ?event a schema:Event ; rdfs:label ?name ; schema:startDate ?from ; schema:location/rdfs:label ?place .
            ?event schema:participant ?who . FILTER(LANG(?name) = "en" && LANG(?place) = "en") }""",
    )
    assert rows == {("Air strike in Al-Ain, 8–9 June 2017", "2017-06-08", "Al-Ain")}


def test_a_query_in_prov_terms_finds_who_says_so(closed: rdflib.Graph) -> None:
    rows = _rows(
        closed,
        """PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?agent WHERE { ?account a prov:Entity ; prov:wasDerivedFrom ?document ; prov:wasAttributedTo ?agent .
            ?agent a prov:Agent . ?document a prov:Entity }""",
    )
    assert rows == {(f"{BASE}entity/observatory",)}


def test_containment_is_transitive_also_in_geosparql_terms(closed: rdflib.Graph) -> None:
    rows = _rows(
        closed,
        """PREFIX geo: <http://www.opengis.net/ont/geosparql#>
        SELECT ?wider WHERE { ?bakery a cko:Bakery ; geo:sfWithin ?wider }""",
    )
    assert rows == {(f"{BASE}entity/geonames-7",), (f"{BASE}entity/geonames-9",)}


def test_an_alleged_perpetrator_is_never_entailed_to_be_one(closed: rdflib.Graph) -> None:
    cko = rdflib.Namespace("https://w3id.org/cko#")
    assert (cko.allegedPerpetrator, rdflib.RDFS.subPropertyOf, cko.perpetrator) not in closed
    assert (cko.allegedPerpetrator, rdflib.RDFS.subPropertyOf, cko.participant) not in closed
