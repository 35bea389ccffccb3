"""`kgbuild extract`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import click

from kgbuild.cli.options import jobs_option, paths_argument, published_option
from kgbuild.cli.reporting import Reporter
from kgbuild.errors import InputError
from kgbuild.model import Article


@click.command()
@paths_argument
@click.option("--format", "_format", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="Output.")
@published_option
@jobs_option
def extract(paths: tuple[str, ...], _format: str, published: date | None, jobs: int) -> int:
    """Read articles and print what they say, one JSON object a line.

    PATH is a file, a folder that is read recursively, or - for standard input.
    """
    from kgbuild.building.workers import mapped
    from kgbuild.reading import read_paths

    done = 0
    with Reporter() as reporter:
        articles = read_paths(paths, published=published, on_error=reporter.refuse)
        for result in mapped(make_printer, articles, processes=jobs):
            if isinstance(result, Refusal):
                reporter.refuse(InputError(result.source, result.reason))
                continue
            # Half of a surrogate pair has no UTF-8; its escape is the same character in JSON.
            sys.stdout.buffer.write(result.encode("utf-8", "backslashreplace") + b"\n")
            done += 1
            if reporter.due():
                reporter.show(f"{done} articles extracted")
    return reporter.status(done)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An article that could not be read, as it comes back from a worker process."""

    source: str
    reason: str


def make_printer() -> Callable[[Article], str | Refusal]:
    """The function from an article to its line of JSON, made once in each process."""
    import json

    from kgbuild.extract import Extractor
    from kgbuild.extraction_json import to_json

    extractor = Extractor()

    def line(article: Article) -> str | Refusal:
        try:
            return json.dumps(to_json(extractor(article)), ensure_ascii=False)
        except Exception as error:  # one article that trips the extractor must not end the work on thousands
            return Refusal(article.source, f"cannot be read ({type(error).__name__}: {error})")

    return line
