"""What lies within what among the places an article names, where the gazetteers know and the text leaves it unsaid.

An article that names Mosul and Nineveh need not say that the one lies in the other. Only things that the article names
contain others here; what the text itself says comes first and is never contradicted.
"""

from __future__ import annotations

from collections.abc import Sequence

from kgbuild.linking.gazetteer import curated_places
from kgbuild.linking.places import Place, place_key
from kgbuild.pipeline.antecedents import Cluster

_PARTS = ("Neighbourhood", "Camp")


def with_known_containers(
    clusters: Sequence[Cluster], places: Sequence[Place | None], stated: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """`stated` with the narrowest known container added to each place that the text puts nowhere, or in a country only.

    `places` are the gazetteers' places that the clusters are, where they are any; a countryside lies in the governorate
    or the town that it is called after, and that in turn where the gazetteers put it.
    """
    named = {place.key: number for number, place in enumerate(places) if place is not None}
    cities = {
        place_key(place.names[0]): number
        for number, place in enumerate(places)
        if place is not None and place.cls == "City" and place.names
    }
    found = list(stated)
    for number, place in enumerate(places):
        if place is None or any(clusters[outer].cls != "Country" for outer in found[number]):
            continue
        container = _container(place, named, cities)
        if container is not None and container != number and not _leads_to(container, number, found):
            found[number] = (container, *(outer for outer in found[number] if outer != container))
    return found


def _container(place: Place, named: dict[str, int], cities: dict[str, int]) -> int | None:
    """The position of the narrowest of the named places that contains this one."""
    outer = curated_places().get(place.within or "")
    if place.cls in _PARTS and outer is not None and outer.names and place_key(outer.names[0]) in cities:
        return cities[place_key(outer.names[0])]
    if place.within in named:
        return named[place.within]
    return named.get(f"country-{place.country.lower()}") if place.country and place.cls != "Country" else None


def _leads_to(start: int, goal: int, within: Sequence[tuple[int, ...]]) -> bool:
    """Whether containers followed from `start` come to `goal`."""
    seen, queue = {start}, [start]
    while queue:
        for outer in within[queue.pop()]:
            if outer == goal:
                return True
            if outer not in seen:
                seen.add(outer)
                queue.append(outer)
    return False
