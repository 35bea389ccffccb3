"""`wikibase-rdf`: everything, as N-Triples, format version 1.0.0.

https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format: entities, statements, references and values are nodes
of their own. A reference or value that several statements share is written once as far as memory allows, as in
Wikidata's dumps: a repetition says nothing new.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO

from kgbuild.export.wikibase.claims import digest, spelled
from kgbuild.export.wikibase.model import (
    EARTH,
    ENTITY,
    GREGORIAN,
    NO_UNIT,
    WIKIDATA,
    Coordinate,
    Entity,
    Quantity,
    Reference,
    Snak,
    Statement,
    Time,
    best,
)
from kgbuild.export.wikibase.terms import decimal, literal, moment, simple
from kgbuild.export.wikibase.truthy import SCHEMA, TYPE, WIKIBASE, Triple, blank, declaration, direct, normalized, terms
from kgbuild.export.wikibase.view import View, wikibase_view
from kgbuild.store import Reader
from kgbuild.vocab import OWL, PROV, XSD

FORMAT_VERSION = "1.0.0"

_DATA = f"{WIKIDATA}wiki/Special:EntityData/"
_STATEMENT, _REFERENCE, _VALUE = f"{ENTITY}statement/", f"{WIKIDATA}reference/", f"{WIKIDATA}value/"
_PROP = f"{WIKIDATA}prop/"
_LICENSE = "<http://creativecommons.org/ns#license>"
_CC0 = "<http://creativecommons.org/publicdomain/zero/1.0/>"
_RANKS = {"preferred": "PreferredRank", "normal": "NormalRank", "deprecated": "DeprecatedRank"}
_SEEN = 1 << 17
"""Slots of the memory of what was written."""

_PREDICATES = {
    "claim": "", "statementProperty": "statement/", "statementValue": "statement/value/", "qualifier": "qualifier/",
    "qualifierValue": "qualifier/value/", "reference": "reference/", "referenceValue": "reference/value/",
    "statementValueNormalized": "statement/value-normalized/",
    "qualifierValueNormalized": "qualifier/value-normalized/",
    "referenceValueNormalized": "reference/value-normalized/", "directClaimNormalized": "direct-normalized/",
}  # fmt: skip
_TO_VALUES = ("statementProperty", "qualifier", "reference")
"""Predicates that lead to the simple value; all others lead to a node or an IRI."""


def wikibase_rdf(reader: Reader, output: IO[bytes]) -> None:
    """The full dump."""
    with wikibase_view(reader) as view:
        _write(output, _header(view.modified))
        writer = _Writer(view)
        for entity in view.entities():
            _write(output, writer.entity(entity))
        same = str(OWL.sameAs)
        _write(output, ((f"<{ENTITY}{old}>", same, f"<{ENTITY}{new}>") for old, new in view.redirects()))


def _write(output: IO[bytes], triples: Iterator[Triple]) -> None:
    output.write("".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode("utf-8", "backslashreplace"))


def _header(modified: str) -> Iterator[Triple]:
    dump = f"<{WIKIBASE}Dump>"
    yield dump, TYPE, f"<{SCHEMA}Dataset>"
    yield dump, TYPE, str(OWL.Ontology)
    yield dump, _LICENSE, _CC0
    yield dump, f"<{SCHEMA}softwareVersion>", literal(FORMAT_VERSION)
    yield dump, f"<{SCHEMA}dateModified>", _midnight(modified)
    yield dump, f"<{OWL.iri}imports>", "<http://wikiba.se/ontology-1.0.owl>"


def _midnight(day: str) -> str:
    return literal(f"{day}T00:00:00Z", datatype=XSD.dateTime.value)


def _integer(number: int) -> str:
    return literal(str(number), datatype=XSD.integer.value)


class _Writer:
    def __init__(self, view: View) -> None:
        self._modified = _midnight(view.modified)
        self._seen = [""] * _SEEN

    def entity(self, entity: Entity) -> Iterator[Triple]:
        yield from self._document(entity)
        yield from chain(terms(entity), declaration(entity), _predicates(entity), direct(entity))
        for statements in entity.statements.values():
            top = best(statements)
            for statement in statements:
                yield from self._statement(entity, statement, is_best=statement in top)

    def _document(self, entity: Entity) -> Iterator[Triple]:
        document, subject = f"<{_DATA}{entity.id}>", f"<{ENTITY}{entity.id}>"
        yield document, TYPE, f"<{SCHEMA}Dataset>"
        yield document, f"<{SCHEMA}about>", subject
        yield document, _LICENSE, _CC0
        yield document, f"<{SCHEMA}softwareVersion>", literal(FORMAT_VERSION)
        yield document, f"<{SCHEMA}version>", _integer(1)
        yield document, f"<{SCHEMA}dateModified>", self._modified
        identifiers = sum(len(s) for prop, s in entity.statements.items() if prop.datatype == "external-id")
        counts = {"statements": sum(map(len, entity.statements.values())), "identifiers": identifiers, "sitelinks": 0}
        for name, number in counts.items():
            yield subject, f"<{WIKIBASE}{name}>", _integer(number)

    def _statement(self, entity: Entity, statement: Statement, *, is_best: bool) -> Iterator[Triple]:
        node = f"<{_STATEMENT}{statement.id.replace('$', '-')}>"
        yield f"<{ENTITY}{entity.id}>", f"<{_PROP}{statement.snak.property.id}>", node
        yield node, TYPE, f"<{WIKIBASE}Statement>"
        if is_best:
            yield node, TYPE, f"<{WIKIBASE}BestRank>"
        yield node, f"<{WIKIBASE}rank>", f"<{WIKIBASE}{_RANKS[statement.rank]}>"
        yield from self._snak(node, "statement", statement.snak, statement.id)
        for number, part in enumerate(statement.qualifiers):
            yield from self._snak(node, "qualifier", part, f"{statement.id}-{number}")
        for reference in statement.references:
            yield node, str(PROV.wasDerivedFrom), f"<{_REFERENCE}{reference.hash}>"
            yield from self._reference(reference)

    def _reference(self, reference: Reference) -> Iterator[Triple]:
        if self._is_written(reference.hash):
            return
        node = f"<{_REFERENCE}{reference.hash}>"
        yield node, TYPE, f"<{WIKIBASE}Reference>"
        for number, part in enumerate(reference.snaks):
            yield from self._snak(node, "reference", part, f"${reference.hash}{number}")

    def _snak(self, node: str, role: str, part: Snak, name: str) -> Iterator[Triple]:
        """The value, simple and in full; `name` is unique for the place where it stands."""
        prop, value = part.property, part.value
        path = f"{_PROP}{role}/"
        if value is None:
            yield node, f"<{path}{prop.id}>", blank(name)
            return
        yield node, f"<{path}{prop.id}>", simple(value, prop.datatype)
        if isinstance(value, Quantity | Time | Coordinate):
            full = f"<{_VALUE}{digest(type(value).__name__, spelled(value))}>"
            yield node, f"<{path}value/{prop.id}>", full
            if isinstance(value, Quantity):
                yield node, f"<{path}value-normalized/{prop.id}>", full
            yield from self._value(full, value)
        elif (named := normalized(prop, value)) is not None:
            yield node, f"<{path}value-normalized/{prop.id}>", named

    def _value(self, node: str, value: Quantity | Time | Coordinate) -> Iterator[Triple]:
        if self._is_written(node):
            return
        kind, parts = _parts(value)
        yield node, TYPE, f"<{WIKIBASE}{kind}>"
        for name, term in parts.items():
            yield node, f"<{WIKIBASE}{name}>", term
        if isinstance(value, Quantity):
            yield node, f"<{WIKIBASE}quantityNormalized>", node

    def _is_written(self, name: str) -> bool:
        """Whether a node was written lately; notes that it is now. Its slot follows from its name, not from a seed."""
        slot = int(name.rstrip(">")[-8:], 16) % _SEEN
        if self._seen[slot] == name:
            return True
        self._seen[slot] = name
        return False


def _parts(value: Quantity | Time | Coordinate) -> tuple[str, dict[str, str]]:
    match value:
        case Quantity(amount, lower, upper):
            parts = {"quantityAmount": decimal(amount), "quantityUnit": f"<{NO_UNIT}>"}
            if lower is not None and upper is not None:
                parts |= {"quantityUpperBound": decimal(upper), "quantityLowerBound": decimal(lower)}
            return "QuantityValue", parts
        case Time():
            return "TimeValue", {
                "timeValue": moment(value), "timePrecision": _integer(value.precision), "timeTimezone": _integer(0),
                "timeCalendarModel": f"<{GREGORIAN}>",
            }  # fmt: skip
        case Coordinate(latitude, longitude, precision):
            degrees = {"geoLatitude": latitude, "geoLongitude": longitude, "geoPrecision": precision}
            parts = {name: literal(repr(number), datatype=f"{XSD.iri}double") for name, number in degrees.items()}
            return "GlobecoordinateValue", parts | {"geoGlobe": f"<{EARTH}>"}


def _predicates(entity: Entity) -> Iterator[Triple]:
    """For a property: the predicates that it has in each place, and the class of those for whom it has no value."""
    if entity.datatype is None:
        return
    subject = f"<{ENTITY}{entity.id}>"
    for name, path in _PREDICATES.items():
        predicate = f"<{_PROP}{path}{entity.id}>"
        yield subject, f"<{WIKIBASE}{name}>", predicate
        is_data = name in _TO_VALUES and entity.datatype not in ("wikibase-item", "url")
        yield predicate, TYPE, str(OWL.DatatypeProperty if is_data else OWL.ObjectProperty)
    none, restriction = f"<{_PROP}novalue/{entity.id}>", f"_:no{entity.id.lower()}"
    yield subject, f"<{WIKIBASE}novalue>", none
    yield none, TYPE, str(OWL.Class)
    yield none, f"<{OWL.iri}complementOf>", restriction
    yield restriction, TYPE, f"<{OWL.iri}Restriction>"
    yield restriction, f"<{OWL.iri}onProperty>", f"<{_PROP}direct/{entity.id}>"
    yield restriction, f"<{OWL.iri}someValuesFrom>", f"<{OWL.iri}Thing>"
