"""/dumps/: the prepared files with their checksums, whole or in ranges.

What the manifest names is served, and nothing else of the folder. Compressed files go out as they are, so that what
arrives has the checksum that is given for it.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from flask import Blueprint, Response, render_template, request, send_file

from server.context import config
from server.dumps import MANIFEST, Dump, Dumps, prepared
from server.formats import HTML, Format, negotiate
from server.problems import ProblemError

_JSON = Format("json", "application/json", "JSON")

blueprint = Blueprint("dumps", __name__)


@blueprint.get("/dumps/")
def listing() -> Response:
    """A page for a browser, the Frictionless data package for a program."""
    found = prepared(config())
    form = negotiate(request.headers.get("Accept", ""), (HTML, _JSON)) or HTML
    if form is _JSON:
        document = found.document if found else {"name": "kgbuild-dumps", "resources": []}
        response = Response(json.dumps(document, ensure_ascii=False), content_type=_JSON.content_type)
    else:
        response = Response(render_template("dumps.html", dumps=found), content_type=HTML.content_type)
    response.vary.update(("Accept", "Accept-Language", "Cookie"))
    return _asked_for_again(response)


@blueprint.get("/dumps/<name>")
def download(name: str) -> Response:
    """A dump, its checksum in the form of `sha256sum`, or the manifest; in ranges and under conditions, if asked."""
    found = prepared(config())
    dump = next((d for d in found.files if name in (d.name, f"{d.name}.sha256")), None) if found else None
    if found is None or (dump is None and name != MANIFEST):
        raise ProblemError(404, "There is no dump {name}. /dumps/ lists those that there are.", name=name[:80])
    path = found.folder / name
    if not path.is_file():
        raise ProblemError(404, "The dump {name} is not there now. Try again a little later.", name=name[:80])
    response = send_file(path, mimetype=_media_type(name, dump), conditional=True, download_name=name)
    if dump is not None and name == dump.name and _is_described(path, dump, found):
        digest = base64.b64encode(bytes.fromhex(dump.sha256)).decode()
        response.headers["Repr-Digest"] = f"sha-256=:{digest}:"  # https://www.rfc-editor.org/rfc/rfc9530
    return _asked_for_again(response)


def _media_type(name: str, dump: Dump | None) -> str:
    if dump is None:
        return "application/json"
    if name != dump.name:
        return "text/plain"
    return "application/gzip" if dump.compressed else dump.media_type


def _is_described(path: Path, dump: Dump, dumps: Dumps) -> bool:
    """Whether the manifest is of this file: while all are prepared anew, files are newer than it."""
    state = path.stat()
    return state.st_size == dump.size and state.st_mtime_ns <= dumps.written


def _asked_for_again(response: Response) -> Response:
    """Kept by nobody without asking whether it is still the same."""
    response.headers["Cache-Control"] = "no-cache"
    return response
