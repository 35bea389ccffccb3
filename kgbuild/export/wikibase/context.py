"""What every item is made with: the store, the numbers of items, our wording, and references to documents."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from string import Formatter
from typing import Any

from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Account, Document, Link, Said, Thing
from kgbuild.export.wikibase.claims import clean, reference, snak
from kgbuild.export.wikibase.concepts import concept_iri
from kgbuild.export.wikibase.model import Coordinate, ItemId, Quantity, Reference, Snak, Text
from kgbuild.export.wikibase.numbers import ItemNumbers
from kgbuild.export.wikibase.properties import LANGUAGES
from kgbuild.export.wikibase.times import on
from kgbuild.resources import data_path
from kgbuild.vocab import PLACE_PRECISIONS


class Context:
    """`graph` reads the store, `item` gives the item of an IRI, `code` that of a concept.

    References are made where `sourced` is set: a dump of best values alone has no use for them.
    """

    def __init__(self, graph: GraphReader, numbers: ItemNumbers, *, sourced: bool = True) -> None:
        self.graph = graph
        self._numbers = numbers
        self._sourced = sourced

    def item(self, iri: str) -> ItemId:
        return ItemId(self._numbers.number(iri))

    def code(self, key: str) -> ItemId:
        return self.item(concept_iri(key))

    def account_references(self, account: Account) -> tuple[Reference, ...]:
        """The document, who says so in it and how surely, and the sentences."""
        if not self._sourced:
            return ()
        parts = self._from_document(account.document)
        parts += [snak("attributed-to", self.item(source)) for source in account.sources]
        if account.certainty != "asserted":
            parts.append(snak("circumstances", self.code(f"certainty/{account.certainty}")))
        return (reference(parts + _confidence(account.confidence) + _quotes(self.graph.quotes(account.evidence))),)

    def link_references(self, link: Link) -> tuple[Reference, ...]:
        """The document that states a relation, with the sentence."""
        if link.document is None or not self._sourced:
            return ()
        parts = self._from_document(link.document)
        return (reference(parts + _confidence(link.confidence) + _quotes(self.graph.quotes(link.evidence))),)

    def places_of(self, thing: Thing) -> list[Snak]:
        """Where a place or facility is: what holds it, the country, the coordinates."""
        found = [snak("located-in", self.item(container)) for container in thing.within]
        found += self.country(thing.iri)
        return found + self.coordinates(thing)

    def country(self, iri: str) -> list[Snak]:
        """The countries that hold a thing, or that it is."""
        around = (iri, *self.graph.containers(iri))
        return [snak("country", self.item(c)) for c in around if self.graph.thing(c).cls == "Country"]

    def coordinates(self, thing: Thing) -> list[Snak]:
        """The coordinates, no finer than they are known; nothing where it is not known how fine that is."""
        precision = thing.precision or thing.cls.lower()
        if thing.point is None or precision not in PLACE_PRECISIONS:
            return []
        longitude, latitude = thing.point
        return [snak("coordinates", Coordinate(latitude, longitude, float(wording()["precision"][precision])))]

    def _from_document(self, document: Document) -> list[Snak]:
        found = [snak("stated-in", self.item(document.iri))]
        if document.url is not None:
            found.append(snak("reference-url", clean(document.url)))
        elif document.title is not None and document.title[1] in LANGUAGES:
            found.append(snak("title", Text(clean(document.title[0]), document.title[1])))
        if document.issued is not None:
            found.append(snak("publication-date", on(date.fromisoformat(document.issued))))
        if document.retrieved is not None:
            found.append(snak("retrieved", on(date.fromisoformat(document.retrieved))))
        return found


def phrased(kind: str, parts: Mapping[str, Mapping[str, str | None]]) -> dict[str, str]:
    """A description in each language: the first pattern for `kind` of which all parts are known in it."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        known = {name: words.get(language) for name, words in parts.items()}
        for pattern in wording()[kind][language]:
            if all(known.get(name) for name in _names(pattern)):
                found[language] = pattern.format_map(known)
                break
    return found


@cache
def wording() -> Mapping[str, Any]:
    """`data/wikibase/wording.toml`."""
    with data_path("wikibase", "wording.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _names(pattern: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(pattern) if name)


def _confidence(number: str | None) -> list[Snak]:
    return [] if number is None else [snak("confidence", Quantity(number))]


def _quotes(quotes: tuple[Said, ...]) -> list[Snak]:
    return [snak("quote", Text(words, language)) for said, language in quotes if (words := clean(said))]
