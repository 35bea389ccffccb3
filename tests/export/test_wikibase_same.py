"""The JSON and the RDF dump say the same: entities of the one, translated here, are the triples of the other.

The translation knows the two formats and none of our code. Left out are the counts and document nodes that JSON does
not have, and the names of value nodes, for which what is said of the node stands.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kgbuild.store import Snapshot
from tests.export.conftest import Json, exported

WIKIDATA = "http://www.wikidata.org/"
WD, PROP, WIKIBASE = f"{WIKIDATA}entity/", f"{WIKIDATA}prop/", "http://wikiba.se/ontology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
XSD = "http://www.w3.org/2001/XMLSchema#"
LABELS = (
    "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://schema.org/name",
)  # fmt: skip
_FULL = ("quantity", "time", "globe-coordinate")
_CAMEL = {"external-id": "ExternalId", "wikibase-item": "WikibaseItem", "globe-coordinate": "GlobeCoordinate"}

Term: TypeAlias = Any
Statement: TypeAlias = tuple[Term, str, Term]


@pytest.fixture(scope="module")
def triples(snapshot: Snapshot) -> set[Statement]:
    """The RDF dump; a value node is what is said of it, and every unknown value the same."""
    found = list(parse(exported(snapshot, "wikibase-rdf"), format=RdfFormat.N_TRIPLES))
    parts = defaultdict(set)
    for quad in found:
        if not quad.subject.value.startswith(f"{WIKIDATA}value/"):  # type: ignore[union-attr]
            continue
        if quad.predicate.value == f"{WIKIBASE}quantityNormalized":
            assert quad.object == quad.subject
        else:
            parts[quad.subject].add((quad.predicate.value, _plain(quad.object)))
    return {
        (_plain(q.subject), q.predicate.value, frozenset(parts[q.object]) if q.object in parts else _plain(q.object))
        for q in found
        if q.subject not in parts
    }


def _plain(term: Term) -> Term:
    if isinstance(term, BlankNode):
        return None
    if isinstance(term, Literal):
        return term.value, term.language or term.datatype.value.removeprefix(XSD)
    return term.value


def test_every_statement_of_json_is_in_rdf_and_no_other(snapshot: Snapshot, triples: set[Statement]) -> None:
    wanted = {s for entity in json.loads(exported(snapshot, "wikibase-json")) for s in _entity(entity)}
    found = {s for s in triples if _is_translated(*s)}
    assert len(wanted) > 2_000
    assert found - wanted == set()
    assert wanted - found == set()


def _is_translated(subject: Term, predicate: str, value: Term) -> bool:
    """Whether JSON says it too: documents, counts and the predicates of properties are for RDF alone."""
    if subject is None or "Special:EntityData" in subject or subject == f"{WIKIBASE}Dump":
        return False
    if subject.startswith(PROP) or predicate == "http://www.w3.org/2002/07/owl#sameAs":
        return False
    if predicate.startswith(WIKIBASE) and subject.startswith(WD) and not subject.startswith(f"{WD}statement/"):
        return predicate == f"{WIKIBASE}propertyType"
    return "normalized/" not in predicate and value != f"{WIKIBASE}Reference"


def _entity(entity: Json) -> Iterator[Statement]:
    subject = WD + entity["id"]
    yield subject, TYPE, WIKIBASE + entity["type"].title()
    if "datatype" in entity:
        yield subject, f"{WIKIBASE}propertyType", WIKIBASE + _CAMEL.get(entity["datatype"], entity["datatype"].title())
    for label in entity["labels"].values():
        yield from ((subject, name, _text(label)) for name in LABELS)
    for description in entity["descriptions"].values():
        yield subject, "http://schema.org/description", _text(description)
    for aliases in entity["aliases"].values():
        yield from ((subject, "http://www.w3.org/2004/02/skos/core#altLabel", _text(alias)) for alias in aliases)
    for pid, statements in entity["claims"].items():
        ranks = {s["rank"] for s in statements}
        best = "preferred" if "preferred" in ranks else "normal"
        for statement in statements:
            yield from _statement(subject, pid, statement, is_best=statement["rank"] == best)


def _statement(subject: str, pid: str, statement: Json, *, is_best: bool) -> Iterator[Statement]:
    node = f"{WD}statement/{statement['id'].replace('$', '-')}"
    yield subject, PROP + pid, node
    yield node, TYPE, f"{WIKIBASE}Statement"
    yield node, f"{WIKIBASE}rank", f"{WIKIBASE}{statement['rank'].title()}Rank"
    if is_best:
        yield node, TYPE, f"{WIKIBASE}BestRank"
        yield subject, f"{PROP}direct/{pid}", _simple(statement["mainsnak"])
    yield from _snak(node, "statement", statement["mainsnak"])
    for snaks in statement.get("qualifiers", {}).values():
        for snak in snaks:
            yield from _snak(node, "qualifier", snak)
    for reference in statement.get("references", []):
        source = f"{WIKIDATA}reference/{reference['hash']}"
        yield node, "http://www.w3.org/ns/prov#wasDerivedFrom", source
        for snaks in reference["snaks"].values():
            for snak in snaks:
                yield from _snak(source, "reference", snak)


def _snak(node: str, role: str, snak: Json) -> Iterator[Statement]:
    yield node, f"{PROP}{role}/{snak['property']}", _simple(snak)
    if snak["snaktype"] == "value" and snak["datatype"] in _FULL:
        yield node, f"{PROP}{role}/value/{snak['property']}", _full(snak)


def _simple(snak: Json) -> Term:
    """The value as `wdt:`, `ps:`, `pq:` and `pr:` have it."""
    if snak["snaktype"] == "somevalue":
        return None
    value = snak["datavalue"]["value"]
    match snak["datatype"]:
        case "wikibase-item":
            return WD + value["id"]
        case "quantity":
            return value["amount"], "decimal"
        case "time":
            return re.sub("-00", "-01", value["time"][1:]), "dateTime"
        case "globe-coordinate":
            return f"Point({value['longitude']} {value['latitude']})", "http://www.opengis.net/ont/geosparql#wktLiteral"
        case "monolingualtext":
            return value["text"], value["language"]
        case "url":
            return value
    return value, "string"


def _full(snak: Json) -> frozenset[tuple[str, Term]]:
    """What is said of the value's node."""
    value = snak["datavalue"]["value"]
    match snak["datatype"]:
        case "quantity":
            parts = {TYPE: f"{WIKIBASE}QuantityValue", "quantityAmount": (value["amount"], "decimal")}
            parts |= {"quantityUnit": f"{WD}Q199"} if value["unit"] == "1" else {"quantityUnit": value["unit"]}
            for bound in ("upperBound", "lowerBound"):
                if bound in value:
                    parts[f"quantity{bound[0].upper()}{bound[1:]}"] = (value[bound], "decimal")
        case "time":
            parts = {
                TYPE: f"{WIKIBASE}TimeValue", "timeValue": _simple(snak), "timeCalendarModel": value["calendarmodel"],
                "timePrecision": (str(value["precision"]), "integer"),
                "timeTimezone": (str(value["timezone"]), "integer"),
            }  # fmt: skip
        case _:
            parts = {TYPE: f"{WIKIBASE}GlobecoordinateValue", "geoGlobe": value["globe"]}
            for name in ("latitude", "longitude", "precision"):
                parts[f"geo{name.title()}"] = (repr(value[name]), "double")
    return frozenset((name if name == TYPE else WIKIBASE + name, part) for name, part in parts.items())


