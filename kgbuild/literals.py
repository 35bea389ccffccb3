"""What literals of a graph mean; None for those that mean nothing of the kind, for an update may write anything."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?")
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_POINT = re.compile(r"\bPOINT\s*\(\s*(-?\d+(?:\.\d*)?)\s+(-?\d+(?:\.\d*)?)\s*\)", re.IGNORECASE)
_EAST, _NORTH = 180.0, 90.0


def day(text: str) -> date | None:
    """A day of the years 1 to 9999 as xsd:date has it, without its time zone."""
    found = _DAY.fullmatch(text)
    with suppress(ValueError):  # the 31st of June
        return date.fromisoformat(found[1]) if found else None
    return None


def number(text: str) -> int | None:
    """A whole number that fits into 64 bits."""
    return int(text) if _WHOLE.fullmatch(text) else None


def point(wkt: str) -> tuple[float, float] | None:
    """Longitude and latitude (WGS 84) of a point in WKT; other geometries have none, nor has what is not on Earth."""
    found = _POINT.search(wkt)
    if found is None:
        return None
    longitude, latitude = float(found[1]), float(found[2])
    return (longitude, latitude) if abs(longitude) <= _EAST and abs(latitude) <= _NORTH else None
