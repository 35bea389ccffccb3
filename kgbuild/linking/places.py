"""A place as the gazetteers know it, and the key under which its names are compared."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.language.folding import fold_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with a stable key such as `geonames-172955`, `gov-sy-raqqa`, `country-sy` or `wof-421188347`.

    `names` are in Arabic script, `label` in Latin. `point` is (longitude, latitude), WGS 84. `country` is an ISO 3166
    code of two letters, `within` the key of the containing governorate or country, `rank` says how well known it is:
    its population, or 0.
    """

    key: str
    cls: str
    names: tuple[str, ...]
    label: str
    country: str = ""
    within: str | None = None
    point: tuple[float, float] | None = None
    geonames: int | None = None
    wikidata: str | None = None
    rank: int = 0


def place_key(name: str) -> str:
    """The form in which names are compared: folded and without blanks, so that كفر نوران and كفرنوران are one."""
    return fold_key(name).replace(" ", "")


def settlement_class(population: int) -> str:
    """City, Town or Village by population, for gazetteers that do not say."""
    return "City" if population >= 20_000 else "Town" if population >= 5_000 else "Village"
