"""The lexicons of a language, the files `kgbuild/data/<language>/*.toml`; what they mean is written at their heads."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kgbuild.resources import data_path
from kgbuild.table_cache import cached_table


def lexicon(language: str, name: str) -> dict[str, Any]:
    """The content of `kgbuild/data/<language>/<name>.toml`; not to be changed."""
    return lexicons(language)[name]


@cache
def lexicons(language: str) -> dict[str, dict[str, Any]]:
    """All lexicons of the language by name, kept from run to run: parsing them takes a sixth of a second."""
    files = lexicon_files(language)
    return cached_table(
        f"lexicons-{language}", files, lambda: {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}
    )


def lexicon_files(language: str) -> list[Path]:
    """Where they are, in the order of their names."""
    return sorted(data_path(language).glob("*.toml"))
