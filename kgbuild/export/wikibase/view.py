"""All entities of a store, one after the other: properties first, then items in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.wikibase.claims import Draft
from kgbuild.export.wikibase.concepts import concepts
from kgbuild.export.wikibase.context import Context
from kgbuild.export.wikibase.events import draft_event
from kgbuild.export.wikibase.model import Entity, ItemId, item_number
from kgbuild.export.wikibase.numbers import ItemNumbers, Source, item_numbers
from kgbuild.export.wikibase.properties import properties
from kgbuild.export.wikibase.things import draft_concept, draft_document, draft_property, draft_thing
from kgbuild.store import Reader, value_of
from kgbuild.vocab import DCTERMS

_REDIRECT = "redirect"


class View:
    """A store as Wikibase would hold it; open one with `wikibase_view`.

    `modified` is the day of the newest document, "1970-01-01" where none has a date: no clock comes into a dump.
    """

    def __init__(self, reader: Reader, numbers: ItemNumbers, *, sourced: bool) -> None:
        self._graph = GraphReader(reader)
        self._numbers = numbers
        self._context = Context(self._graph, numbers, sourced=sourced)
        issued = (value_of(quad.object) for quad in reader.quads(None, DCTERMS.issued))
        self.modified = max(issued, default="1970-01-01")
        numbers.enter(self._sources())

    def entities(self) -> Iterator[Entity]:
        """All entities. What Wikidata holds to be one thing is one item, whatever it is here."""
        for prop in properties().values():
            yield draft_property(prop).entity(prop.datatype)
        for _, parts in self._numbers.items():
            drafts = [self._draft(iri, kind) for iri, kind in parts if kind != _REDIRECT]
            if drafts:
                yield _joined(drafts).entity()

    def redirects(self) -> Iterator[tuple[ItemId, ItemId]]:
        """Items of incidents that turned out to be others: (the one that was, the one that it is)."""
        for number, parts in self._numbers.items():
            for iri, kind in parts:
                if kind == _REDIRECT:
                    yield ItemId(number), self._context.item(self._graph.successor(iri))

    def _sources(self) -> Iterator[Source]:
        for iri, concept in concepts().items():
            yield iri, "concept", concept.wikidata
        for iri in self._graph.thing_iris():
            yield iri, "thing", item_number(self._graph.thing(iri).wikidata)
        for iri in self._graph.event_iris():
            yield iri, "event", None
        for iri in self._graph.document_iris():
            yield iri, "document", None
        for iri in self._graph.replaced_iris():
            yield iri, _REDIRECT, None

    def _draft(self, iri: str, kind: str) -> Draft:
        if kind == "concept":
            return draft_concept(self._context, concepts()[iri])
        if kind == "thing":
            return draft_thing(self._context, self._graph.thing(iri))
        if kind == "event":
            return draft_event(self._context, self._graph.event(iri))
        return draft_document(self._context, self._graph.document(iri))


@contextmanager
def wikibase_view(reader: Reader, *, sourced: bool = True) -> Iterator[View]:
    """The view of a store, without references where `sourced` is not set.

    Raises StoreError where the numbers of items cannot be kept.
    """
    with item_numbers(reader) as numbers:
        yield View(reader, numbers, sourced=sourced)


def _joined(drafts: list[Draft]) -> Draft:
    first, *others = drafts
    for other in others:
        first.join(other)
    return first
