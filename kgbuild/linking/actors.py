"""The curated actors of `ontology/actors.ttl`, and the names that identify them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyoxigraph

from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, OWL, RDF, RDFS, SCHEMA, SKOS, WD

_ENTITY = "https://w3id.org/cko/id/entity/"
_RELATIONS = ("partOf", "affiliatedWith", "supportedBy", "alliedWith", "opposedTo")
_HIDDEN = SKOS.iri + "hiddenLabel"
_BOUNDS = (SCHEMA.iri + "foundingDate", SCHEMA.iri + "dissolutionDate")


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor. `names` and `hidden` map language to names; `since` and `until` may be None.

    Hidden names are everyday words too: they count only in quotes or after a head noun.
    """

    key: str
    cls: str
    label: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    hidden: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, tuple[str, ...]]
    wikidata: str | None = None
    since: date | None = None
    until: date | None = None


@cache
def curated_actors() -> Mapping[str, Actor]:
    """All actors by key; read once, in about 15 ms."""
    statements: dict[str, list[tuple[str, pyoxigraph.NamedNode | pyoxigraph.Literal]]] = {}
    with ontology_path("actors.ttl").open("rb") as file:
        for quad in pyoxigraph.parse(file, format=pyoxigraph.RdfFormat.TURTLE):
            if isinstance(quad.subject, pyoxigraph.NamedNode) and not isinstance(quad.object, pyoxigraph.BlankNode):
                key = quad.subject.value.removeprefix(_ENTITY)
                statements.setdefault(key, []).append((quad.predicate.value, quad.object))
    return {key: _actor(key, found) for key, found in statements.items()}


def _actor(key: str, statements: list[tuple[str, pyoxigraph.NamedNode | pyoxigraph.Literal]]) -> Actor:
    texts: dict[str, dict[str, list[str]]] = {}
    links: dict[str, list[str]] = {}
    for predicate, value in statements:
        if isinstance(value, pyoxigraph.Literal):
            texts.setdefault(predicate, {}).setdefault(value.language or "", []).append(value.value)
        else:
            links.setdefault(predicate, []).append(value.value)
    labels = texts[RDFS.label.value]
    alternatives = texts.get(SKOS.altLabel.value, {})
    same = [iri for iri in links.get(OWL.sameAs.value, ()) if iri.startswith(WD)]
    since, until = (_day(texts.get(bound, {}).get("", [None])[0]) for bound in _BOUNDS)
    return Actor(
        key=key,
        cls=links[RDF.type.value][0].removeprefix(CKO.iri),
        label={language: names[0] for language, names in labels.items()},
        names={language: (*labels.get(language, ()), *alternatives.get(language, ())) for language in ("ar", "en")},
        hidden={language: tuple(names) for language, names in texts.get(_HIDDEN, {}).items()},
        relations={
            name: tuple(iri.removeprefix(_ENTITY) for iri in links[CKO[name].value])
            for name in _RELATIONS
            if CKO[name].value in links
        },
        wikidata=same[0].removeprefix(WD) if same else None,
        since=since,
        until=until,
    )


def _day(text: str | None) -> date | None:
    """The first day of a year, month or day given as an XML Schema date."""
    if text is None:
        return None
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    return date(year, month, day)
