"""The one place where the engine opens the embedded store."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field

from pyoxigraph import RdfFormat, Store

from kgbuild.store import EmbeddedStore, Snapshot, open_snapshot, open_store
from server.engine.date_index import DateIndex

GRACE_SECONDS = 10.0
"""How long a replaced snapshot stays when the server publishes: long enough for a reader about to open it."""

STATEMENT_SIZE = 800
"""Bytes of memory that a statement of a replica takes, with its share of the terms; 450 to 740 as measured."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A snapshot that is open: the copy in memory, where queries take a half to a fifth of the time, or that on disk.

    Only the copy has an index of its dates.
    """

    number: int
    database: Store
    dates: DateIndex = field(default_factory=DateIndex)


class OpenSnapshot:
    """What a worker reads: the replica it was born with, else the snapshot on disk that it has open."""

    def __init__(self, store: str, replica: Opened | None) -> None:
        self._store, self._replica = store, replica
        self._snapshot: Snapshot | None = None

    def at_least(self, number: int) -> Opened:
        """Snapshot `number` or, where that has been replaced, a later one."""
        if self._replica and self._replica.number >= number:
            return self._replica
        if self._snapshot is None or self._snapshot.number < number:
            if self._snapshot:
                self._snapshot.close()
            self._snapshot = open_snapshot(self._store)
        return Opened(self._snapshot.number, self._snapshot.database)


def load_replica(store: str, size: int) -> Opened | None:
    """Copy the newest snapshot into memory, None where that would take more than about `size` bytes.

    The copy goes over a file of N-Quads: the engine's bulk loader is the quickest way.
    """
    with open_snapshot(store) as snapshot, tempfile.NamedTemporaryFile(suffix=".nq") as file:
        if len(snapshot.database) * STATEMENT_SIZE > size:
            return None
        snapshot.database.dump(file.name, RdfFormat.N_QUADS)
        database = Store()
        database.bulk_load(path=file.name, format=RdfFormat.N_QUADS)
        return Opened(snapshot.number, database, DateIndex.of(database))


def open_for_writing(store: str) -> EmbeddedStore:
    """Raises StoreBusyError while a build is running."""
    return open_store(store, create=False)
