"""The option that asks for models, and what these cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kgbuild.cli.reporting import Reporter
from kgbuild.config import ReadingConfig


def _read(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> ReadingConfig:
    if value is None:
        return ReadingConfig()
    from kgbuild.extractors.settings import read_settings

    return read_settings(value)


models_option = click.option(
    "--models",
    "reading",
    type=click.Path(path_type=Path),
    callback=_read,
    metavar="FILE.toml",
    help="Models that help to find names; see docs/models.md. None by default.",
)


@contextmanager
def accounted(reading: ReadingConfig, reporter: Reporter) -> Iterator[None]:
    """Tell afterwards what was asked of a language model, what failed and what it cost."""
    if reading.llm is None:
        yield
        return
    from kgbuild.extractors.ledger import account_since, account_size, ledger_folder

    folder = ledger_folder(reading.llm)
    before = account_size(folder)
    try:
        yield
    finally:
        reporter.say(account_since(folder, before).text(reading.llm))
