"""The incidents of a selection as dots on a map that stands still; what lies together is one dot."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

from server.catalogue.selection import Selection
from server.geometry import latitude_of
from server.maps import View, view_of
from server.pages.edition import Edition
from server.pages.listing import title_of

LEAST_KM = 420.0
MARGIN = 0.02
CELL = 30.0
"""Pixels within which incidents are counted together."""

SMALLEST, LARGEST = 5.0, 20.0
OVERLAP = 0.85
"""Dots that come nearer than this share of their radii become one."""

_COUNTED = """SELECT COUNT(*) AS n, AVG(longitude) AS x, AVG(northing) AS y, SUM(MAX(1, killed_known)) AS weight,
    MIN(longitude) AS west, MAX(longitude) AS east, MIN(latitude) AS south, MAX(latitude) AS north,
    SUM(killed_known) AS killed, iri, class, label_ar, label_en, MAX(COALESCE(first, ''))
    FROM incident WHERE {where} AND longitude IS NOT NULL
    GROUP BY CAST((longitude + 180) / ? AS INTEGER), CAST((northing + 360) / ? AS INTEGER)"""
"""Of the columns that are not aggregated, SQLite takes those of the row with the greatest `first`."""

_EDGES = """SELECT MIN(longitude), MIN(northing), MAX(longitude), MAX(northing) FROM incident
    WHERE {where} AND longitude IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class Dot:
    """Incidents that lie together on the map: `count` of them, of which `title` and `cls` are those of the newest."""

    x: float
    y: float
    radius: float
    count: int
    cls: str | None
    href: str
    title: str
    killed: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Incidents that lie together, in pixels; `row` is that of the newest of the largest part."""

    x: float
    y: float
    n: int
    weight: int
    killed: int
    box: tuple[float, float, float, float]
    row: sqlite3.Row

    @property
    def radius(self) -> float:
        """Grows with the dead, or with the incidents where nobody counted."""
        return round(min(LARGEST, SMALLEST + 2.6 * math.log(self.weight)), 1)

    def touches(self, other: _Group) -> bool:
        return math.hypot(self.x - other.x, self.y - other.y) < OVERLAP * (self.radius + other.radius)

    def with_(self, other: _Group) -> _Group:
        west, south, east, north = other.box
        box = (min(self.box[0], west), min(self.box[1], south), max(self.box[2], east), max(self.box[3], north))
        total = self.n + other.n
        return replace(
            self,
            x=round((self.x * self.n + other.x * other.n) / total, 1),
            y=round((self.y * self.n + other.y * other.n) / total, 1),
            n=total,
            weight=self.weight + other.weight,
            killed=self.killed + other.killed,
            box=box,
        )


def dots(edition: Edition, selection: Selection, *, height: int, width: int) -> tuple[View | None, list[Dot]]:
    """A map of a selection; a dot of several incidents leads to the map of these."""
    where, values = selection.where(edition.base)
    edges = edition.tables.rows(_EDGES.format(where=where), values)[0]
    if edges[0] is None:
        return None, []
    corners = [(edges[0], latitude_of(edges[1])), (edges[2], latitude_of(edges[3]))]
    view = view_of(corners, least_km=LEAST_KM, height=height, width=width)
    cell = CELL / view.scale
    rows = edition.tables.rows(_COUNTED.format(where=where), [*values, cell, cell])
    groups = apart(_group(view, row) for row in rows)
    made = [_dot(edition, group, selection) for group in groups]
    return view, sorted(made, key=lambda dot: -dot.radius)


def apart(groups: Iterable[_Group]) -> list[_Group]:
    """The larger first; what would cover one that is there already joins it."""
    kept: list[_Group] = []
    for group in sorted(groups, key=lambda group: (-group.n, group.x, group.y)):
        near = next((index for index, other in enumerate(kept) if other.touches(group)), None)
        if near is None:
            kept.append(group)
        else:
            kept[near] = kept[near].with_(group)
    return kept


def _group(view: View, row: sqlite3.Row) -> _Group:
    x, y = view.project(row["x"], row["y"])
    box = (row["west"], row["south"], row["east"], row["north"])
    return _Group(x, y, row["n"], row["weight"], row["killed"], box, row)


def _dot(edition: Edition, group: _Group, selection: Selection) -> Dot:
    href = edition.href(group.row["iri"])
    if group.n > 1:
        west, south, east, north = group.box
        edges = (west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)
        href = f"/map?{selection.but(box=','.join(f'{edge:.3f}' for edge in edges)).query()}"
    title = title_of(edition, group.row)
    return Dot(group.x, group.y, group.radius, group.n, group.row["class"], href, title, group.killed)
