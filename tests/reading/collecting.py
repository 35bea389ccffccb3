"""Reads paths and keeps what came and what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kgbuild.errors import InputError
from kgbuild.model import Article
from kgbuild.reading import read_paths


def read(*paths: str | Path, published: date | None = None) -> tuple[list[Article], list[InputError]]:
    """The articles of the paths, and the refusals."""
    errors: list[InputError] = []
    articles = list(read_paths(list(paths), published=published, on_error=errors.append))
    return articles, errors


def read_one(path: str | Path) -> Article:
    """The one article of a file that is in order."""
    articles, errors = read(path)
    assert not errors, [str(error) for error in errors]
    (article,) = articles
    return article


def refusal(path: str | Path) -> InputError:
    """The one refusal of a file that gives no article."""
    articles, errors = read(path)
    assert not articles
    (error,) = errors
    return error


def write(folder: Path, files: Sequence[tuple[str, str | bytes]]) -> Path:
    """Writes files, and the folders they are in, below a folder."""
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