def _text(words: Json) -> tuple[str, str]:
    return words["value"], words["language"]


def test_truthy_is_the_part_of_the_full_dump_that_it_names(snapshot: Snapshot) -> None:
    full, truthy = (set(exported(snapshot, f"wikibase-{name}").decode().splitlines()) for name in ("rdf", "truthy"))
    assert truthy < full
    direct = {line for line in full if f" <{PROP}direct" in line.partition("> ")[2][:60] and line.startswith(f"<{WD}")}
    assert {line for line in direct if "ontology#" not in line.split(" ")[1]} <= truthy


def test_normalised_values_are_the_values(triples: set[Statement]) -> None:
    """Quantities without unit are their own normal form; identifiers are IRIs."""
    for subject, predicate, value in triples:
        if "/value-normalized/" in predicate and not isinstance(value, str):
            assert (subject, predicate.replace("value-normalized", "value"), value) in triples
        if predicate == f"{PROP}direct-normalized/P1566":
            number = str(value).rstrip("/").rpartition("/")[2]
            assert (subject, f"{PROP}direct/P1566", (number, "string")) in triples


def test_named_nodes_of_the_dump_are_iris(triples: set[Statement]) -> None:
    assert all(NamedNode(value) for _, _, value in triples if isinstance(value, str))
