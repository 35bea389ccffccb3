"""Two reports of one strike, and a store that was built of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.articles import written
from tests.command import Command
from tests.telling import tells


@pytest.fixture
def two(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    written(folder / "a.jsonl", tells(killed=(14, 14)))
    written(folder / "b.jsonl", tells(killed=(17, None)))
    return folder


@pytest.fixture
def store(kgbuild: Command, two: Path, tmp_path: Path) -> Path:
    assert kgbuild("build", two, "--store", tmp_path / "store").status == 0
    return tmp_path / "store"
