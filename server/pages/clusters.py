"""The incidents in view of a map that moves, as GeoJSON: what lies in one cell is one cluster."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from server.catalogue.selection import Selection
from server.geometry import latitude_of, mercator
from server.pages.edition import Edition
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


def clusters(edition: Edition, selection: Selection, view: Sequence[float], cell: float) -> dict[str, object]:
    """`view` is west, south, east, north; `cell` the side of a cell in degrees of longitude."""
    where, values = selection.where(edition.base)
    west, south, east, north = view
    side = min(max(cell, LEAST_CELL), LARGEST_CELL)
    rows = edition.tables.rows(
        _CLUSTERS.format(where=where),
        [*values, west, east, mercator(south), mercator(north), side, side, MOST_CLUSTERS],
    )
    return {"type": "FeatureCollection", "features": [_feature(edition, row) for row in rows]}


def _feature(edition: Edition, row: sqlite3.Row) -> dict[str, object]:
    """https://www.rfc-editor.org/rfc/rfc7946#section-3.2"""
    return {
        "type": "Feature",
        "bbox": [row["west"], row["south"], row["east"], row["north"]],
        "geometry": {"type": "Point", "coordinates": [round(row["x"], 5), round(latitude_of(row["y"]), 5)]},
        "properties": {
            "count": row["n"],
            "killed": row["killed"],
            "cls": row["class"],
            "title": title_of(edition, row),
            "href": edition.href(row["iri"]),
        },
    }
