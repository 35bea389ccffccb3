"""Degrees on the map, and how far the true place may be from a point."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

MOST_NORTHERN = 84.0

_PRECISION = Path(__file__).resolve().parent / "data" / "precision.toml"
_UNKNOWN_KM = 10.0


def mercator(latitude: float) -> float:
    """A latitude in Mercator's projection, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(max(-MOST_NORTHERN, min(MOST_NORTHERN, latitude))))))


def latitude_of(northing: float) -> float:
    """The reverse of `mercator`."""
    return math.degrees(math.atan(math.sinh(math.radians(northing))))


def radius_km(precision: str | None) -> float:
    """Kilometres within which the true place lies, by the code of its precision."""
    return _radii().get(precision or "", _UNKNOWN_KM)


@lru_cache(maxsize=1)
def _radii() -> Mapping[str, float]:
    with _PRECISION.open("rb") as file:
        document: Mapping[str, Mapping[str, float]] = tomllib.load(file)
    return document["radius_km"]
