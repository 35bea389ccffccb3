"""Names and titles of the graph for searching: folded as the extraction folds them, so that spellings meet.

"raqqa", "رقة" and "الرقّة" find the same. The index is made of one snapshot, in memory; while one of a newer snapshot is
being made, the older one answers.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kgbuild.arabic.normalise import fold_key
from server.engine.engine import Engine, Row

ARTICLE = "ال"
LEAST_AFTER_ARTICLE = 2

_SCHEMA = (
    "CREATE VIRTUAL TABLE names USING fts5(key, iri UNINDEXED, label UNINDEXED, language UNINDEXED, weight UNINDEXED)"
)
_FIND = "SELECT iri, label, language FROM names WHERE names MATCH ? ORDER BY weight + bm25(names) LIMIT ?"
_PREFERENCE = {"entity": 0.0, "incident": 2.0, "document": 3.0}


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found, and the name by which it was found."""

    iri: str
    label: str
    language: str | None


class SearchIndex:
    """Thread-safe. The first search waits for the index, later ones only ask."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._making = threading.Lock()
        self._made: tuple[int, sqlite3.Connection] | None = None

    def find(self, text: str, limit: int) -> list[Hit]:
        """Things whose name holds words that begin with the words of `text`, the best first, each once."""
        words = key_words(text)
        if not words:
            return []
        pattern = " ".join(f'"{word}"*' for word in words)
        database = self._current()
        with self._lock:
            found = database.execute(_FIND, (pattern, limit * 4)).fetchall()
        hits: dict[str, Hit] = {}
        for iri, label, language in found:
            hits.setdefault(iri, Hit(iri, label, language or None))
        return list(hits.values())[:limit]

    def _current(self) -> sqlite3.Connection:
        snapshot = self._engine.snapshot()
        made = self._made
        if made is None:
            self._make(snapshot, wait=True)
        elif made[0] < snapshot:
            threading.Thread(target=self._make, args=(snapshot,), kwargs={"wait": False}, daemon=True).start()
        assert self._made is not None
        return self._made[1]

    def _make(self, snapshot: int, *, wait: bool) -> None:
        if not self._making.acquire(blocking=wait):
            return
        try:
            if self._made is None or self._made[0] < snapshot:
                self._made = (snapshot, build(_names(self._engine)))
        finally:
            self._making.release()


def _names(engine: Engine) -> Iterator[tuple[str, Row]]:
    incidents = NamedNode(f"{engine.config.base}graph/incidents")
    for kind in _PREFERENCE:
        for row in engine.read_rows(f"names-{kind}", incidents=incidents):
            yield kind, row


def build(rows: Iterable[tuple[str, Row]]) -> sqlite3.Connection:
    """An index over rows of `thing` and `name`."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute(_SCHEMA)
    database.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?)", (_entry(kind, row) for kind, row in rows))
    database.commit()
    return database


def _entry(kind: str, row: Row) -> tuple[str, str, str, str, float]:
    name = row["name"]
    length = min(len(name.text), 80) / 80
    return (
        " ".join(key_words(name.text)),
        row["thing"].text,
        name.text,
        name.language or "",
        _PREFERENCE[kind] + length,
    )


def key_words(text: str) -> Sequence[str]:
    """The words to compare: folded, without the Arabic article."""
    return [_bare(word) for word in fold_key(text).split()]


def _bare(word: str) -> str:
    bare = word.removeprefix(ARTICLE)
    return bare if len(bare) > LEAST_AFTER_ARTICLE else word
