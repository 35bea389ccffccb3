"""Sets and orders of more names than memory should hold: what is too much for it lies in a temporary file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

_TABLE = "CREATE TABLE key (rank TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (rank, name)) WITHOUT ROWID"


def in_order(keys: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The names of (rank, name) by rank and name, each pair once."""
    with closing(_connection()) as connection:
        connection.executemany("INSERT OR IGNORE INTO key VALUES (?, ?)", keys)
        for (name,) in connection.execute("SELECT name FROM key ORDER BY rank, name"):
            yield name


class NameSets:
    """Several sets of names, each known by its kind."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, kind: str, name: str) -> bool:
        """Add a name; whether it is new."""
        return self._connection.execute("INSERT OR IGNORE INTO key VALUES (?, ?)", (kind, name)).rowcount > 0

    def has(self, kind: str, name: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM key WHERE rank = ? AND name = ?", (kind, name))
        return found.fetchone() is not None

    def each(self, kind: str) -> Iterator[str]:
        """The names of a kind, in order. None may be added to it meanwhile."""
        for (name,) in self._connection.execute("SELECT name FROM key WHERE rank = ? ORDER BY name", (kind,)):
            yield name


@contextmanager
def name_sets() -> Iterator[NameSets]:
    """Empty sets."""
    with closing(_connection()) as connection:
        yield NameSets(connection)


def _connection() -> sqlite3.Connection:
    connection = sqlite3.connect("", isolation_level=None)
    connection.execute(_TABLE)
    connection.execute("BEGIN")
    return connection
