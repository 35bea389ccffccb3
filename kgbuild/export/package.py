"""All formats in one folder, with a manifest: a Frictionless data package, https://specs.frictionlessdata.io/data-package/"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kgbuild import __version__
from kgbuild.errors import unwritable
from kgbuild.export.formats import FORMATS, export
from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.output import write_whole
from kgbuild.export.tables.columns import columns
from kgbuild.resources import data_path
from kgbuild.store import Reader, value_of
from kgbuild.vocab import CKO, DCTERMS

MANIFEST = "datapackage.json"

_NEEDS = {"parquet": "pyarrow"}
"""Formats that a package writes which may be absent; without it they are left out."""

_LICENSES = (
    {
        "name": "CC0-1.0",
        "title": "CC0 1.0 Universal",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    },
)
_FIELD_TYPES = {"list": "string"}


def export_all(
    reader: Reader,
    folder: Path,
    *,
    part: Mapping[str, object] | None = None,
    on_file: Callable[[Path], None] = lambda _: None,
) -> Path:
    """Write every format into a folder, each with its `.sha256`, and a manifest when all are there; its path.

    `part` is what the manifest tells of how the reader's incidents were chosen, nothing where it has all of them.
    `on_file` hears of every file. UsageError where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    resources = []
    for name, entry in files().items():
        path = folder / entry["name"]
        resources.append(_resource(name, entry, path, export(reader, name, path)))
        on_file(path)
    manifest = folder / MANIFEST
    _write(manifest, _package(reader, resources) | ({"part": part} if part else {}))
    return manifest


@cache
def files() -> Mapping[str, Mapping[str, str]]:
    """The files by format, those left out whose package is absent; see `data/tables/files.toml`."""
    with data_path("tables", "files.toml").open("rb") as file:
        listed = tomllib.load(file)
    return {name: listed[name] for name in FORMATS if name in listed and _is_possible(name)}


def _is_possible(name: str) -> bool:
    return name not in _NEEDS or find_spec(_NEEDS[name]) is not None


def _resource(name: str, entry: Mapping[str, str], path: Path, digest: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "path": path.name,
        "type": "table" if "table" in entry else "file",
        "title": entry["title"],
        "title_ar": entry["title_ar"],
        "format": path.name.removesuffix(".gz").rpartition(".")[2],
        "mediatype": entry["media"],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }
    if path.suffix == ".gz":
        found["compression"] = "gz"
    if "table" in entry:
        found |= {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": _schema(entry["table"])}
    return found


def _schema(table: str) -> dict[str, Any]:
    fields = [
        {"name": c.name, "type": _FIELD_TYPES.get(c.type, c.type), "description": c.description_en}
        for c in columns(table)
    ]
    return {"fields": fields, "missingValues": [""]}


def _package(reader: Reader, resources: list[dict[str, Any]]) -> dict[str, Any]:
    issued = (value_of(quad.object) for quad in reader.quads(None, DCTERMS.issued))
    return {
        "profile": "data-package",
        "name": "kgbuild-dumps",
        "title": "Incidents of armed conflict, with who says so",
        "description": "What articles report of incidents, merged over the articles, in several formats.",
        "version": max(issued, default="1970-01-01"),
        "software": f"kgbuild {__version__}",
        "licenses": list(_LICENSES),
        "counts": dict(_counts(reader)),
        "resources": resources,
    }


def _counts(reader: Reader) -> Iterator[tuple[str, int]]:
    graph = GraphReader(reader)
    yield "incidents", sum(1 for _ in graph.event_iris())
    yield "reports", sum(1 for _ in reader.quads(None, CKO.describes))
    yield "quads", sum(1 for _ in reader.quads())


def _write(path: Path, content: Mapping[str, Any]) -> None:
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n")
