from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from pyoxigraph import Dataset, Literal, NamedNode, Quad, Store

from kgbuild import ids
from kgbuild.config import BuildConfig
from kgbuild.model import Extraction, Run
from kgbuild.rdf import extraction_quads
from kgbuild.vocab import CKO, GEO, OA, OWL, PREFIXES, PROV, RDF, SCHEMA, XSD
from tests.extractions import BASE, TEXT, extractions, sample

CONFIG = BuildConfig()
RUN = Run(version="1.0", pipeline_hash="abc")


def _quads(extraction: Extraction, config: BuildConfig = CONFIG) -> list[Quad]:
    return list(extraction_quads(extraction, config=config, run=RUN))


def _objects(extraction: Extraction, subject: str, predicate: NamedNode) -> set[str]:
    return {q.object.value for q in _quads(extraction) if q.subject.value == subject and q.predicate == predicate}


def _rows(extraction: Extraction, query: str) -> list[tuple[str, ...]]:
    store = Store()
    store.extend(_quads(extraction))
    solutions = store.query(query, use_default_graph_as_union=True, prefixes=dict(PREFIXES))
    return [tuple(value.value for value in row) for row in solutions]


@given(extractions())
def test_no_blank_node_and_one_graph(extraction: Extraction) -> None:
    graph = NamedNode(ids.graph_iri(BASE, extraction.article.id))
    for quad in _quads(extraction):
        assert quad.graph_name == graph
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)


@given(extractions())
def test_the_same_extraction_gives_the_same_quads_each_once(extraction: Extraction) -> None:
    quads = _quads(extraction)
    assert quads == _quads(extraction)
    assert len(set(quads)) == len(quads)


@given(extractions())
def test_a_store_gives_every_literal_back_unchanged(extraction: Extraction) -> None:
    store = Store()
    store.extend(_quads(extraction))
    assert set(store) == set(_quads(extraction))


def test_a_report_bears_the_class_of_the_incident() -> None:
    report = sample().reports[0].iri
    assert _objects(sample(), report, RDF.type) == {CKO.Report.value, CKO.AirStrike.value}


def test_an_alleged_perpetrator_is_no_perpetrator() -> None:
    report = sample().reports[0]
    assert _objects(sample(), report.iri, CKO.perpetrator) == set()
    assert _objects(sample(), report.iri, CKO.allegedPerpetrator) == {f"{BASE}entity/coalition"}
    assert _objects(sample(), report.iri, CKO.participant) == set()


def test_an_asserted_perpetrator_takes_part() -> None:
    extraction = sample()
    told = replace(extraction, reports=(replace(extraction.reports[0], certainty="asserted"),))
    report = extraction.reports[0].iri
    for predicate in (CKO.perpetrator, CKO.participant):
        assert _objects(told, report, predicate) == {f"{BASE}entity/coalition"}


def test_sides_of_a_clash_take_part_whoever_says_so() -> None:
    extraction = sample()
    clash = replace(extraction.reports[0], cls="ArmedClash", targets=("e5",))
    told = replace(extraction, reports=(clash,))
    assert _objects(told, clash.iri, CKO.participant) == {f"{BASE}entity/coalition", f"{BASE}entity/observatory"}


def test_totals_count_without_their_parts() -> None:
    report = sample().reports[0].iri
    assert _objects(sample(), report, CKO.killedMin) == {"14"}
    assert _objects(sample(), report, CKO.injuredMin) == set()


@pytest.mark.parametrize("effect", ["destroyed", "damaged", "outOfService", "hit"])
def test_what_befell_a_facility_is_a_property(effect: str) -> None:
    extraction = sample()
    report = extraction.reports[0]
    facility = replace(report.facilities[0], effect=effect)
    told = replace(extraction, reports=(replace(report, facilities=(facility,)),))
    assert len(_objects(told, report.iri, CKO[effect])) == 1


def test_evidence_is_a_web_annotation_target_with_quote_and_offsets() -> None:
    rows = _rows(
        sample(),
        """SELECT ?quote ?start ?end ?source WHERE {
            ?report a cko:Report ; cko:evidence ?target .
            ?target a oa:SpecificResource ; oa:hasSource ?source ; oa:hasSelector ?p, ?q .
            ?p a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
            ?q a oa:TextQuoteSelector ; oa:exact ?quote } ORDER BY ?start""",
    )
    assert len(rows) == 2
    for quote, start, end, source in rows:
        assert quote == TEXT[int(start) : int(end)]
        assert source == sample().iri


