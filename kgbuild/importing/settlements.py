"""The settlements and divisions of chosen countries out of a Wikibase dump, as places of the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pyoxigraph

from kgbuild.importing.dump import DumpItem
from kgbuild.linking.places import Place, settlement_class
from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, GROUP_CLASSES, SKOS, WD

_MATCHES = (SKOS.exactMatch, SKOS.closeMatch)
_BY_POPULATION = "Q486972"
"""Human settlement: a class that does not tell how large."""


def settlements(items: Iterable[DumpItem], countries: Mapping[str, str]) -> Iterator[Place]:
    """The places among items, by the classes that the ontology matches; `countries` maps Q-ids to ISO codes."""
    for item in items:
        code = next((countries[qid] for qid in item.countries if qid in countries), None)
        cls = _cls(item)
        if code is None or cls is None or item.point is None or not item.labels:
            continue
        yield Place(
            key=f"geonames-{item.geonames}" if item.geonames else f"wikidata-{item.id.lower()}",
            cls=cls,
            names=tuple(dict.fromkeys(filter(None, (item.labels.get("ar"), *item.names.get("ar", ()))))),
            label=item.labels.get("en") or next(iter(item.labels.values())),
            country=code,
            within=f"country-{code.lower()}",
            point=item.point,
            geonames=item.geonames,
            wikidata=item.id,
            rank=item.population,
        )


def _cls(item: DumpItem) -> str | None:
    known = place_classes()
    found = next((known[qid] for qid in item.classes if qid in known), None)
    if found is None and _BY_POPULATION in item.classes:
        return settlement_class(item.population)
    return found


@cache
def place_classes() -> Mapping[str, str]:
    """Our classes of places by the Q-ids that the ontology matches them with; countries are not among them."""
    found: dict[str, str] = {}
    for triple in pyoxigraph.parse(path=ontology_path("conflict.ttl")):
        name = triple.subject.value.removeprefix(CKO.iri)
        if triple.predicate in _MATCHES and name in GROUP_CLASSES["place"] and name != "Country":
            found[triple.object.value.removeprefix(WD)] = name
    return found
