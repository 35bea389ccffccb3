"""`kgbuild evaluate`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli.models import accounted, models_option
from kgbuild.cli.reporting import Reporter
from kgbuild.cli.scores import Annotated, Assessed
from kgbuild.config import ReadingConfig
from kgbuild.errors import InputError, UsageError

if TYPE_CHECKING:
    from kgbuild.evaluation.assessments import Assessment
    from kgbuild.evaluation.gold import Gold
    from kgbuild.model import Article, Extraction

_path = click.Path(path_type=Path)


@click.command()
@click.argument("gold", nargs=-1, required=True, type=_path, metavar="GOLD...")
@click.option("--articles", multiple=True, type=_path, metavar="PATH", help="The texts that assessments are about.")
@click.option("--predicted", type=_path, metavar="FILE", help="Score what extract or export wrote, instead of reading.")
@click.option("--details", is_flag=True, help="Also say for each article what was wrong or missed.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@models_option
def evaluate(
    gold: tuple[Path, ...],
    articles: tuple[Path, ...],
    predicted: Path | None,
    details: bool,
    form: str,
    reading: ReadingConfig,
) -> int:
    """Score extraction on annotated articles.

    GOLD is an annotation file (.json; it names its article), a folder of them, or assessments of incidents as Airwars
    makes them (.jsonl; one a line, with the id of a text in --articles). With --predicted and a file that
    kgbuild export --format jsonl wrote, assessments also tell how well reports of one incident were brought together.
    """
    annotations = [path for path in _files(gold) if path.suffix != ".jsonl"]
    assessments = [path for path in gold if path.suffix == ".jsonl"]
    if assessments and not articles and predicted is None:
        raise UsageError(
            f"{assessments[0]} holds assessments: name the file or folder of their texts with --articles, "
            "or what was extracted from them with --predicted"
        )
    with Reporter() as reporter, accounted(reading, reporter):
        source = _source(predicted, reading, reporter)
        results = [_annotated(annotations, source, reporter), _assessed(assessments, articles, source, reporter)]
    shown = [result for result in results if result is not None]
    if form == "json" and shown:
        data = {name: value for result in shown for name, value in result.data(details=details).items()}
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
    elif shown:
        click.echo("\n\n".join("\n".join(result.lines(details=details)) for result in shown))
    return reporter.status(sum(result.size for result in shown))


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not found:
            raise UsageError(f"{path}: no annotations in this folder; they are files that end in .json")
        yield from found


@dataclass(frozen=True, slots=True)
class _Source:
    """Where extractions come from: for an annotated article, and for the texts of assessments by their ids."""

    of_article: Callable[[Article], Extraction | None]
    of_texts: Callable[[tuple[Path, ...]], Mapping[str, Extraction]]


def _source(predicted: Path | None, reading: ReadingConfig, reporter: Reporter) -> _Source:
    if predicted is not None:
        return _read_before(predicted, reporter)
    from kgbuild.extract import Extractor
    from kgbuild.reading import read_paths

    extract: Callable[[Article], Extraction] = Extractor(reading=reading)

    def texts(paths: tuple[Path, ...]) -> Mapping[str, Extraction]:
        found: dict[str, Extraction] = {}
        for article in read_paths(paths, on_error=reporter.refuse):
            found[article.id] = extract(article)
            if reporter.due():
                reporter.show(f"{len(found)} articles extracted")
        return found

    return _Source(extract, texts)


def _read_before(path: Path, reporter: Reporter) -> _Source:
    """The extractions in a file; annotations name an article by the stem of its file, assessments by its id."""
    from kgbuild.evaluation.predictions import read_predictions

    predictions = read_predictions(path)

    def of_article(article: Article) -> Extraction | None:
        found = predictions.by_stem.get(Path(article.source).stem)
        if found is None:
            reporter.refuse(InputError(article.source, f"is not in {path}; all of it counts as missed"))
        return found

    return _Source(of_article, lambda _: predictions.by_id)


def _annotated(paths: list[Path], source: _Source, reporter: Reporter) -> Annotated | None:
    from kgbuild.evaluation.scoring import evaluate as score

    pairs = [pair for path in paths if (pair := _pair(path, reporter)) is not None]
    return Annotated(score(pairs, source.of_article)) if pairs else None


def _pair(path: Path, reporter: Reporter) -> tuple[Gold, Article] | None:
    """An annotation with its article; None where either was refused."""
    from kgbuild.evaluation.gold import read_gold
    from kgbuild.reading import read_paths

    try:
        gold = read_gold(path)
    except InputError as error:
        reporter.refuse(error)
        return None
    article = next(read_paths([gold.article], on_error=reporter.refuse), None)
    return None if article is None else (gold, article)


def _assessed(paths: list[Path], articles: tuple[Path, ...], source: _Source, reporter: Reporter) -> Assessed | None:
    from kgbuild.evaluation.airwars import agreement
    from kgbuild.evaluation.clusters import b_cubed

    assessments = [assessment for path in paths for assessment in _read(path, reporter)]
    if not assessments:
        return None
    texts = source.of_texts(articles)
    for assessment in assessments:
        if assessment.text not in texts:
            reporter.refuse(InputError(assessment.text, "no article has this id; its assessment counts as missed"))
    found = agreement((assessment, texts.get(assessment.text)) for assessment in assessments)
    return Assessed(found, b_cubed(found.clusters))


def _read(path: Path, reporter: Reporter) -> Iterator[Assessment]:
    from kgbuild.evaluation.assessments import read_assessments

    try:
        for found in read_assessments(path):
            if isinstance(found, InputError):
                reporter.refuse(found)
            else:
                yield found
    except InputError as error:
        reporter.refuse(error)
