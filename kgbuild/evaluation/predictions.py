"""Extractions that were made before, to be scored instead of new ones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import InputError, unreadable
from kgbuild.extraction_json import from_json
from kgbuild.model import Extraction

_MAKE = "make such a file with kgbuild extract, or kgbuild export --format jsonl"


@dataclass(frozen=True, slots=True)
class Predictions:
    """The extractions of a file, by the id of their article and by the stem of the file it was read from."""

    by_id: dict[str, Extraction]
    by_stem: dict[str, Extraction]


def read_predictions(path: Path) -> Predictions:
    """What `kgbuild extract` or `kgbuild export --format jsonl` wrote into `path`.

    Raises:
        InputError: the file, or a line of it, is not of that kind.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), unreadable(error)) from error
    found = [_extraction(line, str(path), number) for number, line in enumerate(lines, 1) if line.strip()]
    return Predictions({x.article.id: x for x in found}, {Path(x.article.source).stem: x for x in found})


def _extraction(line: str, path: str, number: int) -> Extraction:
    try:
        return from_json(json.loads(line))
    except json.JSONDecodeError as error:
        raise InputError(path, f"broken JSON, column {error.colno}: {error.msg}; {_MAKE}", line=number) from error
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(path, f"holds no extraction ({error}); {_MAKE}", line=number) from error
