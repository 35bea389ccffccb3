"""/static: the files of the pages; an address with their hash may be kept for ever."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from server.static_files import names, read

FOR_EVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("static_files", __name__)


@blueprint.get("/static/<path:name>")
def static_file(name: str) -> Response:
    file = read(name) if name in names() else None
    if file is None:
        abort(404)
    kept = FOR_EVER if request.args.get("v") == file.tag else "no-cache"
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    if request.if_none_match.contains(file.tag):
        response = Response(status=304, headers=headers)
    elif file.packed and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = Response(file.packed, headers={**headers, "Content-Encoding": "gzip"})
    else:
        response = Response(file.body, headers=headers)
    response.content_type = file.media_type
    response.set_etag(file.tag)
    return response


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """For browsers that ask for it on pages that name no icon."""
    return static_file("icon.svg")
