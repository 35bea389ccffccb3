"""Names, coordinates and classes for the entities that a store knows, from a Wikibase dump.

They stand in the graph `<base>graph/wikidata`, apart from what articles say, classes as Wikidata's own `wdt:P31`. A
name becomes the label only in a language that has none; a place that has coordinates keeps them. What was imported
before stays, and what it said of entities that are gone goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild import ids
from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Thing
from kgbuild.importing.dump import DumpItem
from kgbuild.rdf.terms import child, point
from kgbuild.store import Change, Reader, Store, value_of
from kgbuild.store.changes import as_ntriples
from kgbuild.vocab import CKO, GEO, GROUP_OF, OWL, PLACE_PRECISIONS, RDF, RDFS, SKOS, WD, WDT

LANGUAGES = ("ar", "en")
INSTANCE_OF = NamedNode(f"{WDT}P31")
"""Classes are said as Wikidata says them: an `rdf:type` would have to be a class of our ontology."""
_BATCH = 500
_PLACED = ("place", "facility")


@dataclass(slots=True)
class Enriched:
    """How many items of the dump were entities of the store, and how many statements about them are new."""

    items: int = 0
    statements: int = 0


def wikidata_graph(base: str) -> str:
    """The named graph of what was imported."""
    return f"{base}graph/wikidata"


def known_items(reader: Reader) -> dict[str, list[str]]:
    """The entities of a store by their Q-id at Wikidata."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for quad in reader.quads(None, OWL.sameAs):
        if value_of(quad.object).startswith(WD):
            found[value_of(quad.object).removeprefix(WD)].append(value_of(quad.subject))
    return dict(found)


def enrich(store: Store, items: Iterable[DumpItem], known: dict[str, list[str]]) -> Enriched:
    """Add what the items tell of entities; `known` is from `known_items`. Publishes nothing. Raises StoreError."""
    done = Enriched()
    graph = NamedNode(wikidata_graph(store.base))
    _forget_gone(store, graph)
    batch: list[Quad] = []
    for item in items:
        reader = GraphReader(store)
        entities = [reader.thing(iri) for iri in dict.fromkeys((*known.get(item.id, ()), *item.iris))]
        about = [thing for thing in entities if thing.cls in GROUP_OF]
        done.items += bool(about)
        batch += (quad for thing in about for quad in _statements(thing, item, graph))
        if len(batch) >= _BATCH:
            done.statements += _write(store, batch)
            batch = []
    done.statements += _write(store, batch)
    return done


def _write(store: Store, quads: list[Quad]) -> int:
    new = [quad for quad in dict.fromkeys(quads) if next(store.quads(*quad), None) is None]
    store.apply(Change(insert=as_ntriples(new)))
    return len(new)


def _forget_gone(store: Store, graph: NamedNode) -> None:
    """Take out what was imported of entities that no article names any more."""
    gone: list[Quad] = []
    for quad in store.quads(None, None, None, graph):
        entity = NamedNode(value_of(quad.subject).partition("#")[0])
        typed = store.quads(entity, RDF.type)
        if not any(other.graph_name != graph for other in typed):
            gone.append(quad)
    store.apply(Change(delete=as_ntriples(gone)))


def _statements(thing: Thing, item: DumpItem, graph: NamedNode) -> Iterator[Quad]:
    node = NamedNode(thing.iri)
    yield from (Quad(node, *pair, graph) for pair in _names(thing, item))
    for cls in item.classes:
        yield Quad(node, INSTANCE_OF, NamedNode(WD + cls), graph)
    if item.point is not None and thing.point is None and GROUP_OF[thing.cls] in _PLACED:
        precision = thing.cls.lower()
        at = point(*item.point)
        geometry = child(node, f"geometry-{ids.digest(at.value, precision)[:8]}")
        yield Quad(node, GEO.hasGeometry, geometry, graph)
        yield Quad(geometry, RDF.type, GEO.Geometry, graph)
        yield Quad(geometry, GEO.asWKT, at, graph)
        if precision in PLACE_PRECISIONS:
            yield Quad(geometry, CKO.placePrecision, Literal(precision), graph)


def _names(thing: Thing, item: DumpItem) -> Iterator[tuple[NamedNode, Literal]]:
    known = {*thing.names, *((name, language) for language, name in thing.labels.items())}
    for language in LANGUAGES:
        label = item.labels.get(language)
        if label and language not in thing.labels:
            yield RDFS.label, Literal(label, language=language)
            known.add((label, language))
        for name in (label, *item.names.get(language, ())):
            if name and (name, language) not in known:
                known.add((name, language))
                yield SKOS.altLabel, Literal(name, language=language)
