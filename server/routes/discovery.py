"""/robots.txt, /sitemap.xml and /opensearch.xml: how crawlers and browsers find their way.

https://www.rfc-editor.org/rfc/rfc9309, https://www.sitemaps.org/protocol.html,
https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, render_template, request

from server.context import config, tables
from server.graph import path_of

URLS_A_FILE = 20_000
FIXED = ("/", "/map", "/timeline", "/incidents", "/statistics", "/queries", "/ontology")
XML = "application/xml; charset=utf-8"

_LISTED = """SELECT iri FROM (
        SELECT iri FROM incident UNION ALL SELECT iri FROM thing UNION ALL SELECT iri FROM document
    ) LIMIT ? OFFSET ?"""
_COUNTED = """SELECT (SELECT COUNT(*) FROM incident) + (SELECT COUNT(*) FROM thing)
    + (SELECT COUNT(*) FROM document)"""

blueprint = Blueprint("discovery", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    return Response(render_template("robots.txt", root=_root()), content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def sitemap_index() -> Response:
    files = -(-(tables().number(_COUNTED) or 1) // URLS_A_FILE)
    text = render_template("sitemap-index.xml", root=_root(), numbers=range(1, files + 1))
    return Response(text, content_type=XML)


@blueprint.get("/sitemap-<int(min=1, max=1000000):number>.xml")
def sitemap(number: int) -> Response:
    pages = list(_pages(number))
    if not pages:
        abort(404)
    return Response(render_template("sitemap.xml", root=_root(), pages=pages), content_type=XML)


def _pages(number: int) -> Iterator[str]:
    """The paths of one file of the sitemap; the first begins with the pages that are always there."""
    if number == 1:
        yield from FIXED
    for row in tables().rows(_LISTED, (URLS_A_FILE, (number - 1) * URLS_A_FILE)):
        path = path_of(row["iri"], config().base)
        if path and "#" not in path:
            yield f"{path}.html"


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    text = render_template("opensearch.xml", root=_root())
    return Response(text, content_type="application/opensearchdescription+xml; charset=utf-8")


def _root() -> str:
    return request.url_root.rstrip("/")
