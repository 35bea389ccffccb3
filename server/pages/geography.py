"""Where places are, how precisely, and what lies around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kgbuild import literals
from kgbuild.geography import Point
from server.engine.engine import Engine
from server.geometry import radius_km


@dataclass(slots=True)
class Located:
    """A place with the places around it, and its geometry where it is known."""

    iri: str
    point: Point | None = None
    precision: str | None = None
    containers: set[str] = field(default_factory=set)

    @property
    def radius_km(self) -> float:
        return radius_km(self.precision)


def locate(engine: Engine, places: Iterable[str]) -> dict[str, Located]:
    """The finest geometry of each place, and everything that contains it."""
    found = {iri: Located(iri) for iri in sorted(set(places))}
    if not found:
        return {}
    for row in engine.select("containers", things=[NamedNode(iri) for iri in found]):
        place = found[row["place"].text]
        if "container" in row:
            place.containers.add(row["container"].text)
        elif point := literals.point(row["wkt"].text):
            precision = row["precision"].text if "precision" in row else None
            if place.point is None or radius_km(precision) < place.radius_km:
                place.point, place.precision = point, precision
    return found
