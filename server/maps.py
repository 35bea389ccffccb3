"""Maps as SVG, drawn by the server: coasts and borders, a scale, and what is to be shown on them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kgbuild.geography import Point
from server.geometry import MOST_NORTHERN, latitude_of, mercator

_DATA = Path(__file__).resolve().parent / "data"

KM_PER_DEGREE = 111.32
WIDTH, HEIGHT = 640, 420
MOST_CITIES, MOST_NAMED = 14, 900
"""Cities on a map that stands still, and the larger ones for a map that moves."""

CITY_APART = 100
MARGIN = 30
LEAST_STEP = 1.6


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
class View:
    """A part of the earth in Mercator's projection, as large as the drawing."""

    west: float
    north: float
    scale: float
    width: int = WIDTH
    height: int = HEIGHT

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        return self.project(longitude, mercator(latitude))

    def project(self, longitude: float, northing: float) -> tuple[float, float]:
        """The same for a latitude that is projected already."""
        x = (longitude - self.west) * self.scale
        y = (mercator(self.north) - northing) * self.scale
        return round(x, 1), round(y, 1)

    def pixels(self, km: float, latitude: float) -> float:
        """How long a distance is at that latitude."""
        return km / (KM_PER_DEGREE * math.cos(math.radians(latitude))) * self.scale

    @property
    def east(self) -> float:
        return self.west + self.width / self.scale

    @property
    def south(self) -> float:
        return latitude_of(mercator(self.north) - self.height / self.scale)

    def land(self) -> Iterator[str]:
        """The paths of all land in view."""
        return iter(_land(self))

    def rivers(self) -> Iterator[str]:
        """The paths of all rivers in view."""
        return iter(_rivers(self))

    def cities(self, language: str, taken: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float, str]]:
        """The largest cities that fit beside each other and beside the pixels `taken`: x, y, name."""
        placed = list(taken)
        for city in _cities():
            x, y = self.place(city.longitude, city.latitude)
            inside = MARGIN < x < self.width - MARGIN and MARGIN / 2 < y < self.height - MARGIN / 2
            if inside and all(abs(x - a) > CITY_APART or abs(y - b) > CITY_APART / 3 for a, b in placed):
                placed.append((x, y))
                yield x, y, city.names[language]
            if len(placed) - len(taken) == MOST_CITIES:
                return

    def _sees(self, ring: Ring) -> bool:
        west, south, east, north = ring.box
        return west < self.east and east > self.west and south < self.north and north > self.south

    def _path(self, ring: Ring) -> str:
        return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in self._outline(ring))

    def outlines(self, rings: Sequence[Ring]) -> Iterator[str]:
        return (self._path(ring) for ring in rings if self._sees(ring))

    def _outline(self, ring: Ring) -> Iterator[tuple[float, float]]:
        """Points that are hardly a pixel away from the one before are left out."""
        last: tuple[float, float] | None = None
        for longitude, latitude in ring.points:
            point = self.place(longitude, latitude)
            if last is None or abs(point[0] - last[0]) + abs(point[1] - last[1]) >= LEAST_STEP:
                yield point
                last = point

    def graticule(self) -> Iterator[tuple[str, float, float]]:
        """Meridians (`x`) and parallels (`y`): kind, pixels, degrees."""
        step = _round_step((self.east - self.west) / 4)
        for degrees in _multiples(self.west, self.east, step):
            yield "x", self.place(degrees, self.north)[0], degrees
        for degrees in _multiples(self.south, self.north, step):
            yield "y", self.place(self.west, degrees)[1], degrees

    def scale_bar(self) -> tuple[float, float]:
        """A round number of kilometres of about a fifth of the width, and its length in pixels."""
        latitude = (self.north + self.south) / 2
        km = _round_step(self.width / 5 / self.pixels(1, latitude))
        return km, round(self.pixels(km, latitude), 1)


@lru_cache(maxsize=32)
def _land(view: View) -> tuple[str, ...]:
    return tuple(f"{path}Z" for path in view.outlines(_basemap().land))


@lru_cache(maxsize=32)
def _rivers(view: View) -> tuple[str, ...]:
    return tuple(view.outlines(_basemap().rivers))


def view_of(points: Sequence[Point], *, least_km: float, height: int = HEIGHT, width: int = WIDTH) -> View:
    """A view that holds all points with a margin and is at least `least_km` wide."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = (max(-MOST_NORTHERN, min(MOST_NORTHERN, f(y for _, y in points))) for f in (min, max))
    middle = (mercator(north) + mercator(south)) / 2
    least = least_km / (KM_PER_DEGREE * math.cos(math.radians(latitude_of(middle))))
    across = max((east - west) * 1.25, (mercator(north) - mercator(south)) * 1.3 * width / height, least)
    scale = width / across
    return View((west + east) / 2 - width / 2 / scale, latitude_of(middle + height / 2 / scale), scale, width, height)


@dataclass(frozen=True, slots=True)
class Basemap:
    """The shapes that lie under every map."""

    land: tuple[Ring, ...]
    rivers: tuple[Ring, ...]


@lru_cache(maxsize=1)
def _basemap() -> Basemap:
    document = json.loads((_DATA / "basemap.json").read_text(encoding="utf-8"))
    return Basemap(tuple(map(_ring, document["rings"])), tuple(map(_ring, document["rivers"])))


@lru_cache(maxsize=1)
def _cities() -> tuple[City, ...]:
    """The larger cities come first."""
    lines = (_DATA / "cities.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return tuple(City(float(x), float(y), {"en": english, "ar": arabic}) for x, y, _, english, arabic in rows)


def ground(language: str) -> bytes:
    """Land, rivers and cities as JSON, for a map that the browser draws; `make_basemap.py` has the encoding."""
    shapes = json.loads((_DATA / "basemap.json").read_text(encoding="utf-8"))
    cities = [[city.longitude, city.latitude, city.names[language]] for city in _cities()[:MOST_NAMED]]
    document = {"rings": shapes["rings"], "rivers": shapes["rivers"], "cities": cities}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _ring(numbers: Sequence[int]) -> Ring:
    """See `data/make_basemap.py` for the encoding."""
    x = y = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 1000, y / 1000))
    xs, ys = zip(*points, strict=True)
    return Ring(tuple(points), (min(xs), min(ys), max(xs), max(ys)))


def _round_step(about: float) -> float:
    """1, 2 or 5 times a power of ten, not larger than `about`."""
    power = 10.0 ** math.floor(math.log10(about))
    return power * max(step for step in (1, 2, 5) if step * power <= about)


def _multiples(low: float, high: float, step: float) -> Iterator[float]:
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield round(number * step, 6)
