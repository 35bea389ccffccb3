"""The user's own gazetteer: places from GeoNames dumps, Who's On First tables or plain CSV, in one SQLite file."""

from __future__ import annotations

import csv
import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kgbuild.errors import InputError, UsageError
from kgbuild.linking.places import Place, place_key, settlement_class

_SCHEMA = """
CREATE TABLE IF NOT EXISTS place (
    key TEXT PRIMARY KEY, cls TEXT NOT NULL, names TEXT NOT NULL, label TEXT NOT NULL, country TEXT NOT NULL,
    within TEXT, longitude REAL, latitude REAL, geonames INTEGER, wikidata TEXT, rank INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS name (name TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (name, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS name_of ON name (key);
"""
_COLUMNS = "key, cls, names, label, country, within, longitude, latitude, geonames, wikidata, rank"
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


def default_gazetteer_path() -> Path:
    """`$KGBUILD_GAZETTEER`, else `gazetteer.sqlite` in the folder where this platform keeps a user's data."""
    named = os.environ.get("KGBUILD_GAZETTEER")
    if named:
        return Path(named)
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "kgbuild" / "gazetteer.sqlite"


class UserPlaces:
    """One SQLite file of imported places; opened for reading, or made by `import_places`."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._found: dict[str, tuple[Place, ...]] = {}
        try:
            self._connection.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise InputError(str(path), f"not a gazetteer ({error}); delete it and import again") from error

    def find(self, key: str) -> tuple[Place, ...]:
        """The places with this name key, best known first."""
        if key not in self._found:
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM place JOIN name USING (key) WHERE name.name = ? ORDER BY rank DESC, key",
                (key,),
            )
            self._found[key] = tuple(_from_row(row) for row in rows)
        return self._found[key]

    def add(self, places: Iterable[Place]) -> int:
        """Write places in one transaction, replacing those of the same key; the number written."""
        count = 0
        with self._connection:
            for place in places:
                self._connection.execute("DELETE FROM name WHERE key = ?", (place.key,))
                self._connection.execute(
                    f"INSERT OR REPLACE INTO place ({_COLUMNS}) VALUES ({', '.join('?' * 11)})", _to_row(place)
                )
                keys = {place_key(name) for name in (*place.names, place.label)} - {""}
                self._connection.executemany("INSERT INTO name VALUES (?, ?)", [(key, place.key) for key in keys])
                count += 1
        self._found.clear()
        return count

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _to_row(place: Place) -> tuple[object, ...]:
    longitude, latitude = place.point or (None, None)
    names = "|".join(place.names)
    where = (place.country, place.within, longitude, latitude)
    return (place.key, place.cls, names, place.label, *where, place.geonames, place.wikidata, place.rank)


def _from_row(row: tuple[str, ...]) -> Place:
    key, cls, names, label, country, within, longitude, latitude, geonames, wikidata, rank = row
    return Place(
        key=key,
        cls=cls,
        names=tuple(names.split("|")) if names else (),
        label=label,
        country=country,
        within=within or None,
        point=(float(longitude), float(latitude)) if longitude is not None else None,
        geonames=int(geonames) if geonames else None,
        wikidata=wikidata or None,
        rank=int(rank),
    )


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


def add_places(found: Iterable[Place], *, database: Path | None = None) -> int:
    """Add places to the user's gazetteer, or the one at `database`; the number added."""
    target = database or default_gazetteer_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    places = UserPlaces(target)
    try:
        return places.add(found)
    finally:
        places.close()


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
