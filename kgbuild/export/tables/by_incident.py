"""Tables that have one row for an incident."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Event
from kgbuild.export.tables.columns import Row, write_csv
from kgbuild.store import Reader


def write_incidents(
    table: str, row_of: Callable[[GraphReader, Event], Row | None], reader: Reader, output: IO[bytes]
) -> None:
    """The incidents by day, without those of which `row_of` makes nothing."""
    graph = GraphReader(reader)
    rows = (row_of(graph, event) for event in graph.events())
    write_csv(table, (row for row in rows if row is not None), output)
