"""Which columns a table has, in the order in which they are written, and how a row becomes a line of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import IO, TypeAlias

from kgbuild.resources import data_path

Cell: TypeAlias = str | int | float | tuple[str, ...] | None
Row: TypeAlias = Mapping[str, Cell]
"""A value for each column; a column that a row leaves out is empty. Lists are of names or IRIs."""

SEPARATOR = "|"
"""Between the parts of a list within a cell of CSV."""


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is string, date, integer, number or list."""

    name: str
    type: str
    description_en: str
    description_ar: str


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table of `data/tables`."""
    with data_path("tables", f"{table}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Column(**row) for row in rows)


def write_csv(table: str, rows: Iterable[Row], output: IO[bytes]) -> None:
    """RFC 4180 in UTF-8 with a header line; empty cells are unknown."""
    names = [column.name for column in columns(table)]
    output.write(_line(names))
    for row in rows:
        output.write(_line(_cell(row.get(name)) for name in names))


def _line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: Cell) -> str:
    if isinstance(value, tuple):
        # The sign within a name would make two names of it.
        return SEPARATOR.join(part.replace(SEPARATOR, "/") for part in value)
    return "" if value is None else " ".join(value.split()) if isinstance(value, str) else str(value)
