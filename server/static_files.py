"""/static: the files of the pages, compressed once; an address with their hash may be kept for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, request

FOLDER = Path(__file__).resolve().parent / "static"
COMPRESSED = ("text/", "application/", "image/svg")
FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
"""What the machine's own tables may lack."""

blueprint = Blueprint("static_files", __name__)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent; `packed` is empty where packing gains nothing."""

    body: bytes
    packed: bytes
    media_type: str
    tag: str


@blueprint.get("/static/<path:name>")
def static_file(name: str) -> Response:
    file = read(name) if name in _names() else None
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


def address(name: str) -> str:
    """The URL of a file, which changes when the file does."""
    return f"/static/{quote(name)}?v={read(name).tag}"


@lru_cache(maxsize=64)
def read(name: str) -> File:
    body = (FOLDER / name).read_bytes()
    suffix = Path(name).suffix
    media_type = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if media_type.startswith("text/") and "charset" not in media_type:
        media_type += "; charset=utf-8"
    packed = gzip.compress(body, 9, mtime=0) if media_type.startswith(COMPRESSED) else b""
    return File(body, packed, media_type, hashlib.sha256(body).hexdigest()[:16])


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """What there is to be had; nothing outside the folder."""
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
