"""`wikibase-truthy`: labels and the best value of each property, as N-Triples.

Form: https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format#Truthy_statements
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO

from kgbuild.export.wikibase.model import ENTITY, WIKIDATA, Entity, Property, Value, best
from kgbuild.export.wikibase.terms import iri, literal, simple
from kgbuild.export.wikibase.view import wikibase_view
from kgbuild.store import Reader
from kgbuild.vocab import GEONAMES, OWL, RDF, RDFS, SKOS

Triple = tuple[str, str, str]

WIKIBASE = "http://wikiba.se/ontology#"
SCHEMA = "http://schema.org/"
DIRECT, NORMALIZED = f"{WIKIDATA}prop/direct/", f"{WIKIDATA}prop/direct-normalized/"
TYPE = str(RDF.type)

_LABELS = (str(RDFS.label), str(SKOS.prefLabel), f"<{SCHEMA}name>")
_DATATYPES = {
    "wikibase-item": "WikibaseItem", "time": "Time", "quantity": "Quantity", "globe-coordinate": "GlobeCoordinate",
    "monolingualtext": "Monolingualtext", "string": "String", "url": "Url", "external-id": "ExternalId",
}  # fmt: skip
_OBJECTS = ("wikibase-item", "url")
"""Datatypes whose values are IRIs."""


def wikibase_truthy(reader: Reader, output: IO[bytes]) -> None:
    """Labels, descriptions, aliases and the values of best rank, as sorted as the items are."""
    with wikibase_view(reader, sourced=False) as view:
        for entity in view.entities():
            lines = chain(terms(entity), declaration(entity), direct(entity))
            output.write("".join(f"{s} {p} {o} .\n" for s, p, o in lines).encode("utf-8", "backslashreplace"))


def terms(entity: Entity) -> Iterator[Triple]:
    """What the entity is, and how it is called."""
    subject = f"<{ENTITY}{entity.id}>"
    yield subject, TYPE, f"<{WIKIBASE}{'Item' if entity.datatype is None else 'Property'}>"
    for language, label in entity.labels.items():
        for predicate in _LABELS:
            yield subject, predicate, literal(label, language=language)
    for language, description in entity.descriptions.items():
        yield subject, f"<{SCHEMA}description>", literal(description, language=language)
    for language, names in entity.aliases.items():
        for name in names:
            yield subject, str(SKOS.altLabel), literal(name, language=language)


def declaration(entity: Entity) -> Iterator[Triple]:
    """For a property: its datatype, and the predicate that leads to its best values."""
    if entity.datatype is None:
        return
    subject, predicate = f"<{ENTITY}{entity.id}>", f"<{DIRECT}{entity.id}>"
    yield subject, f"<{WIKIBASE}propertyType>", f"<{WIKIBASE}{_DATATYPES[entity.datatype]}>"
    yield subject, f"<{WIKIBASE}directClaim>", predicate
    yield predicate, TYPE, str(OWL.ObjectProperty if entity.datatype in _OBJECTS else OWL.DatatypeProperty)


def direct(entity: Entity) -> Iterator[Triple]:
    """The values of best rank; an unknown one is a blank node, named after the statement."""
    subject = f"<{ENTITY}{entity.id}>"
    for prop, statements in entity.statements.items():
        predicate = f"<{DIRECT}{prop.id}>"
        values = dict.fromkeys(
            blank(s.id) if s.snak.value is None else simple(s.snak.value, prop.datatype) for s in best(statements)
        )
        for value in values:
            yield subject, predicate, value
        for statement in best(statements):
            if (named := normalized(prop, statement.snak.value)) is not None:
                yield subject, f"<{NORMALIZED}{prop.id}>", named


def normalized(prop: Property, value: Value | None) -> str | None:
    """The IRI that an external identifier stands for, where it is known how to make one."""
    return iri(f"{GEONAMES}{value}/") if prop.key == "geonames" and value is not None else None


def blank(statement_id: str) -> str:
    """The blank node for the unknown value of a statement."""
    return f"_:{statement_id.partition('$')[2].replace('-', '').lower()}"
