"""Rows of a query as a page shows them: a table with names for IRIs, and a map or a chart where the rows hold one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kgbuild import literals
from kgbuild.geography import Point
from server.engine.engine import Row, Value
from server.graph import Text, describe
from server.maps import View, view_of
from server.pages.edition import Edition
from server.pages.links import Link
from server.terms import code_label

NAMED_THINGS = 400
MOST_BARS = 60
NUMBERS = ("integer", "decimal", "double", "int", "long")
LEAST_KM = 400.0
WIDTH, HEIGHT = 960, 440


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` hold a link or words for each column, or nothing; `columns` are those to be shown."""

    columns: Sequence[str]
    rows: list[dict[str, Link | Text]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A row on the map."""

    x: float
    y: float
    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class MapView:
    view: View
    spots: list[Spot]


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: `percent` of the longest bar."""

    label: Text
    number: int | float
    percent: float


def table_of(edition: Edition, columns: Sequence[str], rows: Sequence[Row]) -> Table:
    """The rows with the names of our things in them; of very many things, only the first have names."""
    base = edition.base
    ours = dict.fromkeys(v.text for row in rows for v in row.values() if v.kind == "uri" and v.text.startswith(base))
    names = edition.names(describe(edition.engine, list(ours)[:NAMED_THINGS]))
    return Table(columns, [{name: names.value(value) for name, value in row.items()} for row in rows])


def told(table: Table, language: str) -> Table:
    """The table for whoever does not know the query: codes by their labels, no column that repeats what links say."""
    columns = [name for name in table.columns if not _repeats(name, table.rows)]
    return Table(
        columns, [{name: _decoded(row[name], language) for name in columns if name in row} for row in table.rows]
    )


def _decoded(cell: Link | Text, language: str) -> Link | Text:
    label = code_label(cell.text, language) if isinstance(cell, Text) and not cell.language else None
    return Text(label, language) if label else cell


def _repeats(name: str, rows: Sequence[dict[str, Link | Text]]) -> bool:
    """Whether whatever stands in the column is the name of a link beside it."""
    filled = [row for row in rows if name in row]
    return bool(filled) and all(
        isinstance(row[name], Text)
        and any(isinstance(other, Link) and other.text.text == row[name].text for other in row.values())
        for row in filled
    )


def map_of(table: Table, rows: Sequence[Row]) -> MapView | None:
    """The rows with a point in WKT on a map; None where there is none."""
    found: list[tuple[Point, dict[str, Link | Text]]] = []
    for row, shown in zip(rows, table.rows, strict=True):
        wkt = next((value.text for value in row.values() if (value.datatype or "").endswith("#wktLiteral")), "")
        if point := literals.point(wkt):
            found.append((point, shown))
    if not found:
        return None
    view = view_of([point for point, _ in found], least_km=LEAST_KM, width=WIDTH, height=HEIGHT)
    return MapView(view, [_spot(view, point, shown) for point, shown in found])


def _spot(view: View, point: Point, shown: dict[str, Link | Text]) -> Spot:
    link = next((value for value in shown.values() if isinstance(value, Link)), None)
    words = [value.text for value in shown.values() if isinstance(value, Text) and "(" not in value.text]
    return Spot(*view.place(*point), " · ".join([link.text.text] if link else words[:3]), link.href if link else None)


def bars_of(columns: Sequence[str], table: Table, rows: Sequence[Row]) -> list[Bar]:
    """The first column of numbers as bars, labelled by the columns of words before it."""
    measure = next((name for name in columns if rows and all(_number(row.get(name)) is not None for row in rows)), None)
    if measure is None:
        return []
    numbers = [_number(row[measure]) or 0 for row in rows[:MOST_BARS]]
    most = max(numbers) or 1
    words = columns[: columns.index(measure)]
    return [
        Bar(_label(shown, words), number, round(100 * number / most, 1))
        for shown, number in zip(table.rows, numbers, strict=False)
    ]


def _label(shown: dict[str, Link | Text], columns: Sequence[str]) -> Text:
    """Links say their name once; where a column names a thing, its own name column adds nothing."""
    parts: dict[str, str | None] = {}
    for name in columns:
        value = shown.get(name)
        text = value.text if isinstance(value, Link) else value
        if text and text.text not in parts:
            parts[text.text] = text.language
    return Text(" · ".join(parts), next(iter(parts.values()), None) if len(parts) == 1 else None)


def _number(value: Value | None) -> int | float | None:
    if value is None or (value.datatype or "").rpartition("#")[2] not in NUMBERS:
        return None
    number = float(value.text)
    return int(number) if number.is_integer() else number
