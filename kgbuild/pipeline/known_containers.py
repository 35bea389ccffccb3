"""What lies within what among the places an article names, where the text leaves it unsaid.

An article that names Mosul and Nineveh need not say that the one lies in the other: the gazetteers know. A quarter that
they do not know lies in the city spoken of. Only things that the article names contain others here; what the text says
comes first and is never contradicted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from kgbuild.linking.gazetteer import curated_places
from kgbuild.linking.places import Place, place_key
from kgbuild.pipeline.antecedents import Cluster
from kgbuild.pipeline.containment_words import joins
from kgbuild.pipeline.words import words_of

_PARTS = ("Neighbourhood", "Camp")
_QUARTER = "Neighbourhood"
_NOT_FAR = 40


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


def with_cities_spoken_of(
    clusters: Sequence[Cluster], before: Mapping[int, Sequence[int]], stated: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """`stated` with the city of each quarter that lies nowhere yet: the last of those named not far before it.

    `before` are the mentions in whose neighbourhood a quarter's first mention stands, by that mention.
    """
    found = list(stated)
    owner = {mention: number for number, cluster in enumerate(clusters) for mention in cluster.mentions}
    for number, cluster in enumerate(clusters):
        if cluster.cls == _QUARTER and not found[number]:
            named = (owner.get(mention) for mention in reversed(before.get(min(cluster.mentions), ())))
            city = next((n for n in named if n is not None and clusters[n].cls == "City"), None)
            found[number] = () if city is None else (city,)
    return found


def named_before(doc: Doc) -> dict[int, list[int]]:
    """For each mention of a quarter those not far before it in its line; none where it is said to be by something."""
    words, lines = words_of(doc), [segment.start for segment in doc._.segments]
    near = joins("beside") - joins("words")
    found: dict[int, list[int]] = {}
    for index, mention in enumerate(doc._.mentions):
        if mention.cls == _QUARTER and near.isdisjoint(words.norms[mention.end : mention.end + 2]):
            line = lines[max(0, bisect_right(lines, mention.start) - 1)] if lines else 0
            begin = max(line, mention.start - _NOT_FAR)
            earlier = range(max(0, index - _NOT_FAR), index)
            found[index] = [n for n in earlier if doc._.mentions[n].start >= begin]
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
