"""How the places of two tellings agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from kgbuild.assembly.frames import Frame
from kgbuild.model import Entity

PlaceMatch = Literal["same", "within", "may hold", "wide", "open", "other"]
""" "wide": one is a country or the like, in which the other may lie; "open": one tells no place."""
_PARTS_OF_TOWNS = frozenset({"Neighbourhood", "Area", "Road", "Junction"})
_COUNTRYSIDE = ("ريف", "أرياف", "شمال", "جنوب", "شرق", "غرب")


def compare(a: Frame, b: Frame, entities: Mapping[str, Entity]) -> PlaceMatch:
    """How the places of the two agree."""
    mine, theirs = set(a.places), set(b.places)
    if not mine or not theirs:
        return "open"
    if mine & theirs:
        return "same"
    if any(_contains(x, y, entities) or _contains(y, x, entities) for x in mine for y in theirs):
        return "within"
    if mine & {*theirs, *b.wider} or theirs & {*mine, *a.wider}:
        return "within"
    if may_hold(mine, theirs, entities) or may_hold(theirs, mine, entities):
        return "may hold"
    return "wide" if all_wide(mine, entities) or all_wide(theirs, entities) else "other"


def may_hold(outer: Iterable[str], inner: Iterable[str], entities: Mapping[str, Entity]) -> bool:
    """Whether a town may hold quarters that the text puts into no other place."""
    towns = all(entities[p].cls in ("City", "Town", "District") for p in outer)
    return towns and all(entities[p].cls in _PARTS_OF_TOWNS and not entities[p].within for p in inner)


def is_wide(place: Entity) -> bool:
    """Whether the place is a country, a governorate or its countryside, in which much else happens."""
    return place.cls in ("Country", "Governorate") or (
        place.cls == "Area" and any(name.startswith(_COUNTRYSIDE) for name in place.label.values())
    )


def all_wide(places: Iterable[str], entities: Mapping[str, Entity]) -> bool:
    """Whether a country, a governorate or its countryside is all that a telling says of the place."""
    return all(is_wide(entities[p]) for p in places)


def _contains(outer: str, inner: str, entities: Mapping[str, Entity]) -> bool:
    seen, queue = set(), [inner]
    while queue:
        entity = entities.get(queue.pop())
        for parent in entity.within if entity else ():
            if parent == outer:
                return True
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)
    return False