def test_prefix_quote_and_suffix_are_the_text_around_the_span() -> None:
    selectors = {q.subject for q in _quads(sample()) if q.predicate == OA.prefix}
    for selector in selectors:
        node = selector.value
        words = [_objects(sample(), node, p).pop() for p in (OA.prefix, OA.exact, OA.suffix)]
        assert "".join(words) in TEXT


def test_the_text_is_stored_only_on_demand() -> None:
    assert not [q for q in _quads(sample()) if q.predicate == SCHEMA.articleBody]
    stored = [q for q in _quads(sample(), BuildConfig(store_text=True)) if q.predicate == SCHEMA.articleBody]
    assert [q.object.value for q in stored] == [TEXT]


def test_the_day_of_retrieval_is_one_of_the_document() -> None:
    extraction = sample()
    assert not _objects(extraction, extraction.iri, CKO.retrieved)
    fetched = replace(extraction, article=replace(extraction.article, retrieved=date(2017, 6, 10)))
    (value,) = (q.object for q in _quads(fetched) if q.predicate == CKO.retrieved)
    assert value == Literal("2017-06-10", datatype=XSD.date)


def test_links_to_wikidata_and_geonames() -> None:
    town = f"{BASE}entity/geonames-7"
    assert _objects(sample(), town, OWL.sameAs) == {"https://sws.geonames.org/7/"}
    assert _objects(sample(), f"{BASE}entity/coalition", OWL.sameAs) == {"http://www.wikidata.org/entity/Q1"}


def test_an_english_name_made_by_rule_is_marked() -> None:
    extraction = sample()
    bakery, town = (replace(e, label={"ar": "اسم", "en": "Ism"}) for e in extraction.entities[1:3])
    told = replace(extraction, entities=(extraction.entities[0], bakery, town, *extraction.entities[3:]))
    assert _objects(told, bakery.iri, CKO.transliteration) == {"Ism"}
    assert _objects(told, town.iri, CKO.transliteration) == set()
    english = replace(told, article=replace(told.article, language="en"))
    assert _objects(english, bakery.iri, CKO.transliteration) == set()


def test_a_point_is_wkt_with_its_precision() -> None:
    rows = _rows(sample(), "SELECT ?wkt ?precision { ?g geo:asWKT ?wkt ; cko:placePrecision ?precision }")
    assert rows == [("POINT(39.01 35.95)", "town")]
    literal = next(q.object for q in _quads(sample()) if q.predicate == GEO.asWKT)
    assert literal.datatype == GEO.wktLiteral


def test_a_relation_is_stated_and_has_its_evidence() -> None:
    rows = _rows(
        sample(),
        """SELECT ?type ?quote { ?r a cko:RelationStatement ; cko:relationSubject ?s ; cko:relationType ?type ;
            cko:relationObject ?o ; cko:evidence/oa:hasSelector/oa:exact ?quote . ?s cko:locatedIn ?o }""",
    )
    assert rows == [(CKO.locatedIn.value, "فرن الساحة")]


def test_the_run_is_named_by_software_and_pipeline_without_a_clock() -> None:
    rows = _rows(
        sample(),
        """SELECT ?version ?hash { ?report a cko:Report ; prov:wasGeneratedBy ?run .
            ?run a prov:Activity ; cko:softwareVersion ?version ; cko:pipelineHash ?hash }""",
    )
    assert rows == [("1.0", "abc")]
    assert not [q for q in _quads(sample()) if getattr(q.object, "datatype", None) == XSD.dateTime]


def test_a_report_describes_its_would_be_incident_until_merged() -> None:
    extraction = sample()
    report = replace(extraction.reports[0], incident=None)
    told = replace(extraction, reports=(report,))
    assert _objects(told, report.iri, CKO.describes) == {ids.incident_iri(BASE, report.iri)}
    assert _objects(told, report.iri, PROV.wasDerivedFrom) == {extraction.iri}


def test_all_names_written_are_of_the_vocabulary() -> None:
    dataset = Dataset(_quads(sample()))
    for quad in dataset:
        for node in (quad.predicate, quad.object):
            if isinstance(node, NamedNode) and node.value.startswith(CKO.iri):
                assert CKO.local(node)
