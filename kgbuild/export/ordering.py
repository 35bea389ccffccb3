"""Sorting more keys than memory should hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

_TABLE = "CREATE TABLE key (rank TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (rank, name)) WITHOUT ROWID"


def in_order(keys: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The names of (rank, name) by rank and name, each pair once; what memory cannot hold is in a temporary file."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.execute(_TABLE)
        connection.execute("BEGIN")
        connection.executemany("INSERT OR IGNORE INTO key VALUES (?, ?)", keys)
        for (name,) in connection.execute("SELECT name FROM key ORDER BY rank, name"):
            yield name
