"""/incidents, /map and /timeline: one selection of incidents in three views, and as data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request, stream_with_context

from kgbuild.vocab import CKO
from server.catalogue.selection import Selection, SelectionError, box_of
from server.context import config, tables
from server.formats import HTML, Format, by_extension, negotiate
from server.headers import SECURITY_HEADERS
from server.language import current
from server.maps import ground
from server.pages.clusters import clusters
from server.pages.incidents import incidents_page, map_page
from server.pages.listing import IncidentRow, incident_rows
from server.problems import ProblemError

VIEWS = ("incidents", "map", "timeline")
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

blueprint = Blueprint("incidents", __name__)


@blueprint.get("/<any(incidents, map, timeline):view>")
def show(view: str) -> Response:
    form = negotiate(request.headers.get("Accept", ""), (HTML, *DOWNLOADS)) or HTML
    if form is not HTML:
        return _download(form)
    selection, language = asked_selection(), current()
    number = min(max(request.args.get("page", 1, type=int), 1), 100_000)
    if view == "map":
        page = map_page(tables(), selection, base=config().base, language=language)
    else:
        page = incidents_page(tables(), selection, base=config().base, language=language, page=number)
    values = {"page": page, "view": view, "views": VIEWS, "downloads": DOWNLOADS, "tiles": config().tiles}
    html = render_template(f"{view}.html", **values)
    response = Response(html, content_type=HTML.content_type)
    response.vary.add("Accept")
    if view == "map" and config().tiles:
        response.headers["Content-Security-Policy"] = _with_tiles(config().tiles)
    return response


def _with_tiles(template: str) -> str:
    """The map may ask the tile server for pictures."""
    parts = urlsplit(template)
    return SECURITY_HEADERS["Content-Security-Policy"].replace("data:", f"data: {parts.scheme}://{parts.netloc}")


@blueprint.get("/map/clusters")
def map_clusters() -> Response:
    """What a map that moves shows: `view` as west,south,east,north and `cell`, in degrees."""
    try:
        view, cell = box_of(request.args.get("view", "")), float(request.args.get("cell", ""))
    except ValueError:
        raise ProblemError(400, "view is west,south,east,north, and cell a number of degrees.") from None
    found = clusters(tables(), asked_selection(), view, cell, base=config().base, language=current())
    return Response(json.dumps(found, ensure_ascii=False), content_type="application/geo+json")


@blueprint.get("/map/ground")
def map_ground() -> Response:
    """The shapes that lie under the map, and the names of cities."""
    return Response(ground(current()), content_type="application/json")


@blueprint.get("/<any(incidents, map, timeline):_view>.<extension>")
def download(_view: str, extension: str) -> Response:
    form = by_extension(DOWNLOADS, extension)
    if form is None:
        raise ProblemError(404, f"Incidents are not there as {extension[:20]}.")
    return _download(form)


def asked_selection() -> Selection:
    try:
        return Selection.of(request.args)
    except SelectionError as error:
        raise ProblemError(400, str(error)) from None


def _download(form: Format) -> Response:
    """All incidents of the selection, streaming."""
    writers: dict[str, Callable[[Iterator[IncidentRow]], Iterator[str]]] = {
        "csv": _csv,
        "geojson": _geojson,
        "jsonld": _jsonld,
    }
    rows = _all_rows(asked_selection(), current())
    lines = stream_with_context(writers[form.extension](rows))
    response = Response(lines, content_type=form.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="incidents.{form.extension}"'
    return response


def _all_rows(selection: Selection, language: str) -> Iterator[IncidentRow]:
    found, base = tables(), config().base

    def generate() -> Iterator[IncidentRow]:
        offset = 0
        while batch := incident_rows(found, selection, base=base, language=language, limit=BATCH, offset=offset):
            yield from batch
            offset += BATCH

    return generate()


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
        csv.writer(line).writerow([_harmless(value) for value in _values(row)])
        yield line.getvalue()


def _harmless(value: object) -> object:
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
