"""Distances on the earth."""

from __future__ import annotations

import math

_EARTH_DIAMETER_KM = 12742.0

Point = tuple[float, float]
"""(longitude, latitude), WGS 84."""


def kilometres(p: Point, q: Point) -> float:
    """Great-circle distance of two points, on a sphere (within 0.6 % of the ellipsoid)."""
    (x1, y1), (x2, y2) = ((math.radians(x), math.radians(y)) for x, y in (p, q))
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return _EARTH_DIAMETER_KM * math.asin(math.sqrt(h))
