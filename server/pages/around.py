"""What else happened near an incident, and what was like it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from server.catalogue.catalogue import Tables
from server.pages.edition import Edition
from server.pages.listing import IncidentRow, rows_of

SHOWN = 5
NEARBY_DEGREES = 0.45
"""About 50 km to the north and south."""

_NEARBY = """SELECT number FROM incident
    WHERE longitude BETWEEN ? AND ? AND latitude BETWEEN ? AND ? AND number != ?
    ORDER BY abs(longitude - ?) * ? + abs(latitude - ?) + abs(julianday(first) - julianday(?)) / 100.0, number
    LIMIT ?"""
_SIMILAR = """SELECT incident.number, COUNT(DISTINCT link.iri) AS shared
    FROM link JOIN incident ON incident.number = link.incident
    WHERE link.iri IN (SELECT iri FROM link WHERE incident = ? AND role IN ('place', 'actor', 'weapon', 'target'))
    AND role IN ('place', 'actor', 'weapon', 'target') AND class = ? AND incident.number != ?
    GROUP BY incident.number ORDER BY shared DESC, abs(julianday(first) - julianday(?)), incident.number LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Around:
    """`nearby` in place and time, `similar` of the same class with the same actors, places and weapons."""

    nearby: list[IncidentRow]
    similar: list[IncidentRow]


def around(edition: Edition, iri: str) -> Around:
    """Nothing for an incident that the catalogue does not know yet."""
    tables = edition.tables
    found = tables.rows("SELECT number, longitude, latitude, class, first FROM incident WHERE iri = ?", (iri,))
    if not found:
        return Around([], [])
    number, longitude, latitude, cls, first = found[0]
    near = _near(tables, number, longitude, latitude, first) if longitude is not None else []
    values = (number, cls, number, first, SHOWN + len(near))
    alike = [row["number"] for row in tables.rows(_SIMILAR, values) if row["number"] not in near][:SHOWN]
    return Around(rows_of(edition, near), rows_of(edition, alike))


def _near(tables: Tables, number: int, longitude: float, latitude: float, first: str | None) -> list[int]:
    shrink = max(0.1, math.cos(math.radians(latitude)))
    across = NEARBY_DEGREES / shrink
    box = (longitude - across, longitude + across, latitude - NEARBY_DEGREES, latitude + NEARBY_DEGREES)
    values = (*box, number, longitude, shrink, latitude, first, SHOWN)
    return [row["number"] for row in tables.rows(_NEARBY, values)]
