"""`kgbuild build` and `kgbuild remove`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Literal

import click

from kgbuild.cli.models import accounted, models_option
from kgbuild.cli.options import jobs_option, paths_argument, published_option, store_option
from kgbuild.cli.reporting import Reporter
from kgbuild.config import BuildConfig, ReadingConfig

if TYPE_CHECKING:
    from kgbuild.build import Builder, Progress
    from kgbuild.model import Article
    from kgbuild.store import Store, StorePlace

_UNDATED = "no date in {n} articles, such as {first}: 'yesterday' is no day there, unless --published gives one"


def base_iri(value: str) -> str:
    """What IRIs can begin with."""
    if not (value.startswith(("http://", "https://", "urn:")) and value.endswith(("/", "#", ":"))):
        raise click.BadParameter(f"{value!r} is no base of IRIs; write it as https://example.org/id/")
    return value


@click.command()
@paths_argument
@store_option
@published_option
@jobs_option
@click.option("--base", type=base_iri, metavar="IRI", help="Base of data IRIs, for a new store.")
@click.option("--store-text", is_flag=True, help="Keep the articles' texts in the store, not only the quotes.")
@click.option(
    "--engine", type=click.Choice(["processes", "spark"]), default="processes", show_default=True,
    help="Where articles are read: in --jobs processes, or on Apache Spark as its own configuration says.",
)  # fmt: skip
@models_option
def build(
    paths: tuple[str, ...],
    store: StorePlace,
    published: date | None,
    jobs: int,
    base: str | None,
    store_text: bool,
    engine: Literal["processes", "spark"],
    reading: ReadingConfig,
) -> int:
    """Read articles into a store, merge what they report, and publish the result.

    PATH is a file, a folder that is read recursively, or - for standard input. Articles that the store has already are
    passed over, changed ones replace their own statements. A build that was cut short is finished by the next one.
    """
    from kgbuild.reading import read_paths
    from kgbuild.store import open_store

    with Reporter() as reporter, accounted(reading, reporter):
        articles = read_paths(paths, published=published, on_error=reporter.refuse)
        first = next(articles, None)
        if first is None:
            reporter.say("no article could be read: nothing is built")
            return 2
        with open_store(store, base=base) as opened:
            config = BuildConfig(base=opened.base, store_text=store_text, processes=jobs, engine=engine)
            undated: list[str] = []
            every = _noting(undated, chain((first,), articles))
            progress = _builder(opened, config, reading, reporter).build(every)
            if undated:
                reporter.say(_UNDATED.format(n=len(undated), first=undated[0]))
            reporter.say(_summary(progress))
    return reporter.status(progress.written + progress.unchanged)


def _noting(undated: list[str], articles: Iterable[Article]) -> Iterator[Article]:
    """The articles; where those without a date were read is added to `undated`."""
    for article in articles:
        if article.published is None:
            undated.append(article.source)
        yield article


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE_IRI...")
@store_option
def remove(articles: tuple[str, ...], store: StorePlace) -> int:
    """Take articles out of a store, with all that only they support.

    ARTICLE_IRI is the IRI of the document, as `extract`, the pages and queries give it.
    """
    from kgbuild.store import open_store

    with Reporter() as reporter, open_store(store, create=False) as opened:
        progress = _builder(opened, BuildConfig(base=opened.base), ReadingConfig(), reporter).remove(articles)
        reporter.say(f"{progress.removed} articles removed")
    return reporter.status(progress.removed)


def _builder(store: Store, config: BuildConfig, reading: ReadingConfig, reporter: Reporter) -> Builder:
    from kgbuild.build import Builder
    from kgbuild.building.provenance import run_of
    from kgbuild.extract import Extractor

    def show(progress: Progress) -> None:
        if reporter.due():
            reporter.show(_summary(progress))

    return Builder(
        store=store,
        make_extract=partial(Extractor, config.base, reading),
        config=config,
        run=run_of(reading),
        on_error=reporter.refuse,
        on_notice=reporter.say,
        on_progress=show,
    )


def _summary(progress: Progress) -> str:
    parts = [f"{progress.read} articles read", f"{progress.written} written", f"{progress.unchanged} unchanged"]
    if progress.merged:
        parts.append(f"{progress.merged} merged")
    return ", ".join(parts)
