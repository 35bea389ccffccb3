"""The page of one term of the ontology: its definition, its neighbours, and how often the graph's incidents use it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild.vocab import CKO, GROUP_OF, RDFS, SKOS
from server.catalogue.selection import Selection
from server.graph import Text
from server.pages.edition import Edition
from server.pages.links import Link, Names
from server.pages.listing import count
from server.terms import ontology, term_label

NAMING = (RDFS.label, SKOS.prefLabel)
DEFINING = (SKOS.definition,)


@dataclass(frozen=True, slots=True)
class TermPage:
    """`incidents` counts those of a class of incidents, None for other terms; `statements` are (property, values)."""

    name: str
    labels: list[Text]
    definitions: list[Text]
    statements: list[tuple[Link, list[Link | Text]]]
    incoming: list[tuple[Link, list[Link | Text]]]
    incidents: int | None


@lru_cache(maxsize=512)
def statements_of(iri: str) -> tuple[Quad, ...]:
    """What the ontology says of a term, and with it."""
    term = NamedNode(iri)
    return tuple(quad for quad in ontology() if term in (quad.subject, quad.object))


def term_page(edition: Edition, iri: str) -> TermPage:
    names, term, language = edition.names({}), NamedNode(iri), edition.language
    about = [quad for quad in statements_of(iri) if quad.subject == term]
    pointing = [quad for quad in statements_of(iri) if quad.subject != term]
    name = iri.removeprefix(CKO.iri)
    plain = [quad for quad in about if quad.predicate not in (*NAMING, *DEFINING)]
    return TermPage(
        name=name,
        labels=_texts(about, NAMING, language) or [Text(term_label(iri, language), None)],
        definitions=_texts(about, DEFINING, language),
        statements=_grouped(((quad.predicate.value, quad.object) for quad in plain), names),
        incoming=_grouped(((quad.predicate.value, quad.subject) for quad in pointing), names),
        incidents=count(edition, Selection(type=name)) if GROUP_OF.get(name) == "incident" else None,
    )


def _texts(quads: Iterable[Quad], predicates: tuple[NamedNode, ...], language: str) -> list[Text]:
    """In the reader's language first."""
    found = [
        Text(quad.object.value, quad.object.language)
        for quad in quads
        if quad.predicate in predicates and isinstance(quad.object, Literal)
    ]
    return sorted(found, key=lambda text: text.language != language)


def _grouped(pairs: Iterable[tuple[str, object]], names: Names) -> list[tuple[Link, list[Link | Text]]]:
    found: dict[str, list[Link | Text]] = {}
    for predicate, value in pairs:
        if isinstance(value, NamedNode):
            found.setdefault(predicate, []).append(names.link(value.value))
        elif isinstance(value, Literal):
            found.setdefault(predicate, []).append(Text(value.value, value.language))
    return [(names.property(iri), found[iri]) for iri in sorted(found)]
