from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat, Store

from kgbuild.ids import incident_iri, report_iri
from kgbuild.resources import ontology_path
from kgbuild.store import Snapshot
from kgbuild.vocab import PREFIXES
from tests.export.conftest import Json, exported
from tests.export.stories import BASE, STRIKE

WIKIDATA = "http://www.wikidata.org/"
PROP = f"{WIKIDATA}prop/"
WDQS = {
    "wd": f"{WIKIDATA}entity/", "wds": f"{WIKIDATA}entity/statement/", "wdt": f"{PROP}direct/", "p": PROP,
    "ps": f"{PROP}statement/", "psv": f"{PROP}statement/value/", "pq": f"{PROP}qualifier/", "pr": f"{PROP}reference/",
    "wikibase": "http://wikiba.se/ontology#", "schema": "http://schema.org/",
}  # fmt: skip
XSD = "http://www.w3.org/2001/XMLSchema#"
_CASES = {p.stem: tomllib.loads(p.read_text()) for p in Path(__file__).parents[1].glob("cases/wikibase_queries/*")}


@pytest.fixture(scope="module")
def dump(snapshot: Snapshot) -> str:
    return exported(snapshot, "wikibase-rdf").decode()


@pytest.fixture(scope="module")
def loaded(dump: str) -> Store:
    store = Store()
    store.load(dump.encode(), format=RdfFormat.N_TRIPLES)
    return store


def _rows(solutions: Any) -> list[list[str]]:
    return sorted([value.value for value in solution] for solution in solutions)


@pytest.mark.parametrize("name", _CASES)
def test_queries_as_at_wikidata_give_what_our_own_vocabulary_gives(
    snapshot: Snapshot, loaded: Store, name: str
) -> None:
    case = _CASES[name]
    assert _rows(loaded.query(case["wdqs"], prefixes={**PREFIXES, **WDQS})) == sorted(case["rows"])
    own = Store()
    # One graph: of the sample store each article graph holds all entities.
    own.extend(pyoxigraph.Quad(*quad.triple) for quad in snapshot.quads())
    own.load(path=ontology_path("conflict.ttl"))
    found = own.query(case["own"], prefixes=dict(PREFIXES))
    assert _rows(found) == sorted(case["rows"])


def test_the_header_names_the_format(dump: str) -> None:
    head = "<http://wikiba.se/ontology#Dump> <http://schema.org/"
    assert f'{head}softwareVersion> "1.0.0" .' in dump
    assert f'{head}dateModified> "2017-06-12T00:00:00Z"^^<{XSD}dateTime> .' in dump


def test_numbers_keep_their_sign_and_bounds_their_nodes(dump: str) -> None:
    assert f'<http://wikiba.se/ontology#quantityAmount> "+14"^^<{XSD}decimal>' in dump
    assert f'/prop/statement/P1120> "+14"^^<{XSD}decimal>' in dump


def test_items_say_how_many_links_they_have(loaded: Store, entities: dict[str, Json]) -> None:
    query = "SELECT ?n { VALUES ?i { wd:%s } ?i wikibase:sitelinks ?n ; wikibase:statements [] }"
    assert _rows(loaded.query(query % entities[STRIKE]["id"], prefixes=WDQS)) == [["0"]]


def test_an_incident_that_became_part_of_another_leads_to_it(loaded: Store, entities: dict[str, Json]) -> None:
    was = incident_iri(BASE, report_iri(BASE, "b", 0))
    assert was not in entities
    query = "SELECT ?i { ?was <http://www.w3.org/2002/07/owl#sameAs> ?i }"
    assert _rows(loaded.query(query)) == [[f"{WIKIDATA}entity/{entities[STRIKE]['id']}"]]


def test_every_property_has_all_its_predicates(loaded: Store) -> None:
    query = "SELECT DISTINCT ?p { wd:P90001 ?p ?x . ?x a ?kind FILTER(STRSTARTS(STR(?kind), STR(owl:))) }"
    found = loaded.query(query, prefixes={**PREFIXES, **WDQS})
    names = {row["p"].value.removeprefix(WDQS["wikibase"]) for row in found}  # type: ignore[union-attr]
    assert names >= {"directClaim", "claim", "statementProperty", "statementValue", "qualifier", "reference", "novalue"}


def test_nodes_are_written_once(dump: str) -> None:
    assert [line for line, n in Counter(dump.splitlines()).items() if n > 1] == []


def test_another_parser_reads_it(dump: str) -> None:
    triples = set(pyoxigraph.parse(dump.encode(), format=RdfFormat.N_TRIPLES))
    assert len(triples) == len(dump.splitlines())
