"""Where places are, how precisely, and what lies around them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode

from server.engine.engine import Engine
from server.maps import Point

_POINT = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)", re.IGNORECASE)
_PRECISION = Path(__file__).resolve().parent.parent / "data" / "precision.toml"
_UNKNOWN_KM = 10.0


@dataclass(slots=True)
class Located:
    """A place with the places around it, and its geometry where it is known."""

    iri: str
    point: Point | None = None
    precision: str | None = None
    containers: set[str] = field(default_factory=set)

    @property
    def radius_km(self) -> float:
        return radii().get(self.precision or "", _UNKNOWN_KM)


def locate(engine: Engine, places: Iterable[str]) -> dict[str, Located]:
    """The finest geometry of each place, and everything that contains it."""
    found = {iri: Located(iri) for iri in sorted(set(places))}
    if not found:
        return {}
    for row in engine.select("containers", things=[NamedNode(iri) for iri in found]):
        place = found[row["place"].text]
        if "container" in row:
            place.containers.add(row["container"].text)
        elif point := point_of(row["wkt"].text):
            precision = row["precision"].text if "precision" in row else None
            if place.point is None or radii().get(precision or "", _UNKNOWN_KM) < place.radius_km:
                place.point, place.precision = point, precision
    return found


def point_of(wkt: str) -> Point | None:
    """Longitude and latitude of a WKT point; None for another geometry."""
    match = _POINT.search(wkt)
    return (float(match[1]), float(match[2])) if match else None


@lru_cache(maxsize=1)
def radii() -> Mapping[str, float]:
    """Kilometres within which the true place lies, by the code of its precision."""
    with _PRECISION.open("rb") as file:
        document: Mapping[str, Mapping[str, float]] = tomllib.load(file)
    return document["radius_km"]
