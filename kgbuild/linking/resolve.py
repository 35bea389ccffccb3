"""Which place of the gazetteers a name of an article means, if the article says enough to tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kgbuild.linking.places import Place

_SETTLEMENTS = ("City", "Town", "Village")
_ADMITS: Mapping[str, tuple[str, ...]] = {
    "City": ("City", "Town", "Village"),
    "Town": ("City", "Town", "Village"),
    "Village": ("Village", "Town"),
    "Neighbourhood": ("Neighbourhood",),
    "District": ("District", *_SETTLEMENTS),
    "Area": ("Area", *_SETTLEMENTS, "District", "Neighbourhood"),
    "Camp": ("Camp",),
    "River": ("River",),
    "Crossing": ("Crossing",),
    "Country": ("Country",),
    "Governorate": ("Governorate",),
}
_FAR_BETTER_KNOWN = 10
_SAME_PLACE_KM = 12.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The place meant, or None with the keys of those among which the text does not decide."""

    place: Place | None
    candidates: tuple[str, ...] = ()


def choose(candidates: Iterable[Place], cls: str, *, containers: Iterable[str], countries: Mapping[str, int]) -> Choice:
    """Choose among places of one name.

    `cls` is the class the text gives the place, `containers` are keys of governorates and countries that the text puts
    it in, `countries` counts what in the article points to each country.
    """
    admitted = _ADMITS.get(cls, (cls,))
    left = [place for place in candidates if place.cls in admitted]
    contained = set(containers)
    inside = [
        p for p in left if p.within in contained or p.key in contained or f"country-{p.country.lower()}" in contained
    ]
    if contained and left and not inside:
        fits = [place for place in left if place.within is None or place.within.startswith("wof-")]
        left = fits
    left = inside or left
    if countries and left:
        left = _by_country(left, countries)
    left = _without_doubles(left)
    if not left:
        return Choice(None)
    best = max(left, key=lambda place: (place.cls == cls, place.rank, place.key))
    others = [place for place in left if place is not best]
    if not others or best.rank > _FAR_BETTER_KNOWN * max(place.rank for place in others):
        return Choice(best)
    if sum(place.cls == cls for place in left) == 1 and best.cls == cls and best.rank >= max(p.rank for p in others):
        return Choice(best)
    return Choice(None, tuple(sorted(place.key for place in left)))


def _by_country(places: list[Place], countries: Mapping[str, int]) -> list[Place]:
    """Those of the country that the article points to most."""
    weight = max(countries.get(place.country, 0) for place in places)
    return [place for place in places if countries.get(place.country, 0) == weight]


def _without_doubles(places: list[Place]) -> list[Place]:
    """One of those that lie so close together that two gazetteers, or a name for town and district, mean the same."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda p: (-p.rank, p.key)):
        if not any(_close(place, other) for other in kept):
            kept.append(place)
    return kept


def _close(one: Place, other: Place) -> bool:
    if one.point is None or other.point is None:
        return one.key == other.key
    (x1, y1), (x2, y2) = one.point, other.point
    return abs(x1 - x2) * 90 < _SAME_PLACE_KM and abs(y1 - y2) * 111 < _SAME_PLACE_KM
