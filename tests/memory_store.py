"""A store in memory, for tests that build many graphs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph

from kgbuild.config import DEFAULT_BASE
from kgbuild.store import Change
from kgbuild.store.changes import update_text
from kgbuild.store.database import DatabaseReader


class MemoryStore(DatabaseReader):
    """Behaves as the embedded store does; `published` is what readers would see."""

    def __init__(self) -> None:
        super().__init__(pyoxigraph.Store(), DEFAULT_BASE, Path("memory"))
        self.unfinished = False
        self._folder = TemporaryDirectory()
        self.scratch = Path(self._folder.name)
        self.published: list[str] = []

    def apply(self, change: Change) -> None:
        if change:
            self.unfinished = True
            self.database.update(update_text(change))

    def publish(self) -> None:
        self.unfinished = False
        self.published = sorted(map(str, self.quads()))

    def close(self) -> None:
        super().close()
        self._folder.cleanup()

    def __del__(self) -> None:
        self._folder.cleanup()
