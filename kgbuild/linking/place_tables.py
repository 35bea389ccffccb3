"""Places out of the tables in which gazetteers are published: GeoNames dumps, Who's On First, plain CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kgbuild.errors import InputError, UsageError
from kgbuild.linking.places import Place, place_key, settlement_class
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
    with file.open(encoding="utf-8", newline="") as lines:
        for number, line in enumerate(lines, 1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 19:
                raise InputError(str(file), "a GeoNames dump has 19 columns between tabs", line=number)
            yield _geonames_place(fields)


def _geonames_place(fields: list[str]) -> Place:
    population = int(fields[14] or 0)
    cls = _GEONAMES_CLASSES.get(fields[7]) or _GEONAMES_AREAS.get(fields[6]) or settlement_class(population)
    return Place(
        key=f"geonames-{fields[0]}",
        cls=cls,
        names=_arabic(fields[3].split(",")),
        label=fields[2] or fields[1],
        country=fields[8],
        within=f"country-{fields[8].lower()}",
        point=(float(fields[5]), float(fields[4])),
        geonames=int(fields[0]),
        rank=population,
    )


def _whosonfirst(file: Path, country: str | None) -> Iterator[Place]:
    named = _FILE_NAMES.match(file.name)
    code = country or (named.group(1).upper() if named else "")
    for number, row in _rows(file, "\t", ("wof_id", "placetype", "lat", "lon")):
        if not row.get("superseded") and row["lat"] and row["lon"]:
            yield _whosonfirst_place(row, code, file, number)


def _whosonfirst_place(row: Mapping[str, str], country: str, file: Path, number: int) -> Place:
    population = int(_number(row.get("population") or "0", file, number))
    point = (_number(row["lon"], file, number), _number(row["lat"], file, number))
    geonames = row.get("geonames_id") or ""
    return Place(
        key=f"geonames-{geonames}" if geonames.isdigit() else f"wof-{row['wof_id']}",
        cls=_WOF_CLASSES.get(row["placetype"]) or settlement_class(population),
        names=_arabic((row.get("names_ar") or "").split("|")),
        label=row.get("name_en") or "",
        country=country,
        within=f"wof-{row['region_wof_id']}" if row.get("region_wof_id") else None,
        point=point,
        geonames=int(geonames) if geonames.isdigit() else None,
        wikidata=row.get("wikidata_qid") or None,
        rank=population,
    )


def _csv(file: Path, country: str | None) -> Iterator[Place]:
    for number, row in _rows(file, ",", ("name", "latitude", "longitude")):
        population = int(_number(row.get("population") or "0", file, number))
        code = (row.get("country") or country or "").upper()
        yield Place(
            key=f"user-{row.get('id') or place_key(row['name']) + '-' + code}",
            cls=row.get("class") or settlement_class(population),
            names=_arabic([row.get("name_ar") or "", row["name"]]),
            label=row["name"],
            country=code,
            within=row.get("within") or None,
            point=(_number(row["longitude"], file, number), _number(row["latitude"], file, number)),
            rank=population,
        )


def _rows(file: Path, delimiter: str, needed: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, str]]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, delimiter=delimiter)
        missing = [name for name in needed if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(str(file), f"no column {', '.join(missing)}", line=1)
        for row in reader:
            yield reader.line_num, row


def _arabic(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if _ARABIC.search(name)))


def _number(text: str, file: Path, line: int) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(str(file), f"not a number: {text!r}", line=line) from None


_READERS: Mapping[str, Callable[[Path, str | None], Iterator[Place]]] = {
    "geonames": _geonames,
    "whosonfirst": _whosonfirst,
    "csv": _csv,
}
