"""Exports hold a few records at a time: ten times the incidents take no more memory."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from kgbuild.export import FORMATS, graph_reader
from kgbuild.export.wikibase import numbers
from kgbuild.ids import incident_iri, report_iri
from kgbuild.store import open_snapshot
from tests.export.stories import BASE, INCIDENTS, article, quads, report, write_store

_OURS = [name for name in FORMATS if name not in ("nquads", "trig", "turtle", "jsonld", "jsonl", "parquet")]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Stores with so many incidents, each told by an article of its own."""
    found = {}
    for size in (40, 400):
        found[size] = tmp_path_factory.mktemp("sized") / "store"
        names = [f"n{number}" for number in range(size)]
        incidents = [incident_iri(BASE, report_iri(BASE, name, 0)) for name in names]
        articles = [article(n, 9, report(n, incident=i)) for n, i in zip(names, incidents, strict=True)]
        write_store(found[size], quads(articles, [replace(INCIDENTS[0], iri=i, replaced=()) for i in incidents]))
    return found


class _Nowhere:
    """Takes what is written and keeps none of it."""

    def write(self, data: bytes) -> int:
        return len(data)


def _peak(name: str, folder: Path) -> int:
    """The most memory, in bytes, that an export takes in Python."""
    sink: IO[bytes] = _Nowhere()  # type: ignore[assignment]
    with open_snapshot(folder) as snapshot:
        tracemalloc.start()
        try:
            FORMATS[name](snapshot, sink)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("name", _OURS)
def test_memory_does_not_grow_with_the_store(
    name: str, folders: dict[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (graph_reader, numbers):
        monkeypatch.setattr(module, "_REMEMBERED", 20)
    _peak(name, folders[40])  # what is loaded once and stays
    assert _peak(name, folders[400]) < 1.5 * _peak(name, folders[40]) + 200_000
