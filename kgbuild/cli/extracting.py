"""`kgbuild extract`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from kgbuild.cli.models import accounted, models_option
from kgbuild.cli.options import jobs_option, paths_argument, published_option
from kgbuild.cli.reporting import Reporter
from kgbuild.config import ReadingConfig
from kgbuild.errors import InputError

if TYPE_CHECKING:
    from kgbuild.building.workers import Refused
    from kgbuild.model import Article


@click.command()
@paths_argument
@click.option("--format", "_format", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="Output.")
@published_option
@jobs_option
@models_option
def extract(paths: tuple[str, ...], _format: str, published: date | None, jobs: int, reading: ReadingConfig) -> int:
    """Read articles and print what they say, one JSON object a line.

    PATH is a file, a folder that is read recursively, or - for standard input.
    """
    from kgbuild.building.workers import Refused, mapped
    from kgbuild.reading import read_paths

    done = 0
    with Reporter() as reporter, accounted(reading, reporter):
        articles = read_paths(paths, published=published, on_error=reporter.refuse)
        for result in mapped(partial(make_printer, reading), articles, processes=jobs):
            if isinstance(result, Refused):
                reporter.refuse(InputError(result.source, result.reason))
                continue
            # Half of a surrogate pair has no UTF-8; its escape is the same character in JSON.
            sys.stdout.buffer.write(result.encode("utf-8", "backslashreplace") + b"\n")
            done += 1
            if reporter.due():
                reporter.show(f"{done} articles extracted")
    return reporter.status(done)


def make_printer(reading: ReadingConfig) -> Callable[[Article], str | Refused]:
    """The function from an article to its line of JSON, made once in each process."""
    import json

    from kgbuild.loading import loading

    with loading():
        from kgbuild.building.workers import guarded
        from kgbuild.extract import Extractor
        from kgbuild.extraction_json import to_json

    extractor = Extractor(reading=reading)

    return guarded(lambda article: json.dumps(to_json(extractor(article)), ensure_ascii=False))
