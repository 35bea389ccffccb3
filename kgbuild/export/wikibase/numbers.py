"""Numbers for the items that Wikidata does not have: derived from the IRI, kept for ever, never given twice.

The first choice is a hash of the IRI, between 10⁹ and 2³¹. Where it is taken, further hashes are tried; of items that
are new together, the one whose IRI sorts first chooses first. So the same graph gives the same numbers on any machine,
but for the rare items that lost a choice to one that came earlier. A number stays with its IRI after the item has gone
from the graph: the store keeps all of them in `items.sqlite`, beside the graph and not in it, so that a graph does not
tell what was once removed from it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import count, groupby
from pathlib import Path
from typing import TypeAlias

from kgbuild.errors import StoreError
from kgbuild.store import Reader
from kgbuild.store.database import DatabaseReader

FIRST, END = 10**9, 2**31
"""The numbers given: from FIRST on, below END."""

FILE = "items.sqlite"

_REMEMBERED = 1 << 16
"""How many numbers are kept at hand."""

Source: TypeAlias = tuple[str, str, int | None]
"""(IRI, kind, number at Wikidata or None) of something that is to be an item."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS item (iri TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE) WITHOUT ROWID"
_PRESENT = "CREATE TEMP TABLE present (iri TEXT PRIMARY KEY, kind TEXT NOT NULL, number INTEGER) WITHOUT ROWID"
_NEW = "SELECT iri FROM temp.present WHERE number IS NULL AND iri NOT IN (SELECT iri FROM main.item) ORDER BY iri"
_FILL = """UPDATE temp.present SET number = (SELECT item.number FROM main.item WHERE item.iri = present.iri)
    WHERE number IS NULL"""
_ALL = "SELECT number, iri, kind FROM temp.present ORDER BY number, iri"


class ItemNumbers:
    """The numbers of the items of one state of a store; open one with `item_numbers`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(_SCHEMA)
        connection.execute(_PRESENT)
        self.number = lru_cache(_REMEMBERED)(self._number)

    def enter(self, sources: Iterable[Source]) -> None:
        """Give a number to each source that has none; of several with one IRI the first counts. Call it once."""
        insert = "INSERT OR IGNORE INTO temp.present VALUES (?, ?, ?)"
        with self._writing():
            self._connection.executemany(insert, sources)
            for (iri,) in self._connection.execute(_NEW):
                self._give(iri)
            self._connection.execute(_FILL)

    def items(self) -> Iterator[tuple[int, list[tuple[str, str]]]]:
        """Each number in rising order, with the (IRI, kind) of all that are this item at Wikidata."""
        for number, rows in groupby(self._connection.execute(_ALL), key=lambda row: int(row[0])):
            yield number, [(iri, kind) for _, iri, kind in rows]

    def _number(self, iri: str) -> int:
        """The number of an IRI; one that was not entered is given one now."""
        found = self._find("temp.present", iri)
        if found is None:
            with self._writing():
                found = self._find("main.item", iri) or self._give(iri)
        return found

    def _find(self, table: str, iri: str) -> int | None:
        row = self._connection.execute(f"SELECT number FROM {table} WHERE iri = ?", (iri,)).fetchone()
        return None if row is None else int(row[0])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, beside which nobody else gives numbers."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise

    def _give(self, iri: str) -> int:
        for number in candidates(iri):
            cursor = self._connection.execute("INSERT OR IGNORE INTO main.item VALUES (?, ?)", (iri, number))
            if cursor.rowcount:
                break
        return number


def candidates(iri: str) -> Iterator[int]:
    """The numbers that an IRI may get, the best first; they never end."""
    for attempt in count():
        digest = hashlib.sha256(f"{iri}\x1f{attempt}".encode()).digest()
        yield FIRST + int.from_bytes(digest[:8], "big") % (END - FIRST)


@contextmanager
def item_numbers(reader: Reader) -> Iterator[ItemNumbers]:
    """The numbers kept in the reader's store; where it has no folder that can be written, they are not kept.

    Raises StoreError where the file of numbers cannot be used.
    """
    folder = reader.path if isinstance(reader, DatabaseReader) and reader.path.is_dir() else None
    try:
        with closing(_connection(folder)) as connection:
            yield ItemNumbers(connection)
    except sqlite3.Error as error:
        raise StoreError(f"{folder}/{FILE}: cannot be used: {error}") from error


def _connection(folder: Path | None) -> sqlite3.Connection:
    if folder is not None and os.access(folder, os.W_OK):
        return sqlite3.connect(folder / FILE, timeout=60, isolation_level=None)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    if folder is not None and (folder / FILE).exists():
        with closing(sqlite3.connect(f"{(folder / FILE).resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as kept:
            kept.backup(connection)
    return connection
