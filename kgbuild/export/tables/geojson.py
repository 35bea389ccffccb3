"""`geojson`: RFC 7946, one incident a feature and a line, with the columns of `csv` as properties.

The geometry is the point of the incident's place, or several points where it was at several places; without any it is
null. `place_precision` tells how precise it is: a governorate's point does not say that something happened there.
"""

from __future__ import annotations

import json
from typing import IO, Any

from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Event
from kgbuild.export.tables.columns import columns
from kgbuild.export.tables.incidents import incident_row
from kgbuild.export.tables.sites import site_of
from kgbuild.store import Reader

_IN_GEOMETRY = ("longitude", "latitude")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def geojson(reader: Reader, output: IO[bytes]) -> None:
    """The incidents, by day."""
    graph, separator = GraphReader(reader), b""
    output.write(b'{"type":"FeatureCollection","features":[\n')
    for event in graph.events():
        line = _ENCODER.encode(feature(graph, event))
        output.write(separator + line.encode("utf-8", "backslashreplace"))
        separator = b",\n"
    output.write(b"\n]}\n")


def feature(graph: GraphReader, event: Event) -> dict[str, Any]:
    """One incident."""
    row = incident_row(graph, event)
    names = (column.name for column in columns("incidents") if column.name not in _IN_GEOMETRY)
    return {
        "type": "Feature",
        "id": event.iri,
        "geometry": _geometry(graph, event),
        "properties": {name: row.get(name) for name in names},
    }


def _geometry(graph: GraphReader, event: Event) -> dict[str, Any] | None:
    site = site_of(graph, event)
    points = list(dict.fromkeys(place.point for place in site.places if place.point))
    if len(points) > 1:
        return {"type": "MultiPoint", "coordinates": points}
    return {"type": "Point", "coordinates": site.point} if site.point else None
