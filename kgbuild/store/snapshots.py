"""Published states: made by hard links, switched by rename, kept while somebody reads them.

A state tells when it was made, in `build.json` beside its database: a clock within the graph would make two builds of
the same articles differ.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph

from kgbuild import __version__
from kgbuild.errors import StoreError
from kgbuild.store.database import DatabaseReader
from kgbuild.store.layout import Folder, damaged, read_manifest, sync_folder
from kgbuild.store.lock import FileLock

GRACE_SECONDS = 600.0
"""How long a snapshot stays after a newer one has taken its place, for readers about to open it."""

_ATTEMPTS = 5
_BUILD = "build.json"


@dataclass(frozen=True, slots=True)
class Build:
    """When the run that published a state started and ended (UTC), and which software it was."""

    started: datetime
    ended: datetime
    software: str


class Snapshot(DatabaseReader):
    """A published state, open for reading; `number` grows with each publishing."""

    def __init__(self, database: pyoxigraph.Store, base: str, path: Path, number: int, lock: FileLock) -> None:
        super().__init__(database, base, path)
        self.number = number
        self._lock = lock

    def close(self) -> None:
        super().close()
        self._lock.release()


def open_snapshot(directory: str | Path) -> Snapshot:
    """Open what was published last in the store at `directory`. StoreError where nothing can be opened."""
    folder = Folder(Path(directory))
    manifest = read_manifest(folder)
    for _ in range(_ATTEMPTS):
        number = current_number(directory)
        path = folder.snapshots / str(number)
        try:
            lock = FileLock.shared(path / "readers.lock")
        except FileNotFoundError:
            continue  # a newer one was published and this one removed since we looked
        except OSError as error:
            raise StoreError(f"{path}: cannot be read: {error.strerror}") from error
        if lock is None or not (path / "data").is_dir():
            continue
        return Snapshot(_open_database(path / "data"), manifest.base, folder.root, number, lock)
    raise StoreError(f"{folder.root}: the published state is damaged; {_remedy(folder)}")


def current_number(directory: str | Path) -> int:
    """The number of the state published last: one look at a link, cheap enough to ask before each request."""
    try:
        # Path.readlink takes ten times as long, and this is asked several times for each request
        return int(os.readlink(f"{directory}/current").rpartition(os.sep)[2])  # noqa: PTH115
    except (OSError, ValueError) as error:
        folder = Folder(Path(directory))
        raise StoreError(f"{folder.root}: nothing is published; {_remedy(folder)}") from error


def read_build(directory: str | Path) -> Build | None:
    """How the state published last was made; None where nobody noted it, as in a store without articles yet."""
    try:
        told = json.loads((Folder(Path(directory)).current / _BUILD).read_text(encoding="utf-8"))
        started, ended = (datetime.fromisoformat(told[name]) for name in ("started", "ended"))
        return Build(started, ended, str(told["software"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remedy(folder: Folder) -> str:
    return f"run again: kgbuild build PATH... --store {folder.root}"


def publish_snapshot(
    folder: Folder, database: pyoxigraph.Store, *, started: datetime | None = None, grace: float = GRACE_SECONDS
) -> int:
    """Make the database's state the one that readers open, and remove states that nobody needs; its number.

    `started` is when the run began whose work this is (UTC); None where there was none.
    """
    folder.snapshots.mkdir(exist_ok=True)
    _discard_unfinished(folder)
    number = max(_numbers(folder), default=0) + 1
    new = folder.snapshots / f"{number}.tmp"
    new.mkdir()
    database.backup(new / "data")
    (new / "readers.lock").touch()
    if started is not None:
        (new / _BUILD).write_text(_build_text(started), encoding="utf-8")
    new.rename(folder.snapshots / str(number))
    sync_folder(folder.snapshots)
    previous = folder.current.readlink() if folder.current.is_symlink() else None
    _switch(folder, number)
    if previous is not None and (folder.root / previous).is_dir():
        os.utime(folder.root / previous)
    prune(folder, keep=number, grace=grace)
    return number


def prune(folder: Folder, *, keep: int, grace: float) -> None:
    """Remove the states that were replaced more than `grace` seconds ago and that nobody has open."""
    for number in _numbers(folder):
        path = folder.snapshots / str(number)
        if number == keep or time.time() - path.stat().st_mtime < grace:
            continue
        lock = FileLock.exclusive(path / "readers.lock")
        if lock is not None:
            doomed = path.with_name(f"{number}.tmp")
            path.rename(doomed)
            shutil.rmtree(doomed)
            lock.release()


def _build_text(started: datetime) -> str:
    times = {"started": started, "ended": datetime.now(UTC)}
    told = {name: when.isoformat(timespec="seconds") for name, when in times.items()}
    return json.dumps(told | {"software": f"kgbuild {__version__}"}, indent=1) + "\n"


def _switch(folder: Folder, number: int) -> None:
    temporary = folder.root / "current.tmp"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(Path("snapshots") / str(number))
    temporary.replace(folder.current)
    sync_folder(folder.root)


def _discard_unfinished(folder: Folder) -> None:
    for path in folder.snapshots.glob("*.tmp"):
        shutil.rmtree(path)


def _numbers(folder: Folder) -> list[int]:
    return sorted(int(path.name) for path in folder.snapshots.iterdir() if path.name.isdecimal())


def _open_database(path: Path) -> pyoxigraph.Store:
    try:
        return pyoxigraph.Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise StoreError(damaged(path, error)) from error
