"""`parquet`: the table of `csv` with types: dates, numbers and lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import IO, Any

from kgbuild.errors import UsageError
from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.tables.columns import Column, columns
from kgbuild.export.tables.incidents import incident_row
from kgbuild.store import Reader

_ROWS = 5000
"""Rows of one group: what is held in memory."""


def parquet(reader: Reader, output: IO[bytes]) -> None:
    """The incidents, by day. UsageError without the extra `parquet`."""
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise UsageError("writing parquet needs the extra: pip install 'kgbuild[parquet]'") from error
    types = {
        "string": pyarrow.string(), "date": pyarrow.date32(), "integer": pyarrow.int64(), "number": pyarrow.float64(),
        "list": pyarrow.list_(pyarrow.string()),
    }  # fmt: skip
    schema = pyarrow.schema([(column.name, types[column.type]) for column in columns("incidents")])
    graph = GraphReader(reader)
    rows = (_typed(incident_row(graph, event)) for event in graph.events())
    with ParquetWriter(pyarrow.PythonFile(_Sink(output), mode="w"), schema) as writer:
        for batch in _batches(rows):
            writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))


class _Sink:
    """An output as pyarrow wants it: it asks whether it is closed, and closing it is left to who opened it."""

    closed = False

    def __init__(self, output: IO[bytes]) -> None:
        self.write, self.flush = output.write, output.flush

    def close(self) -> None:
        self.closed = True


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    return {column.name: _value(column, row.get(column.name)) for column in columns("incidents")}


def _value(column: Column, value: Any) -> Any:
    return date.fromisoformat(value) if column.type == "date" and value is not None else value


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, _ROWS)):
        yield batch
