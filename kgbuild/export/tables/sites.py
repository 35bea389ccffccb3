"""Where and when an incident was, as tables ask: its most precise place, what lies around it, how sure the day is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Event, Thing
from kgbuild.model import DateInterval
from kgbuild.vocab import DATE_PRECISIONS, PLACE_PRECISIONS

Names = tuple[str, ...]

_LONGEST = {1: "day", 6: "days", 7: "week", 31: "month"}
"""The most days that an interval of each precision has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`place` is the most precise of `places`, None where none is known; the others are around it, or it itself.

    `point` is (longitude, latitude) of the place, or of the nearest around it that has one, with its `precision`.
    """

    places: tuple[Thing, ...] = ()
    place: Thing | None = None
    district: Thing | None = None
    governorate: Thing | None = None
    country: Thing | None = None
    point: tuple[float, float] | None = None
    precision: str | None = None


def site_of(graph: GraphReader, event: Event) -> Site:
    """Where an incident was."""
    places = tuple(graph.thing(iri) for iri in event.roles.get("place", ()))
    if not places:
        return Site()
    place = min(places, key=lambda p: (_rank(precision_of(p)), p.iri))
    around = [place, *(graph.thing(iri) for iri in graph.containers(place.iri))]
    located = next((thing for thing in around if thing.point is not None), None)
    return Site(
        places=places,
        place=place,
        district=_first(around, "District"),
        governorate=_first(around, "Governorate"),
        country=_first(around, "Country"),
        point=located.point if located else None,
        precision=precision_of(located) if located else precision_of(place),
    )


def precision_of(thing: Thing) -> str | None:
    """The place precision of an entity: what the store says, else what its class means, else None."""
    if thing.precision is not None:
        return thing.precision
    named = thing.cls.lower()
    return named if named in PLACE_PRECISIONS else None


def known_to(interval: DateInterval) -> str:
    """How precisely the day is known: as it is said, but no better than the interval is long."""
    if interval.earliest is None or interval.latest is None:
        return interval.precision
    length = (interval.latest - interval.earliest).days + 1
    spanned = next((word for days, word in _LONGEST.items() if length <= days), "year")
    said = interval.precision if interval.precision in DATE_PRECISIONS else spanned
    return max(said, spanned, key=DATE_PRECISIONS.index)


def name(thing: Thing | None, language: str = "en") -> str | None:
    """The name in a language, else in Arabic or English, else in any; None where nothing is named."""
    if thing is None or not thing.labels:
        return None
    known = (language, "ar", "en", *sorted(thing.labels))
    return next(thing.labels[tag] for tag in known if tag in thing.labels)


def names(graph: GraphReader, iris: Iterable[str], language: str = "en") -> Names:
    """The names of entities, those without name left out."""
    return tuple(word for iri in iris if (word := name(graph.thing(iri), language)))


def _rank(precision: str | None) -> int:
    return PLACE_PRECISIONS.index(precision) if precision in PLACE_PRECISIONS else len(PLACE_PRECISIONS)


def _first(things: Iterable[Thing], cls: str) -> Thing | None:
    return next((thing for thing in things if thing.cls == cls), None)
