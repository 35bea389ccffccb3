"""Files of articles for the commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.telling import article


def written(path: Path, *reports: dict[str, Any], name: str | None = None) -> Path:
    """A file of one article."""
    found = article(name or path.stem, *reports)
    record = {"id": found.id, "text": found.text, "published": "2017-06-09", "publisher": found.publisher}
    path.write_text(json.dumps(record | {"language": "en"}) + "\n")
    return path
