"""The incidents of a selection as data: CSV, GeoJSON and JSON-LD, written while they are read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from itertools import chain

from flask import Response, stream_with_context

from kgbuild.vocab import CKO
from server.catalogue.selection import Selection
from server.context import config, this_edition
from server.formats import Format
from server.pages.edition import Edition
from server.pages.listing import IncidentRow, incident_rows

DOWNLOADS = (
    Format("csv", "text/csv", "CSV", charset=True),
    Format("geojson", "application/geo+json", "GeoJSON", ("application/json",), ("json",)),
    Format("jsonld", "application/ld+json", "JSON-LD"),
)
BATCH = 500
COLUMNS = (
    "iri", "title", "type", "date", "places", "longitude", "latitude", "actors", "alleged", "killed_min", "killed_max",
    "killed_best", "injured_min", "injured_max", "injured_best", "status", "certainty", "reports",
)  # fmt: skip
CONTEXT = {
    "@vocab": CKO.iri,
    "id": "@id",
    "type": {"@id": "@type", "@type": "@vocab"},
    "title": "http://www.w3.org/2000/01/rdf-schema#label",
    "date": {"@id": f"{CKO.iri}startDate", "@type": "http://www.w3.org/2001/XMLSchema#date"},
    "places": {"@id": f"{CKO.iri}place", "@type": "@id"},
}


def download_of(selection: Selection, form: Format) -> Response:
    """All incidents of the selection, streaming."""
    writers: dict[str, Callable[[Iterator[IncidentRow]], Iterator[str]]] = {
        "csv": _csv,
        "geojson": _geojson,
        "jsonld": _jsonld,
    }
    edition = this_edition()
    first = incident_rows(edition, selection, limit=BATCH)  # before anything is sent, so that what fails can be told
    rows = chain(first, _further_rows(edition, selection))
    lines = stream_with_context(writers[form.extension](rows))
    response = Response(lines, content_type=form.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="incidents.{form.extension}"'
    return response


def _further_rows(edition: Edition, selection: Selection) -> Iterator[IncidentRow]:
    offset = BATCH
    while batch := incident_rows(edition, selection, limit=BATCH, offset=offset):
        yield from batch
        offset += BATCH


def _values(row: IncidentRow) -> tuple[object, ...]:
    longitude, latitude = row.point or (None, None)
    places, actors = (" | ".join(link.text.text for link in links) for links in (row.places, row.actors))
    return (
        row.iri, row.title.text, row.cls, row.iso_date, places, longitude, latitude, actors,
        row.alleged if row.actors else None, *row.killed, *row.injured, row.status, row.certainty, row.reports,
    )  # fmt: skip


def _csv(rows: Iterator[IncidentRow]) -> Iterator[str]:
    """https://www.rfc-editor.org/rfc/rfc4180; formulas that a spreadsheet would run are made text."""
    yield ",".join(COLUMNS) + "\r\n"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([harmless(value) for value in _values(row)])
        yield line.getvalue()


def harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t" and value else value


def _geojson(rows: Iterator[IncidentRow]) -> Iterator[str]:
    """https://www.rfc-editor.org/rfc/rfc7946"""
    yield '{"type": "FeatureCollection", "features": [\n'
    for number, row in enumerate(rows):
        geometry = {"type": "Point", "coordinates": row.point} if row.point else None
        properties = {k: v for k, v in zip(COLUMNS, _values(row), strict=True) if k not in ("longitude", "latitude")}
        feature = {"type": "Feature", "id": row.iri, "geometry": geometry, "properties": properties}
        yield (",\n" if number else "") + json.dumps(feature, ensure_ascii=False)
    yield "\n]}\n"


def _jsonld(rows: Iterator[IncidentRow]) -> Iterator[str]:
    """Each incident with its class, label, day, places and figures, in the terms of the ontology."""
    yield json.dumps({"@context": CONTEXT})[:-1] + ', "@graph": [\n'
    base = config().base
    for number, row in enumerate(rows):
        yield (",\n" if number else "") + json.dumps(_linked(row, base), ensure_ascii=False)
    yield "\n]}\n"


def _linked(row: IncidentRow, base: str) -> dict[str, object]:
    figures = dict(zip(("killedMin", "killedMax", "killedBest"), row.killed, strict=True))
    figures |= dict(zip(("injuredMin", "injuredMax", "injuredBest"), row.injured, strict=True))
    values = {
        "id": row.iri,
        "type": [name for name in ("Incident", row.cls) if name],
        "title": {"@value": row.title.text, "@language": row.title.language},
        "date": row.iso_date,
        "places": [base + link.href.removeprefix("/") for link in row.places],
        **figures,
        "reportCount": row.reports,
    }
    return {name: value for name, value in values.items() if value not in (None, [])}
