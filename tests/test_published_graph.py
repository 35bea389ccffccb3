"""A real build of the sample reports, held against what others rely on: graphs, IRIs, properties, labels, evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, parse

from kgbuild.build import Builder
from kgbuild.config import BuildConfig
from kgbuild.extract import Extractor
from kgbuild.model import Article
from kgbuild.reading import read_paths
from kgbuild.resources import ontology_path
from kgbuild.saved_queries import load, load_all
from kgbuild.store import Snapshot, open_snapshot, open_store
from kgbuild.validation.report import validate
from kgbuild.vocab import (
    CKO,
    GROUP_CLASSES,
    GROUP_OF,
    OA,
    PREFIXES,
    PROV,
    RDF,
    RELATION_TYPES,
    SCHEMA,
    STATUSES,
    XSD,
)

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).parent.parent
_BASE = "https://w3id.org/cko/id/"
_IN = re.compile(rf"{_BASE}(entity|incident|report|document|graph|run|decision)/[0-9a-z-]+(#[a-z0-9=,-]+)?")

_DATES = ("startDate", "endDate")
_COUNTS = ("killedMin", "killedMax", "injuredMin", "injuredMax", "killedBest", "injuredBest", "reportCount")
_ENTITIES = {
    "place": ("place", "facility"),
    "perpetrator": ("actor", "person", "place"),
    "allegedPerpetrator": ("actor", "person", "place"),
    "participant": ("actor", "person", "place"),
    "target": ("actor", "person", "place", "facility", "weapon"),
    "weapon": ("weapon",),
    "victim": ("person",),
    "destroyed": ("facility", "place"),
    "damaged": ("facility", "place"),
    "attributedTo": ("actor", "person", "place"),
}


def _articles() -> list[Article]:
    return list(read_paths([_ROOT / "examples"], on_error=lambda error: pytest.fail(str(error))))


def _built(folder: Path, articles: list[Article], *, store_text: bool) -> Path:
    with open_store(folder) as store:
        config = BuildConfig(base=store.base, store_text=store_text, processes=1)
        builder = Builder(store=store, make_extract=Extractor, config=config, on_error=lambda e: pytest.fail(str(e)))
        builder.build(articles)
    return folder


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    folder = _built(tmp_path_factory.mktemp("published") / "store", _articles(), store_text=False)
    with open_snapshot(folder) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def quads(graph: Snapshot) -> list[Quad]:
    return list(graph.quads())


def _rows(graph: Snapshot, query: str) -> list[tuple[Any, ...]]:
    prefixes = dict(PREFIXES)
    return [tuple(row) for row in graph.query(query, prefixes=prefixes)]  # type: ignore[union-attr]


def _ask(graph: Snapshot, pattern: str) -> bool:
    return bool(graph.query(f"ASK {{ {pattern} }}", prefixes=dict(PREFIXES)))


def test_all_that_is_published_conforms_by_pyshacl(quads: list[Quad]) -> None:
    assert validate(quads).text() == ""


def test_every_iri_of_ours_is_of_a_known_kind(quads: list[Quad]) -> None:
    nodes = {n.value for q in quads for n in (q.subject, q.object, q.graph_name) if isinstance(n, NamedNode)}
    assert [iri for iri in nodes if iri.startswith(_BASE) and not _IN.fullmatch(iri)] == []


def test_there_are_a_graph_for_each_article_one_of_entities_and_one_of_incidents(graph: Snapshot) -> None:
    names = {name.removeprefix(f"{_BASE}graph/") for name in graph.graphs()}
    documents = {
        doc.value.removeprefix(f"{_BASE}document/") for (doc,) in _rows(graph, "SELECT ?d { ?d a cko:Document }")
    }
    assert len(documents) == len(_articles())
    assert names == documents | {"entities", "incidents"}


def test_a_report_stands_in_its_article_s_graph_with_all_that_it_must_tell(graph: Snapshot) -> None:
    rows = _rows(
        graph,
        """SELECT ?report ?graph ?document WHERE { GRAPH ?graph { ?report a cko:Report ; cko:describes ?incident ;
            cko:certainty ?certainty ; cko:confidence ?confidence ; cko:evidence ?evidence ;
            prov:wasDerivedFrom ?document ; prov:wasGeneratedBy ?run } }""",
    )
    all_reports = {report for (report,) in _rows(graph, "SELECT ?r { ?r a cko:Report }")}
    assert {row[0] for row in rows} == all_reports
    assert all(g.value.rpartition("/")[2] == d.value.rpartition("/")[2] for _, g, d in rows)


def test_incidents_roll_up_in_their_own_graph_only(graph: Snapshot) -> None:
    elsewhere = "GRAPH ?g { ?i cko:reportCount|cko:status|cko:killedBest|cko:injuredBest ?v } FILTER(?g != <%s>)"
    assert not _ask(graph, elsewhere % f"{_BASE}graph/incidents")
    rows = _rows(
        graph,
        """SELECT ?incident ?count ?status (COUNT(DISTINCT ?report) AS ?reports) WHERE {
            ?incident a cko:Incident ; cko:reportCount ?count ; cko:status ?status ; cko:describedBy ?report }
        GROUP BY ?incident ?count ?status""",
    )
    assert len(rows) > 20
    assert all(count.value == reports.value for _, count, _, reports in rows)
    assert {CKO.local(status) for _, _, status, _ in rows} <= set(STATUSES)


def test_reports_and_incidents_have_one_class_of_incidents(graph: Snapshot) -> None:
    rows = _rows(graph, "SELECT ?x ?class { ?x a ?class . ?x a ?kind FILTER(?kind IN (cko:Report, cko:Incident)) }")
    classes: dict[Any, list[str]] = {}
    for thing, cls in rows:
        if CKO.local(cls) in GROUP_CLASSES["incident"]:
            classes.setdefault(thing, []).append(cls.value)
    assert set(map(len, classes.values())) == {1}
    assert {thing for thing, _ in rows} == set(classes)


def test_dates_counts_and_confidence_have_the_types_agreed(quads: list[Quad]) -> None:
    wanted = {CKO[n]: XSD.date for n in _DATES} | {CKO[n]: XSD.integer for n in _COUNTS} | {CKO.confidence: XSD.decimal}
    found = {(q.predicate, q.object.datatype) for q in quads if q.predicate in wanted and isinstance(q.object, Literal)}
    assert found == set(wanted.items())
    assert all(0 <= float(q.object.value) <= 1 for q in quads if q.predicate == CKO.confidence)  # type: ignore[union-attr]


@pytest.mark.parametrize(("name", "groups"), _ENTITIES.items())
def test_roles_are_filled_by_entities_of_their_kind(graph: Snapshot, name: str, groups: tuple[str, ...]) -> None:
    rows = _rows(graph, f"SELECT ?entity ?class {{ ?x cko:{name} ?entity . ?entity a ?class }}")
    assert {GROUP_OF[CKO.local(cls) or ""] for _, cls in rows} <= set(groups)
    assert not _ask(graph, f"?x cko:{name} ?entity FILTER NOT EXISTS {{ ?entity a ?class }}")


def test_every_entity_has_a_class_and_names_with_language_tags(graph: Snapshot) -> None:
    entities = "?listing cko:entity ?entity"
    assert not _ask(graph, f"{entities} FILTER NOT EXISTS {{ ?entity a ?c }}")
    assert not _ask(graph, f"{entities} . ?entity rdfs:label|skos:altLabel ?name FILTER(LANG(?name) = '')")
    arabic = f"{entities} . ?entity rdfs:label ?ar FILTER(LANG(?ar) = 'ar')"
    assert _ask(graph, arabic)
    assert not _ask(graph, f"{arabic} FILTER NOT EXISTS {{ ?entity rdfs:label ?en FILTER(LANG(?en) = 'en') }}")


def test_a_name_made_by_rule_is_marked(graph: Snapshot) -> None:
    rows = _rows(graph, "SELECT ?entity ?made { ?entity cko:transliteration ?made ; rdfs:label ?made }")
    assert len(rows) > 20
    assert not _ask(graph, "?entity cko:transliteration ?made FILTER NOT EXISTS { ?entity rdfs:label ?made }")
    assert not _ask(graph, "?entity cko:transliteration ?made ; owl:sameAs ?known")


def test_points_have_a_precision_and_containers_are_entities(graph: Snapshot) -> None:
    assert _ask(graph, "?e geo:hasGeometry [ geo:asWKT ?wkt ; cko:placePrecision ?p ] ; cko:within ?wider")
    assert not _ask(graph, "?e geo:hasGeometry ?g FILTER NOT EXISTS { ?g cko:placePrecision ?p }")
    assert not _ask(graph, "?e cko:within ?wider FILTER NOT EXISTS { ?wider a ?class }")


def test_evidence_leads_to_a_quote_with_its_place_in_the_text(graph: Snapshot) -> None:
    texts = {article.id: article.text for article in _articles()}
    rows = _rows(
        graph,
        """SELECT ?id ?start ?end ?quote WHERE { ?what cko:evidence ?target . ?target a oa:SpecificResource ;
            oa:hasSource ?document ; oa:hasSelector ?selector . ?document dcterms:identifier ?id .
            ?selector a oa:TextPositionSelector, oa:TextQuoteSelector ; oa:start ?start ; oa:end ?end ;
                oa:exact ?quote }""",
    )
    assert len(rows) > 100
    assert [row for row in rows if texts[row[0].value][int(row[1].value) : int(row[2].value)] != row[3].value] == []
    assert not _ask(graph, "?what cko:evidence ?target FILTER NOT EXISTS { ?target oa:hasSelector/oa:exact ?quote }")


def test_a_relation_has_its_evidence_and_the_day_of_which_it_is_said(graph: Snapshot) -> None:
    rows = _rows(
        graph,
        """SELECT ?statement WHERE { ?statement a cko:RelationStatement ; cko:relationSubject ?s ; cko:relationType ?p ;
            cko:relationObject ?o ; cko:evidence ?e ; cko:asOf ?day ; prov:wasDerivedFrom/dcterms:issued ?day .
            ?s ?p ?o }""",
    )
    assert {r for (r,) in rows} == {r for (r,) in _rows(graph, "SELECT ?r { ?r a cko:RelationStatement }")}
    assert rows


def test_the_run_tells_software_and_pipeline_and_no_clock(graph: Snapshot, quads: list[Quad]) -> None:
    (run,) = _rows(graph, "SELECT ?v ?h { ?run a prov:Activity ; cko:softwareVersion ?v ; cko:pipelineHash ?h }")
    assert all(value.value for value in run)
    assert not {q.predicate for q in quads} & {PROV.startedAtTime, PROV.endedAtTime}


def test_the_text_is_kept_only_where_asked(tmp_path: Path, quads: list[Quad]) -> None:
    assert SCHEMA.articleBody not in {q.predicate for q in quads}
    article = _articles()[0]
    with open_snapshot(_built(tmp_path / "store", [article], store_text=True)) as snapshot:
        (body,) = snapshot.quads(None, SCHEMA.articleBody)
    assert body.object.value == article.text  # type: ignore[union-attr]


def test_the_shapes_know_every_property_of_ours_that_is_published(quads: list[Quad]) -> None:
    paths: set[str] = set()
    for triple in parse(path=ontology_path("shapes.ttl")):
        if triple.predicate.value.endswith(("shacl#path", "#first")):
            paths.add(triple.object.value)
    related = {CKO[name].value for name in ("related", *RELATION_TYPES)}
    used = {q.predicate.value for q in quads if q.predicate.value.startswith(CKO.iri)}
    assert used - paths - related == set()
    assert {q.object for q in quads if q.predicate == RDF.type} <= {
        *(CKO[name] for name in CKO.names), OA.SpecificResource, OA.TextPositionSelector, OA.TextQuoteSelector,
        PROV.Activity, NamedNode("http://www.opengis.net/ont/geosparql#Geometry"),
    }  # fmt: skip


_WITHOUT_ROWS = {
    "contested-incidents",
    "denials",
    "medical-facilities-hit",
    "named-victims",
    "source-disagreements",
    "superseded-figures",
}
"""Questions that the sample reports may have no answer to."""


@pytest.mark.parametrize("name", sorted(load_all()))
def test_every_saved_query_answers_on_a_real_build(graph: Snapshot, name: str) -> None:
    rows = list(graph.query(load(name).filled()))  # type: ignore[arg-type]
    assert rows or name in _WITHOUT_ROWS
