"""`kgbuild explain`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kgbuild.cli.models import accounted, models_option
from kgbuild.cli.options import published_option
from kgbuild.cli.reporting import Reporter
from kgbuild.config import ReadingConfig
from kgbuild.errors import unwritable


@click.command()
@click.argument("article")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT", help="Write a page instead.")
@published_option
@models_option
def explain(article: str, html: Path | None, published: date | None, reading: ReadingConfig) -> int:
    """Show an article with what was found marked in colour.

    ARTICLE is a file, or - for standard input; of a file with several articles the first is shown.
    """
    from rich.console import Console

    from kgbuild.explain import explain as explained
    from kgbuild.explain import explain_html
    from kgbuild.extract import Extractor
    from kgbuild.reading import read_paths

    with Reporter() as reporter, accounted(reading, reporter):
        found = next(read_paths([article], published=published, on_error=reporter.refuse), None)
        if found is None:
            return reporter.status(0)
        extraction = Extractor(reading=reading)(found)
    if html is None:
        Console(highlight=False).print(explained(extraction))
    else:
        try:
            html.write_text(explain_html(extraction), encoding="utf-8")
        except OSError as error:
            raise unwritable(html, error) from error
    return reporter.status(1)
