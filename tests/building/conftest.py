from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kgbuild.build import Builder, Progress
from kgbuild.config import BuildConfig
from kgbuild.errors import InputError
from kgbuild.model import Article, Run
from kgbuild.store import open_snapshot, open_store
from tests.telling import make_extract

RUN = Run(version="0", pipeline_hash="0")
Build = Callable[..., Progress]


def build_into(
    directory: Path, articles: Iterable[Article], errors: list[InputError] | None = None, **config: int
) -> Progress:
    """Build with the test's extractor."""
    refused: list[InputError] = [] if errors is None else errors
    with open_store(directory) as store:
        builder = Builder(
            store=store, make_extract=make_extract, config=BuildConfig(**config), run=RUN, on_error=refused.append
        )
        return builder.build(articles)


def remove_from(directory: Path, *documents: str) -> list[InputError]:
    refused: list[InputError] = []
    with open_store(directory) as store:
        Builder(store=store, make_extract=make_extract, config=BuildConfig(), run=RUN, on_error=refused.append).remove(
            documents
        )
    return refused


def published(directory: Path) -> list[str]:
    """What readers see, as sorted quads."""
    with open_snapshot(directory) as snapshot:
        return sorted(map(str, snapshot.quads()))


@pytest.fixture
def store_dir(tmp_path: Path) -> Path:
    return tmp_path / "store"
