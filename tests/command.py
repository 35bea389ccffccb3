"""Runs the command line in this process, with an extractor that needs no language."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest

from kgbuild import ids
from kgbuild.cli import run
from kgbuild.config import DEFAULT_BASE, ReadingConfig
from kgbuild.model import Article, Extraction
from tests.telling import extract


class Result(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


Command = Callable[..., Result]


class TellingExtractor:
    """Stands in for the real one: reads JSON of `tests.telling`, and nothing out of any other text."""

    def __init__(self, base: str = DEFAULT_BASE, reading: ReadingConfig | None = None) -> None:
        self.base = base

    def __call__(self, article: Article) -> Extraction:
        try:
            json.loads(article.text)
        except ValueError:
            return Extraction(article=article, iri=ids.document_iri(self.base, article.id))
        return extract(article)


@pytest.fixture
def kgbuild(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """`kgbuild("build", PATH, …)` gives status, standard output and standard error."""
    monkeypatch.setattr("kgbuild.extract.Extractor", TellingExtractor)

    def command(*arguments: object) -> Result:
        capfd.readouterr()
        status = run([str(a) for a in arguments])
        out, err = capfd.readouterr()
        return Result(status, out, err)

    return command
