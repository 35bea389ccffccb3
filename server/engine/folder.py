"""The one place where the engine opens the embedded store."""

from __future__ import annotations

from pyoxigraph import Store

from kgbuild.store import EmbeddedStore, Snapshot, open_snapshot, open_store

GRACE_SECONDS = 10.0
"""How long a replaced snapshot stays when the server publishes: long enough for a reader about to open it."""


class OpenSnapshot:
    """The snapshot a worker has open; `database` is the engine's own handle, for its datasets and formats."""

    def __init__(self, store: str) -> None:
        self._store = store
        self._snapshot: Snapshot | None = None

    @property
    def number(self) -> int:
        return self._snapshot.number if self._snapshot else 0

    def at_least(self, number: int) -> Store:
        """The database of snapshot `number` or, where that has been replaced, of a later one."""
        if self._snapshot is None or self._snapshot.number < number:
            if self._snapshot:
                self._snapshot.close()
            self._snapshot = open_snapshot(self._store)
        return self._snapshot.database


def open_for_writing(store: str) -> EmbeddedStore:
    """Raises StoreBusyError while a build is running."""
    return open_store(store, create=False)
