"""Builds of articles that say in JSON what they tell."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kgbuild.build import Builder
from kgbuild.config import BuildConfig
from kgbuild.errors import InputError
from kgbuild.model import Article, Run
from kgbuild.store import open_snapshot, open_store
from tests.telling import make_extract

RUN = Run(version="0", pipeline_hash="0")


def build_into(directory: Path, articles: Iterable[Article], *, run: Run = RUN, **config: Any) -> list[InputError]:
    """Build with the test's extractor; what was refused."""
    refused: list[InputError] = []
    with open_store(directory) as store:
        builder = Builder(
            store=store, make_extract=make_extract, config=BuildConfig(**config), run=run, on_error=refused.append
        )
        builder.build(articles)
    return refused


def published(directory: Path) -> list[str]:
    """What readers see, as sorted quads."""
    with open_snapshot(directory) as snapshot:
        return sorted(map(str, snapshot.quads()))
