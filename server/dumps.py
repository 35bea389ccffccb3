"""The files that `kgbuild export --all` has prepared, as their manifest tells of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app

from kgbuild.config import ServerConfig
from server.problems import ProblemError

MANIFEST = "datapackage.json"
FOLDER = "dumps"
"""Where in a store's folder they are looked for, if no other folder is named."""

_GRAPHS = frozenset(
    {"application/n-quads", "application/trig", "text/turtle", "application/ld+json", "application/n-triples"}
)


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


def distributions(settings: ServerConfig, root: str) -> Iterator[tuple[Dump, str]]:
    """The dumps with their addresses, for VoID and DCAT."""
    found = prepared(settings)
    for dump in found.files if found else ():
        yield dump, f"{root}/dumps/{dump.name}"
