"""Maps as SVG, drawn by the server: what lies in a view of the earth, and where in the drawing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kgbuild.geography import Point
from server.basemap import Ring, basemap, cities
from server.geometry import MOST_NORTHERN, latitude_of, mercator

KM_PER_DEGREE = 111.32
WIDTH, HEIGHT = 640, 420
MOST_CITIES = 14
CITY_APART = 100
MARGIN = 30
LEAST_STEP = 1.6


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
        for city in cities():
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
    return tuple(f"{path}Z" for path in view.outlines(basemap().land))


@lru_cache(maxsize=32)
def _rivers(view: View) -> tuple[str, ...]:
    return tuple(view.outlines(basemap().rivers))


def view_of(points: Sequence[Point], *, least_km: float, height: int = HEIGHT, width: int = WIDTH) -> View:
    """A view that holds all points with a margin and is at least `least_km` wide."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = (max(-MOST_NORTHERN, min(MOST_NORTHERN, f(y for _, y in points))) for f in (min, max))
    middle = (mercator(north) + mercator(south)) / 2
    least = least_km / (KM_PER_DEGREE * math.cos(math.radians(latitude_of(middle))))
    across = max((east - west) * 1.25, (mercator(north) - mercator(south)) * 1.3 * width / height, least)
    scale = width / across
    return View((west + east) / 2 - width / 2 / scale, latitude_of(middle + height / 2 / scale), scale, width, height)


def _round_step(about: float) -> float:
    """1, 2 or 5 times a power of ten, not larger than `about`."""
    power = 10.0 ** math.floor(math.log10(about))
    return power * max(step for step in (1, 2, 5) if step * power <= about)


def _multiples(low: float, high: float, step: float) -> Iterator[float]:
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield round(number * step, 6)
