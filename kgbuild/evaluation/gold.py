"""Annotated articles: what a careful reader takes from a text.

A gold file is JSON with `document` {file, published, language, title}, `entities`, `incidents` and `relations`; what
else it holds is not scored. Ids ending in "?" are acceptable but not required, `optional` entries may be left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgbuild.errors import InputError, unreadable

Annotation = dict[str, Any]

_NEEDED = {
    "entities": ("id", "group", "class", "names"),
    "incidents": ("id", "class", "evidence"),
    "relations": ("type", "subject", "object"),
}
"""What every entry of a list has."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated article. `article` is the path of its text."""

    article: Path
    published: str | None
    entities: list[Annotation]
    incidents: list[Annotation]
    relations: list[Annotation]


def read_gold(path: Path) -> Gold:
    """The annotations in `path`; the article's path is relative to the folder above the gold folder."""
    try:
        data = json.loads(path.read_text("utf-8"))
        document = data["document"]
        article = path.parent.parent / document["file"]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), unreadable(error)) from error
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(
            str(path), f"is no gold annotation: {error} (it needs document.file, entities and incidents)"
        ) from error
    for name in _NEEDED:
        _check(data.get(name, []), name, path)
    return Gold(
        article=article,
        published=document.get("published"),
        entities=data.get("entities", []),
        incidents=data.get("incidents", []),
        relations=data.get("relations", []),
    )


def _check(entries: object, name: str, path: Path) -> None:
    """InputError for what is no list of annotations with all that scoring needs."""
    if not isinstance(entries, list):
        raise InputError(str(path), f"{name} is no list of annotations")
    for number, entry in enumerate(entries, 1):
        missing = [key for key in _NEEDED[name] if key not in entry] if isinstance(entry, dict) else _NEEDED[name]
        if missing:
            raise InputError(str(path), f"{name}, entry {number}: {', '.join(missing)} must be given")


def classes_of(annotation: Annotation) -> list[str]:
    """The acceptable classes, the best first."""
    found = annotation["class"]
    return list(found) if isinstance(found, list) else [found]
