"""Places out of the tables in which gazetteers are published: GeoNames dumps, Who's On First, plain CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kgbuild.errors import InputError, UsageError
from kgbuild.linking.places import Place, place_key, settlement_class
from kgbuild.linking.table_row import TableRow, rows_with_header, rows_without_header
from kgbuild.linking.user_places import add_places

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_WOF_CLASSES = {
    "country": "Country",
    "region": "Governorate",
    "county": "District",
    "localadmin": "District",
    "neighbourhood": "Neighbourhood",
    "campus": "Area",
}
_GEONAMES_COLUMNS = (
    "id", "name", "ascii_name", "alternate_names", "latitude", "longitude", "class", "code", "country", "cc2",
    "admin1", "admin2", "admin3", "admin4", "population", "elevation", "dem", "timezone", "modified",
)  # fmt: skip
"""Of a dump: https://download.geonames.org/export/dump/readme.txt"""

_GEONAMES_CLASSES = {"PPLX": "Neighbourhood", "ADM1": "Governorate", "ADM2": "District", "ADM3": "District"}
_GEONAMES_AREAS = {"H": "River", "R": "Road", "T": "Area", "L": "Area", "V": "Area"}
_FILE_NAMES = re.compile(r"wof_([a-z]{2})_", re.IGNORECASE)


def import_places(format_name: str, file: Path, *, country: str | None = None, database: Path | None = None) -> int:
    """Add the places of `file` to the user's gazetteer; the number added.

    `format_name` is geonames (the tab-separated dump of a country), whosonfirst (a table with a header, tab-separated)
    or csv (columns name, name_ar, latitude, longitude and, as far as known, id, class, country, within, population).
    `country` keeps only the places of that country, and names it where the file does not. Raises UsageError for an
    unknown format and InputError for a file that is not of it.
    """
    reader = _READERS.get(format_name)
    if reader is None:
        raise UsageError(f"unknown gazetteer format {format_name!r}: one of {', '.join(_READERS)}")
    if not file.is_file():
        raise InputError(str(file), "no such file")
    wanted = country.upper() if country else None
    return add_places((p for p in reader(file, wanted) if wanted is None or p.country == wanted), database=database)


def _geonames(file: Path, _country: str | None) -> Iterator[Place]:
    return map(_geonames_place, rows_without_header(file, _GEONAMES_COLUMNS, "a GeoNames dump"))


def _geonames_place(row: TableRow) -> Place:
    population, country = row.count("population"), row.text("country")
    cls = _GEONAMES_CLASSES.get(row.text("code")) or _GEONAMES_AREAS.get(row.text("class"))
    return Place(
        key=f"geonames-{row.identifier('id')}",
        cls=cls or settlement_class(population),
        names=_arabic(row.text("alternate_names").split(",")),
        label=row.text("ascii_name") or row.text("name"),
        country=country,
        within=f"country-{country.lower()}",
        point=row.point("latitude", "longitude"),
        geonames=row.identifier("id"),
        rank=population,
    )


def _whosonfirst(file: Path, country: str | None) -> Iterator[Place]:
    named = _FILE_NAMES.match(file.name)
    code = country or (named.group(1).upper() if named else "")
    for row in rows_with_header(file, "\t", ("wof_id", "placetype", "lat", "lon")):
        if not row.text("superseded") and row.text("lat") and row.text("lon"):
            yield _whosonfirst_place(row, code)


def _whosonfirst_place(row: TableRow, country: str) -> Place:
    population, geonames = row.count("population"), row.text("geonames_id")
    return Place(
        key=f"geonames-{geonames}" if geonames.isdigit() else f"wof-{row.text('wof_id')}",
        cls=_WOF_CLASSES.get(row.text("placetype")) or settlement_class(population),
        names=_arabic(row.text("names_ar").split("|")),
        label=row.text("name_en"),
        country=country,
        within=f"wof-{row.text('region_wof_id')}" if row.text("region_wof_id") else None,
        point=row.point("lat", "lon"),
        geonames=int(geonames) if geonames.isdigit() else None,
        wikidata=row.text("wikidata_qid") or None,
        rank=population,
    )


def _csv(file: Path, country: str | None) -> Iterator[Place]:
    for row in rows_with_header(file, ",", ("name", "latitude", "longitude")):
        population, name = row.count("population"), row.named("name")
        code = (row.text("country") or country or "").upper()
        yield Place(
            key=f"user-{row.text('id') or place_key(name) + '-' + code}",
            cls=row.place_class("class") or settlement_class(population),
            names=_arabic([row.text("name_ar"), name]),
            label=name,
            country=code,
            within=row.text("within") or None,
            point=row.point("latitude", "longitude"),
            rank=population,
        )


def _arabic(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if _ARABIC.search(name)))


_READERS: Mapping[str, Callable[[Path, str | None], Iterator[Place]]] = {
    "geonames": _geonames,
    "whosonfirst": _whosonfirst,
    "csv": _csv,
}
