"""The incidents in view of a map that moves, as GeoJSON: what lies in one cell is one cluster."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from server.catalogue.catalogue import Tables
from server.catalogue.selection import Selection
from server.geometry import latitude_of, mercator
from server.graph import path_of
from server.pages.listing import title_of

LEAST_CELL, LARGEST_CELL = 1e-4, 60.0
MOST_CLUSTERS = 2000

_CLUSTERS = """SELECT COUNT(*) AS n, AVG(longitude) AS x, AVG(northing) AS y, SUM(killed_known) AS killed,
    MIN(longitude) AS west, MAX(longitude) AS east, MIN(latitude) AS south, MAX(latitude) AS north,
    iri, class, label_ar, label_en, MAX(COALESCE(first, ''))
    FROM incident WHERE {where} AND longitude BETWEEN ? AND ? AND northing BETWEEN ? AND ?
    GROUP BY CAST((longitude + 180) / ? AS INTEGER), CAST((northing + 360) / ? AS INTEGER)
    ORDER BY n DESC LIMIT ?"""
"""Of the columns that are not aggregated, SQLite takes those of the row with the greatest `first`."""


def clusters(
    tables: Tables, selection: Selection, view: Sequence[float], cell: float, *, base: str, language: str
) -> dict[str, object]:
    """`view` is west, south, east, north; `cell` the side of a cell in degrees of longitude."""
    where, values = selection.where(base)
    west, south, east, north = view
    side = min(max(cell, LEAST_CELL), LARGEST_CELL)
    rows = tables.rows(
        _CLUSTERS.format(where=where),
        [*values, west, east, mercator(south), mercator(north), side, side, MOST_CLUSTERS],
    )
    return {"type": "FeatureCollection", "features": [_feature(row, base, language) for row in rows]}


def _feature(row: sqlite3.Row, base: str, language: str) -> dict[str, object]:
    """https://www.rfc-editor.org/rfc/rfc7946#section-3.2"""
    return {
        "type": "Feature",
        "bbox": [row["west"], row["south"], row["east"], row["north"]],
        "geometry": {"type": "Point", "coordinates": [round(row["x"], 5), round(latitude_of(row["y"]), 5)]},
        "properties": {
            "count": row["n"],
            "killed": row["killed"],
            "cls": row["class"],
            "title": title_of(row, base, language),
            "href": path_of(row["iri"], base) or row["iri"],
        },
    }
