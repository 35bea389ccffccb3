"""The store on this machine's disk: a pyoxigraph database, one writer, published snapshots."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph

from kgbuild.config import DEFAULT_BASE
from kgbuild.errors import StoreError
from kgbuild.store.changes import Change, update_text
from kgbuild.store.database import DatabaseReader
from kgbuild.store.layout import Folder, check_ours, damaged, read_manifest, write_durably, write_manifest
from kgbuild.store.lock import FileLock, writer_lock
from kgbuild.store.protocol import Store
from kgbuild.store.snapshots import GRACE_SECONDS, publish_snapshot

_FLUSH_AFTER = 96 << 20
"""Characters of updates after which the engine writes what it holds in memory: else that grows beyond a gigabyte."""

_OPTIMIZE_AFTER = 0.25
"""Share of the database, in characters of updates, after which it is worth being put in order for readers."""


class EmbeddedStore(DatabaseReader, Store):
    """The writer's view of a store on disk; see `kgbuild.store.layout` for the folder."""

    def __init__(self, folder: Folder, database: pyoxigraph.Store, base: str, lock: FileLock) -> None:
        super().__init__(database, base, folder.root)
        self._folder = folder
        self._lock = lock
        self._opened = datetime.now(UTC)
        self._marked = folder.unfinished.exists()
        self._since_flush = self._since_opening = 0

    @property
    def unfinished(self) -> bool:
        return self._marked

    @property
    def scratch(self) -> Path:
        return self._folder.scratch

    def apply(self, change: Change) -> None:
        """Make a change in one transaction of the database. Raises StoreError where it cannot be written."""
        if not change:
            return
        try:
            self.update(update_text(change))
        except (OSError, SyntaxError) as error:
            raise StoreError(f"{self.path}: nothing was changed, for it cannot be written: {error}") from error

    def update(self, text: str, *, base_iri: str | None = None) -> None:
        """Run a SPARQL update in one transaction; the engine's own errors pass through."""
        if not self._marked:
            write_durably(self._folder.unfinished, "")
            self._marked = True
        self._database.update(text, base_iri=base_iri)
        self._since_opening += len(text)
        self._since_flush += len(text)
        if self._since_flush > _FLUSH_AFTER:
            self._database.flush()
            self._since_flush = 0

    def publish(self, *, grace: float = GRACE_SECONDS) -> None:
        """Let readers see the present state; older states stay `grace` seconds, and as long as somebody reads them."""
        try:
            if self._since_opening > _OPTIMIZE_AFTER * _size(self._folder.data):
                self._database.optimize()
                self._since_opening = 0
            publish_snapshot(self._folder, self._database, started=self._opened, grace=grace)
            self._folder.unfinished.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be published: {error}") from error
        self._marked = False

    def close(self) -> None:
        super().close()
        self._lock.release()


def open_folder(directory: str | Path, *, base: str | None = None, create: bool = True) -> EmbeddedStore:
    """Open a store in a folder for writing, and make it where there is none and `create` is set.

    `base` is the base of its data IRIs; None takes that of the store, or the default for a new one. Raises
    StoreBusyError where somebody else writes, StoreError where the folder cannot be used.
    """
    folder = Folder(Path(directory))
    try:
        if create and not folder.manifest.exists():
            folder.root.mkdir(parents=True, exist_ok=True)
            check_ours(folder)
        manifest = None if create and not folder.manifest.exists() else read_manifest(folder)
        if manifest is not None and base is not None and base != manifest.base:
            raise StoreError(f"{folder.root}: its data IRIs begin with {manifest.base}, not with {base}")
        lock = writer_lock(folder.lock)
        try:
            return _open_locked(folder, lock, base or DEFAULT_BASE)
        except BaseException:
            lock.release()
            raise
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreError(f"{folder.root}: a file is in the way; name a folder of its own for the store") from error
    except OSError as error:
        raise StoreError(f"{folder.root}: cannot be opened for writing: {error.strerror or error}") from error


def _open_locked(folder: Folder, lock: FileLock, base: str) -> EmbeddedStore:
    if folder.manifest.exists() and not folder.data.is_dir():
        raise StoreError(damaged(folder.data, "it is not there"))
    try:
        database = pyoxigraph.Store(str(folder.data))
    except RuntimeError as error:
        raise StoreError(damaged(folder.data, error)) from error
    if not folder.manifest.exists():
        publish_snapshot(folder, database)
        write_manifest(folder, base)
    return EmbeddedStore(folder, database, read_manifest(folder).base, lock)


def _size(folder: Path) -> int:
    """Bytes in the database's files. The engine removes some while we look."""
    total = 0
    for path in folder.glob("*.sst"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total
