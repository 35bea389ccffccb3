"""Where the data files are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_path(*parts: str) -> Path:
    """A file or folder of `kgbuild/data`."""
    return _PACKAGE.joinpath("data", *parts)


def package_path(*parts: str) -> Path:
    """A file of the package itself."""
    return _PACKAGE.joinpath(*parts)


def ontology_path(*parts: str) -> Path:
    """A file or folder of `ontology`."""
    return _top_level("ontology").joinpath(*parts)


def queries_path(*parts: str) -> Path:
    """A file or folder of `queries`."""
    return _top_level("queries").joinpath(*parts)


def _top_level(name: str) -> Path:
    packaged = _PACKAGE / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name
