"""/dumps/: the files that `kgbuild export --all` has prepared, with their checksums, whole or in ranges.

What the manifest names is served, and nothing else of the folder. Compressed files go out as they are, so that what
arrives has the checksum that is given for it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, send_file

from kgbuild.config import ServerConfig
from server.context import config
from server.formats import HTML, Format, negotiate
from server.problems import ProblemError

MANIFEST = "datapackage.json"
FOLDER = "dumps"
"""Where in a store's folder they are looked for, if no other folder is named."""

_JSON = Format("json", "application/json", "JSON")
_GRAPHS = frozenset(
    {"application/n-quads", "application/trig", "text/turtle", "application/ld+json", "application/n-triples"}
)

blueprint = Blueprint("dumps", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """A prepared file. `titles` by language; `size` in bytes; `sha256` in hexadecimal digits."""

    name: str
    titles: Mapping[str, str]
    media_type: str
    size: int
    sha256: str
    compressed: bool

    @property
    def is_graph(self) -> bool:
        """Whether it is RDF."""
        return self.media_type in _GRAPHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Dumps:
    """A folder of dumps; `document` is its manifest as it stands, `written` the time of it in nanoseconds."""

    folder: Path
    files: tuple[Dump, ...]
    document: Mapping[str, Any]
    written: int


def state_of(settings: ServerConfig) -> int:
    """A number that changes when other dumps are prepared; 0 where there are none."""
    try:
        return (_folder(settings) / MANIFEST).stat().st_mtime_ns
    except OSError:
        return 0


def prepared(settings: ServerConfig) -> Dumps | None:
    """What is there to download now, None where nothing was prepared. ProblemError for a damaged manifest."""
    folder = _folder(settings)
    try:
        written = (folder / MANIFEST).stat().st_mtime_ns
        return _read(folder, written)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        current_app.logger.error("%s: no manifest of dumps: %s", folder / MANIFEST, error)
        raise ProblemError(
            503, "The list of dumps is damaged. Prepare them again with kgbuild export --all."
        ) from error


def _folder(settings: ServerConfig) -> Path:
    return Path(settings.dumps or Path(settings.store) / FOLDER)


@lru_cache(maxsize=4)
def _read(folder: Path, written: int) -> Dumps:
    document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    files = tuple(_dump(resource) for resource in document["resources"])
    return Dumps(folder=folder.resolve(), files=files, document=document, written=written)


def _dump(resource: Mapping[str, Any]) -> Dump:
    return Dump(
        name=Path(resource["path"]).name,
        titles={"en": resource["title"], "ar": resource.get("title_ar", resource["title"])},
        media_type=resource["mediatype"],
        size=int(resource["bytes"]),
        sha256=str(resource["hash"]).removeprefix("sha256:"),
        compressed=resource.get("compression") == "gz",
    )


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
    return _shared(response)


@blueprint.get("/dumps/<name>")
def download(name: str) -> Response:
    """A dump, its checksum in the form of `sha256sum`, or the manifest; in ranges and under conditions, if asked."""
    found = prepared(config())
    dump = next((d for d in found.files if name in (d.name, f"{d.name}.sha256")), None) if found else None
    if found is None or (dump is None and name != MANIFEST):
        raise ProblemError(404, f"There is no dump {name}. /dumps/ lists those that there are.")
    path = found.folder / name
    if not path.is_file():
        raise ProblemError(404, f"The dump {name} is not there now.")
    response = send_file(path, mimetype=_media_type(name, dump), conditional=True, download_name=name)
    if dump is not None and name == dump.name and _is_described(path, dump, found):
        digest = base64.b64encode(bytes.fromhex(dump.sha256)).decode()
        response.headers["Repr-Digest"] = f"sha-256=:{digest}:"  # https://www.rfc-editor.org/rfc/rfc9530
    return _shared(response)


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


def _shared(response: Response) -> Response:
    """For pages of other hosts too, which read the data in the browser."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"
    return response


def distributions(settings: ServerConfig, root: str) -> Iterator[tuple[Dump, str]]:
    """The dumps with their addresses, for VoID and DCAT."""
    found = prepared(settings)
    for dump in found.files if found else ():
        yield dump, f"{root}/dumps/{dump.name}"
