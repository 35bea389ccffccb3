"""The newest catalogue, made in the background whenever a new snapshot has come."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgbuild.config import ServerConfig
from kgbuild.errors import StoreError
from kgbuild.store import current_number
from server.catalogue.check import Checked, check
from server.child_processes import run_module
from server.word_keys import match_pattern

LONGEST_BUILD_SECONDS = 600
LONG_SECONDS, MOST_KEPT, MOST_KEPT_ROWS = 0.002, 500, 2000
"""From when on an answer is worth keeping, how many are kept, and how long they may be."""

MOST_CHECKED = 500_000
"""Statements up to which a snapshot is checked by the server; the check holds them all in memory for a while."""

_FIND = "SELECT iri, label, language FROM names WHERE names MATCH ? ORDER BY weight + bm25(names) LIMIT ?"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found, and the name by which it was found."""

    iri: str
    label: str
    language: str | None


class Tables:
    """One finished catalogue, read by any number of threads, each by a connection that nobody else has at the time."""

    def __init__(self, path: Path, snapshot: int) -> None:
        self.path, self.snapshot = path, snapshot
        self.checked: Checked | None = None
        self._idle: list[sqlite3.Connection] = []
        self._kept: OrderedDict[tuple[str, tuple[object, ...]], list[sqlite3.Row]] = OrderedDict()
        self._lock = threading.Lock()

    def rows(self, text: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """What a query finds; the short answers that took long are kept, since a catalogue never changes."""
        key = text, tuple(values)
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None:
            return kept
        began = time.perf_counter()
        found = self._ask(text, key[1])
        if time.perf_counter() - began > LONG_SECONDS and len(found) <= MOST_KEPT_ROWS:
            with self._lock:
                self._kept[key] = found
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        return found

    def _ask(self, text: str, values: tuple[object, ...]) -> list[sqlite3.Row]:
        try:
            connection = self._idle.pop()
        except IndexError:
            address = f"file:{self.path}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            connection.row_factory = sqlite3.Row
        try:
            return connection.execute(text, values).fetchall()
        finally:
            self._idle.append(connection)

    def __del__(self) -> None:
        """A connection refers to itself, so that it would stay open, with its caches, until the collector comes by.

        The file goes no sooner than its last reader, who may have opened nothing yet.
        """
        for connection in self._idle:
            connection.close()
        self.path.unlink(missing_ok=True)

    def number(self, text: str, values: Sequence[object] = ()) -> int:
        """The one number that a query counts."""
        return int(self.rows(text, values)[0][0] or 0)

    def find(self, text: str, limit: int) -> list[Hit]:
        """Things whose name holds words that begin with the words of `text`, the best first, each once."""
        pattern = match_pattern(text)
        if not pattern:
            return []
        hits: dict[str, Hit] = {}
        for row in self.rows(_FIND, (pattern, limit * 4)):
            hits.setdefault(row["iri"], Hit(row["iri"], row["label"], row["language"] or None))
        return list(hits.values())[:limit]


class Catalogue:
    """Thread-safe. The first reader waits for the first catalogue; later ones get the newest that is ready."""

    def __init__(self, config: ServerConfig, prepare: Callable[[Tables], None] = lambda _: None) -> None:
        """`prepare` asks a new catalogue what everybody will ask it, before anybody does."""
        self._config, self._prepare = config, prepare
        self._folder = Path(tempfile.mkdtemp(prefix="kgbuild-catalogue-"))
        self._making = threading.Lock()
        self._made: Tables | None = None
        self._closed = False

    def start(self) -> None:
        """Make the first one before anybody asks."""
        threading.Thread(target=self._make_quietly, daemon=True).start()

    @property
    def snapshot(self) -> int:
        """The number of the snapshot that the newest catalogue was made of; 0 before the first."""
        return self._made.snapshot if self._made else 0

    def tables(self) -> Tables:
        """StoreError where nothing has been published yet."""
        made = self._made
        if made is None:
            self._make(wait=True)
        elif made.snapshot < current_number(self._config.store):
            threading.Thread(target=self._make_quietly, daemon=True).start()
        assert self._made is not None
        return self._made

    def close(self) -> None:
        """Remove the files; what is still being made of them fails, and is not worth a word."""
        self._closed = True
        shutil.rmtree(self._folder, ignore_errors=True)

    def _make_quietly(self) -> None:
        try:
            self._make(wait=False)
        except (StoreError, OSError, sqlite3.Error) as error:
            self._warn("the catalogue stays as it was: %s", error)

    def _make(self, *, wait: bool) -> None:
        if not self._making.acquire(blocking=wait):
            return
        try:
            number = current_number(self._config.store)
            if self._made is None or self._made.snapshot < number:
                path = self._folder / f"{number}.sqlite"
                _build(self._config, path)
                made = Tables(path, number)
                self._prepare(made)
                self._made = made
                threading.Thread(target=self._check, args=(made,), daemon=True).start()
        finally:
            self._making.release()

    def _check(self, made: Tables) -> None:
        try:
            if made.number("SELECT n FROM fact WHERE topic = 'statements'") <= MOST_CHECKED:
                made.checked = check(self._config.store)
        except (StoreError, OSError, subprocess.SubprocessError, sqlite3.Error) as error:
            self._warn("whether the store keeps its shapes is not known: %s", error)

    def _warn(self, message: str, error: Exception) -> None:
        if not self._closed:
            _log.warning(message, error)


def _build(config: ServerConfig, path: Path) -> None:
    done = run_module("server.catalogue.build", config.store, config.base, str(path), timeout=LONGEST_BUILD_SECONDS)
    if done.returncode:
        raise StoreError(f"{config.store}: no catalogue could be made of it: {done.stderr.strip()[-500:]}")
