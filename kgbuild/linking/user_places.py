"""The user's own gazetteer: imported places in one SQLite file."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kgbuild.errors import InputError
from kgbuild.linking.places import Place, place_key

_SCHEMA = """
CREATE TABLE IF NOT EXISTS place (
    key TEXT PRIMARY KEY, cls TEXT NOT NULL, names TEXT NOT NULL, label TEXT NOT NULL, country TEXT NOT NULL,
    within TEXT, longitude REAL, latitude REAL, geonames INTEGER, wikidata TEXT, rank INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS name (name TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (name, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS name_of ON name (key);
"""
_COLUMNS = "key, cls, names, label, country, within, longitude, latitude, geonames, wikidata, rank"


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
    """One SQLite file of imported places; opened for reading, or made by `add_places`."""

    def __init__(self, path: Path) -> None:
        self._path, self._found = path, dict[str, tuple[Place, ...]]()
        with _told(path):
            self._connection = sqlite3.connect(path, check_same_thread=False)
            self._connection.executescript(_SCHEMA)

    def find(self, key: str) -> tuple[Place, ...]:
        """The places with this name key, best known first."""
        if key not in self._found:
            text = f"SELECT {_COLUMNS} FROM place JOIN name USING (key) WHERE name.name = ? ORDER BY rank DESC, key"
            with _told(self._path):
                self._found[key] = tuple(_from_row(row) for row in self._connection.execute(text, (key,)))
        return self._found[key]

    def add(self, places: Iterable[Place]) -> int:
        """Write places in one transaction, replacing those of the same key; the number written."""
        count = 0
        with _told(self._path), self._connection:
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


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What SQLite finds wrong, with the remedy."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise InputError(str(path), f"{error}; KGBUILD_GAZETTEER can name another file") from error
    except sqlite3.DatabaseError as error:
        raise InputError(str(path), f"not a gazetteer ({error}); delete it and import again") from error


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


def add_places(found: Iterable[Place], *, database: Path | None = None) -> int:
    """Add places to the user's gazetteer, or the one at `database`; the number added."""
    target = database or default_gazetteer_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = f"no folder can be made for it: {error.strerror}; KGBUILD_GAZETTEER can name another file"
        raise InputError(str(target), reason) from error
    places = UserPlaces(target)
    try:
        return places.add(found)
    finally:
        places.close()
