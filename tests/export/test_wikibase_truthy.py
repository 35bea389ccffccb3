from __future__ import annotations

import pyoxigraph
from pyoxigraph import RdfFormat

from kgbuild.export.wikibase.concepts import concept_iri
from kgbuild.store import Snapshot
from tests.export.conftest import Json, exported
from tests.export.stories import SIEGE, STRIKE, iri

WDT = "<http://www.wikidata.org/prop/direct/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def _objects(dump: str, subject: str, predicate: str) -> list[str]:
    start = f"<http://www.wikidata.org/entity/{subject}> {predicate} "
    return [line.removeprefix(start).removesuffix(" .") for line in dump.splitlines() if line.startswith(start)]


def _wdt(snapshot: Snapshot, entities: dict[str, Json], thing: str, pid: str) -> list[str]:
    return _objects(exported(snapshot, "wikibase-truthy").decode(), entities[thing]["id"], f"{WDT}{pid}>")


def test_every_line_is_read_by_another_parser(snapshot: Snapshot) -> None:
    dump = exported(snapshot, "wikibase-truthy")
    triples = list(pyoxigraph.parse(dump, format=RdfFormat.N_TRIPLES))
    assert len(triples) == dump.count(b"\n") == len(set(triples))


def test_quantities_keep_their_sign(snapshot: Snapshot, entities: dict[str, Json]) -> None:
    assert _wdt(snapshot, entities, STRIKE, "P1120") == [f'"+9"^^<{XSD}decimal>']


def test_only_the_best_rank_counts(snapshot: Snapshot, entities: dict[str, Json]) -> None:
    assert _wdt(snapshot, entities, STRIKE, "P31") == ["<http://www.wikidata.org/entity/Q2380335>"]


def test_an_accusation_is_not_under_perpetrator(snapshot: Snapshot, entities: dict[str, Json]) -> None:
    assert _wdt(snapshot, entities, STRIKE, "P8031") == []
    assert _wdt(snapshot, entities, STRIKE, "P90001") == ["<http://www.wikidata.org/entity/Q7001>"]


def test_times_and_places_in_their_own_forms(snapshot: Snapshot, entities: dict[str, Json]) -> None:
    assert _wdt(snapshot, entities, STRIKE, "P585") == [f'"2017-06-08T00:00:00Z"^^<{XSD}dateTime>']
    assert _wdt(snapshot, entities, SIEGE, "P585") == [f'"2017-01-01T00:00:00Z"^^<{XSD}dateTime>']
    wkt = "http://www.opengis.net/ont/geosparql#wktLiteral"
    assert _wdt(snapshot, entities, iri("ain"), "P625") == [f'"Point(39.01 35.95)"^^<{wkt}>']


def test_labels_stand_three_times(snapshot: Snapshot, entities: dict[str, Json]) -> None:
    dump, ain = exported(snapshot, "wikibase-truthy").decode(), entities[iri("ain")]["id"]
    skos = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    for predicate in ("<http://www.w3.org/2000/01/rdf-schema#label>", skos, "<http://schema.org/name>"):
        assert _objects(dump, ain, predicate) == ['"العين"@ar', '"Al-Ain"@en']


def test_an_identifier_is_text_and_an_iri(snapshot: Snapshot, entities: dict[str, Json]) -> None:
    dump, ain = exported(snapshot, "wikibase-truthy").decode(), entities[iri("ain")]["id"]
    assert _objects(dump, ain, f"{WDT}P1566>") == ['"7"']
    normalized = "<http://www.wikidata.org/prop/direct-normalized/P1566>"
    assert _objects(dump, ain, normalized) == ["<https://sws.geonames.org/7/>"]


def test_properties_are_declared(snapshot: Snapshot) -> None:
    dump = exported(snapshot, "wikibase-truthy").decode()
    assert _objects(dump, "P90001", "<http://wikiba.se/ontology#directClaim>") == [f"{WDT}P90001>"]


def test_it_says_what_the_json_dump_says(snapshot: Snapshot, entities: dict[str, Json]) -> None:
    """Every item value of best rank, and no other."""
    wanted = set()
    for entity in entities.values():
        for pid, statements in entity["claims"].items():
            best = [s for s in statements if s["rank"] == "preferred"] or [
                s for s in statements if s["rank"] == "normal"
            ]
            for statement in best:
                value = statement["mainsnak"].get("datavalue", {}).get("value")
                if isinstance(value, dict) and "entity-type" in value:
                    wanted.add((entity["id"], pid, value["id"]))
    found = set()
    for triple in pyoxigraph.parse(exported(snapshot, "wikibase-truthy"), format=RdfFormat.N_TRIPLES):
        if triple.predicate.value.startswith(WDT[1:]) and "/entity/Q" in triple.object.value:
            found.add(tuple(t.value.rpartition("/")[2] for t in (triple.subject, triple.predicate, triple.object)))
    assert found == wanted
    assert concept_iri("AirStrike") in entities
