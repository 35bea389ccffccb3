"""/incidents, /map and /timeline: one selection of incidents in three views, and as data."""

from __future__ import annotations

import json
import math
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request

from server.basemap import ground
from server.catalogue.selection import Selection, box_of
from server.context import config, this_edition
from server.downloads import DOWNLOADS, download_of
from server.formats import HTML, by_extension, names_of, negotiate
from server.headers import SECURITY_HEADERS
from server.language import current
from server.pages.clusters import clusters
from server.pages.incidents import incidents_page, map_page
from server.problems import UNKNOWN_FORMAT, ProblemError

VIEWS = ("incidents", "map", "timeline")

blueprint = Blueprint("incidents", __name__)


@blueprint.get("/<any(incidents, map, timeline):view>")
def show(view: str) -> Response:
    form = negotiate(request.headers.get("Accept", ""), (HTML, *DOWNLOADS)) or HTML
    if form is not HTML:
        return download_of(asked_selection(), form)
    selection = asked_selection()
    number = min(max(request.args.get("page", 1, type=int), 1), 100_000)
    edition = this_edition()
    page = map_page(edition, selection) if view == "map" else incidents_page(edition, selection, number)
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
        if not math.isfinite(cell):
            raise ValueError(cell)
    except ValueError:
        raise ProblemError(
            400, "Give view as west,south,east,north and cell as a number, in degrees: view=38,35,40,37&cell=0.5."
        ) from None
    found = clusters(this_edition(), asked_selection(), view, cell)
    return Response(json.dumps(found, ensure_ascii=False), content_type="application/geo+json")


@blueprint.get("/map/ground")
def map_ground() -> Response:
    """The shapes that lie under the map, and the names of cities."""
    return Response(ground(current()), content_type="application/json")


@blueprint.get("/<any(incidents, map, timeline):_view>.<extension>")
def download(_view: str, extension: str) -> Response:
    form = by_extension(DOWNLOADS, extension)
    if form is None:
        raise ProblemError(404, UNKNOWN_FORMAT, name=extension[:20], known=names_of(DOWNLOADS))
    return download_of(asked_selection(), form)


def asked_selection() -> Selection:
    """The filters of the request; a SelectionError is an answer with the status 400."""
    return Selection.of(request.args)
