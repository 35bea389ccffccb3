"""The properties of entities that can be fetched or compared: some worked out, all others as the graph states them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from kgbuild.vocab import CKO, RDFS, RELATION_TYPES, SKOS
from server.catalogue.selection import entity_name
from server.graph import Description, describe
from server.language import translate
from server.pages.edition import Edition
from server.pages.geography import Located, locate
from server.terms import class_label, term_label

Cell: TypeAlias = Mapping[str, object]
Table: TypeAlias = Mapping[str, Mapping[str, list[Cell]]]

_COUNTED = """SELECT link.iri, COUNT(DISTINCT number) AS n, MIN(first) AS first, MAX(first) AS last FROM link
    JOIN incident ON number = incident WHERE link.iri IN ({marks}) GROUP BY link.iri"""

WORKED_OUT = (
    "label_ar", "label_en", "aliases", "class", "wikidata", "geonames", "latitude", "longitude", "within", "incidents",
    "first_incident", "last_incident",
)  # fmt: skip
STATED = tuple(name for name in RELATION_TYPES if name != "within")


def property_names(language: str) -> dict[str, str]:
    """Every property with its label."""
    worked_out = {name: translate(f"property {name}") for name in WORKED_OUT}
    return worked_out | {name: term_label(CKO.iri + name, language) for name in STATED}


class Values:
    """The properties of some entities, read together."""

    def __init__(self, edition: Edition, iris: Iterable[str]) -> None:
        engine, wanted = edition.engine, sorted(set(iris))
        self._language, self._base = edition.language, edition.base
        self._things = describe(engine, wanted)
        self._places = locate(engine, wanted)
        marks = ", ".join("?" * len(wanted))
        self._counted = {row["iri"]: row for row in edition.tables.rows(_COUNTED.format(marks=marks), wanted)}
        others = {iri for thing in self._things.values() for name in RELATION_TYPES for iri in thing.iris(CKO[name])}
        self._names = edition.names(describe(engine, others))

    def of(self, iri: str, name: str) -> list[Cell]:
        """As the protocol writes values; nothing for a property that there is not."""
        thing = self._things.get(iri, Description(iri))
        if name in STATED or name == "within":
            return [self._entity(other) for other in thing.iris(CKO[name])]
        read = _READERS.get(name)
        if read is not None:
            return read(thing, self._language)
        if name in ("latitude", "longitude"):
            return _coordinate(self._places.get(iri), name)
        return self._count(iri, name)

    def _entity(self, iri: str) -> Cell:
        return {"id": entity_name(iri, self._base), "name": self._names.link(iri).text.text}

    def _count(self, iri: str, name: str) -> list[Cell]:
        row = self._counted.get(iri)
        if name == "incidents":
            return [{"int": row["n"] if row else 0}]
        column = {"first_incident": "first", "last_incident": "last"}.get(name)
        return [{"date": f"{row[column]}T00:00:00Z"}] if row and column and row[column] else []


def _labels(language: str) -> Callable[[Description, str], list[Cell]]:
    return lambda thing, _: [{"str": v.text} for v in thing.all(RDFS.label) if v.language == language]


def _aliases(thing: Description, _language: str) -> list[Cell]:
    return [{"str": text} for text in sorted({value.text for value in thing.all(SKOS.altLabel)})]


def _class(thing: Description, language: str) -> list[Cell]:
    return [{"str": class_label(thing.cls, language)}] if thing.cls else []


def _elsewhere(host: str) -> Callable[[Description, str], list[Cell]]:
    return lambda thing, _: [{"str": iri.rstrip("/").rpartition("/")[2]} for iri in thing.same_as if host in iri]


def _coordinate(place: Located | None, name: str) -> list[Cell]:
    point: Sequence[float] | None = place.point if place else None
    return [{"float": point[0 if name == "longitude" else 1]}] if point else []


_READERS: Mapping[str, Callable[[Description, str], list[Cell]]] = {
    "label_ar": _labels("ar"),
    "label_en": _labels("en"),
    "aliases": _aliases,
    "class": _class,
    "wikidata": _elsewhere("wikidata.org"),
    "geonames": _elsewhere("geonames.org"),
}
