"""Finds the articles whose reports may be of one incident with a given one, however large the store.

The index is derived from the articles' records and kept beside the store between builds. It may list too much (an
article as it was once): whoever asks compares keys again. That it lists too little shows in the number of its articles.
It also notes by which rules the store's reports were merged last.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

_SCHEMA = """
CREATE TABLE about (rules TEXT NOT NULL);
CREATE TABLE article (id INTEGER PRIMARY KEY, graph TEXT NOT NULL UNIQUE);
CREATE TABLE block (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID;
"""
_MOST_VARIABLES = 500

_FIND = "SELECT DISTINCT graph FROM block JOIN article ON article.id = block.article WHERE key IN ({marks})"

Keys = Iterable[int]


class BlockIndex:
    """Articles, by the IRIs of their graphs, under the keys of `kgbuild.merging.blocks`."""

    def __init__(self, folder: Path | None) -> None:
        """Open the index in this folder, or one in memory; a new one has to `begin`."""
        self._path = None if folder is None else folder / "blocks.sqlite"
        if self._path is not None:
            self._path.parent.mkdir(exist_ok=True)
        self._database = self._connect()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path or ":memory:")

    @property
    def rules(self) -> str | None:
        """The rules by which reports were merged when this index was begun; None for one that cannot be used."""
        try:
            found = self._database.execute("SELECT rules FROM about").fetchone()
        except sqlite3.DatabaseError:
            return None
        return None if found is None else str(found[0])

    def begin(self, rules: str) -> None:
        """Forget everything, and note the rules that hold from now on."""
        self._database.close()
        if self._path is not None:
            for path in self._path.parent.glob(self._path.name + "*"):
                path.unlink()
        self._database = self._connect()
        # A loss of power may cost the last changes, which are then missed in the number of articles.
        self._database.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_SCHEMA}")
        with self._database:
            self._database.execute("INSERT INTO about VALUES (?)", (rules,))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __len__(self) -> int:
        """The number of articles."""
        return int(self._database.execute("SELECT COUNT(*) FROM article").fetchone()[0])

    def update(self, graph: str, former: Keys, live: Keys | None) -> None:
        """List an article under the keys of its reports and no longer under its former ones; None where it is gone."""
        run = self._database.execute
        run("INSERT OR IGNORE INTO article (graph) VALUES (?)", (graph,))
        (number,) = run("SELECT id FROM article WHERE graph = ?", (graph,)).fetchone()
        self._database.executemany("DELETE FROM block WHERE key = ? AND article = ?", [(key, number) for key in former])
        if live is None:
            run("DELETE FROM article WHERE id = ?", (number,))
        else:
            self._database.executemany("INSERT OR IGNORE INTO block VALUES (?, ?)", [(key, number) for key in live])

    def commit(self) -> None:
        """Make the changes so far durable, all at once."""
        self._database.commit()

    def find(self, keys: Keys) -> set[str]:
        """The graphs of the articles under any of these keys."""
        wanted = list(keys)
        found: set[str] = set()
        for start in range(0, len(wanted), _MOST_VARIABLES):
            some = wanted[start : start + _MOST_VARIABLES]
            marks = ", ".join("?" * len(some))
            found.update(graph for (graph,) in self._database.execute(_FIND.format(marks=marks), some))
        return found
