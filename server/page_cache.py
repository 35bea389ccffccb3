"""Pages change only when a snapshot does: they carry a tag, are not sent again to who has them, and not made twice."""

from __future__ import annotations

import gzip
import hashlib
from typing import TypeAlias

from flask import Flask, Response, current_app, g, request

from kgbuild.errors import StoreError
from server.catalogue.catalogue import Catalogue
from server.context import config, engine
from server.dumps import state_of
from server.engine.kept import Kept

CACHE_BYTES = 32 << 20
LARGEST_CACHED = 1 << 20
LEAST_COMPRESSED = 1000
COMPRESSION_LEVEL = 5
COMPRESSED = ("text/", "image/svg", "application/")
SKIPPED = ("/sparql", "/update", "/store", "/healthz", "/metrics", "/static", "/dumps")
VARY = ("Accept", "Accept-Language", "Cookie")

Page: TypeAlias = tuple[bytes, list[tuple[str, str]]]


def register(app: Flask) -> None:
    app.extensions["page_cache"] = Kept[Page](CACHE_BYTES)
    app.before_request(_answer_from_cache)
    app.after_request(_compress)  # what is registered later runs earlier
    app.after_request(_keep)


def _answer_from_cache() -> Response | None:
    if request.method not in ("GET", "HEAD") or request.path.startswith(SKIPPED) or "lang" in request.args:
        return None
    g.tag = tag = _tag()
    if tag and request.if_none_match.contains(tag):
        response = Response(status=304)
        response.set_etag(tag)
        response.headers["Cache-Control"] = "no-cache"
        response.vary.update(VARY)
        g.cached = True
        return response
    found = _cache().get(engine().snapshot(), tag) if tag else None
    if found is None:
        return None
    g.cached = True
    return Response(found[0], headers=found[1])


def _tag() -> str:
    """All that a page depends on; empty where there is nothing to depend on."""
    catalogue: Catalogue = current_app.extensions["catalogue"]
    try:
        states = engine().snapshot(), catalogue.snapshot, state_of(config())
    except StoreError:
        return ""
    parts = (*states, request.full_path, request.url_root, request.headers.get("Accept"), g.language)
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _keep(response: Response) -> Response:
    tag = g.get("tag")
    if not tag or g.get("cached") or response.status_code != 200 or "Set-Cookie" in response.headers:
        return response
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.update(VARY)
    if request.method == "GET" and not response.is_streamed:
        body = response.get_data()
        if len(body) <= LARGEST_CACHED:
            _cache().put(engine().snapshot(), tag, (body, list(response.headers)), len(body))
    return response


def _cache() -> Kept[Page]:
    """The pages asked for last over the newest snapshot, by their tag."""
    found: Kept[Page] = current_app.extensions["page_cache"]
    return found


def _compress(response: Response) -> Response:
    """Small and long answers go out as they are."""
    if (
        response.is_streamed
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
        or not (response.mimetype or "").startswith(COMPRESSED)
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or len(response.get_data()) < LEAST_COMPRESSED
    ):
        return response
    response.set_data(gzip.compress(response.get_data(), COMPRESSION_LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
