"""Assessments: what researchers noted of the incident that a text tells, as Airwars publishes it.

A file of them is JSON Lines. A line holds `id`, that of the text, and `incident` with the fields of `FIELDS`, null
where the assessment does not say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kgbuild.errors import InputError, unreadable

FIELDS = (
    "code", "date", "location_ar", "location_original", "latitude", "longitude", "military_original",
    "strike_type_original", "killed_min", "killed_max", "injured_min", "injured_max",
)  # fmt: skip
_SHAPE = 'an assessment is written {"id": "…", "incident": {"code": "…", "date": "YYYY-MM-DD", "location_ar": "…", …}}'


@dataclass(frozen=True, slots=True)
class Assessment:
    """One text and the record of its incident; `code` is the record's own name, which texts of one incident share."""

    text: str
    incident: dict[str, Any]

    @property
    def code(self) -> str:
        return str(self.incident["code"])


def read_assessments(path: Path) -> Iterator[Assessment | InputError]:
    """The assessments in `path`; a broken line is refused alone.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), unreadable(error)) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _assessment(line, str(path), number)


def _assessment(line: str, path: str, number: int) -> Assessment | InputError:
    try:
        data = json.loads(line)
        incident = data["incident"]
        missing = [name for name in FIELDS if name not in incident]
        if missing:
            return InputError(path, f"the incident has no {', '.join(missing)}; {_SHAPE}", line=number)
        date.fromisoformat(incident["date"][:10])
        return Assessment(str(data["id"]), incident)
    except json.JSONDecodeError as error:
        return InputError(path, f"broken JSON, column {error.colno}: {error.msg}", line=number)
    except (KeyError, TypeError) as error:
        return InputError(path, f"is no assessment: {error}; {_SHAPE}", line=number)
    except ValueError as error:
        return InputError(path, f"{error}; write dates as 2017-06-09", line=number)
