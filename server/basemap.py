"""What lies under every map: coasts, rivers, and cities to find one's way by."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kgbuild.geography import Point

_DATA = Path(__file__).resolve().parent / "data"

MOST_NAMED = 900
"""Cities for a map that moves."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The outline of a piece of land or a river's course, with the box around it: west, south, east, north."""

    points: tuple[Point, ...]
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class City:
    """A city to find one's way by; `names` by language."""

    longitude: float
    latitude: float
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Basemap:
    """The shapes that lie under every map."""

    land: tuple[Ring, ...]
    rivers: tuple[Ring, ...]


@lru_cache(maxsize=1)
def basemap() -> Basemap:
    """Read once; `data/make_basemap.py` has the encoding."""
    document = json.loads((_DATA / "basemap.json").read_text(encoding="utf-8"))
    return Basemap(tuple(map(_ring, document["rings"])), tuple(map(_ring, document["rivers"])))


@lru_cache(maxsize=1)
def cities() -> tuple[City, ...]:
    """The larger cities come first."""
    lines = (_DATA / "cities.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return tuple(City(float(x), float(y), {"en": english, "ar": arabic}) for x, y, _, english, arabic in rows)


def ground(language: str) -> bytes:
    """Land, rivers and cities as JSON, for a map that the browser draws; the shapes are as in the file."""
    shapes = json.loads((_DATA / "basemap.json").read_text(encoding="utf-8"))
    named = [[city.longitude, city.latitude, city.names[language]] for city in cities()[:MOST_NAMED]]
    document = {"rings": shapes["rings"], "rivers": shapes["rivers"], "cities": named}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _ring(numbers: Sequence[int]) -> Ring:
    x = y = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 1000, y / 1000))
    xs, ys = zip(*points, strict=True)
    return Ring(tuple(points), (min(xs), min(ys), max(xs), max(ys)))
