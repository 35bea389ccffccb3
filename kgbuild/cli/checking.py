"""`kgbuild validate` and `kgbuild evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli.options import store_option
from kgbuild.cli.reporting import Reporter
from kgbuild.errors import InputError, UsageError

if TYPE_CHECKING:
    from kgbuild.evaluation.gold import Gold
    from kgbuild.model import Article
    from kgbuild.store import Snapshot


@click.command()
@store_option
@click.option("--format", "form", type=click.Choice(["text", "json", "ttl"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Language of the text.")
@click.option("--reasoner/--no-reasoner", default=True, help="Also look for contradictions by OWL; needs Java.")
def validate(store: Path, form: str, lang: str, reasoner: bool) -> int:
    """Check what a store publishes against the SHACL shapes and the ontology; status 1 where it does not conform."""
    from kgbuild.store import open_snapshot
    from kgbuild.validation.report import validate as check

    with open_snapshot(store) as snapshot:
        report = check(snapshot.quads())
        sound = not reasoner or _is_consistent(snapshot)
    shown = report.turtle if form == "ttl" else report.json() if form == "json" else report.text(lang)
    if shown:
        click.echo(shown)
    click.echo("conforms to the shapes" if report.conforms else f"{len(report.violations)} violations", err=True)
    return 0 if report.conforms and sound else 1


def _is_consistent(snapshot: Snapshot) -> bool:
    """Whether ontology and data have a model; where there is no Java this is said, and not counted against the data."""
    from itertools import chain

    from kgbuild.validation.consistency import check, ontology_triples

    try:
        found = check(chain(ontology_triples(), (quad.triple for quad in snapshot.quads())))
    except UsageError as error:
        click.echo(f"not checked for contradictions: {error}", err=True)
        return True
    classes = "".join(f"\n  no member possible: {name}" for name in found.unsatisfiable)
    click.echo(f"{'consistent' if found.consistent else 'contradicts the ontology'}{classes}", err=True)
    return found.sound


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="GOLD...")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def evaluate(gold: tuple[Path, ...], form: str) -> int:
    """Score extraction on annotated articles.

    GOLD is an annotation file or a folder of them; each names its article.
    """
    from kgbuild.evaluation.scoring import evaluate as score
    from kgbuild.extract import Extractor

    with Reporter() as reporter:
        pairs = [pair for path in _files(gold) if (pair := _pair(path, reporter)) is not None]
        if not pairs:
            return reporter.status(0)
        rows = {name: asdict(rates) for name, rates in score(pairs, Extractor()).rows.items()}
    click.echo(json.dumps(rows, indent=1) if form == "json" else "\n".join(_lines(rows)))
    return reporter.status(len(pairs))


def _lines(rows: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """The rates as columns that line up."""
    names = list(next(iter(rows.values())))
    yield f"{'':20}" + "".join(f"{name:>11}" for name in names)
    for kind, rates in rows.items():
        numbers = (f"{n:>11}" if isinstance(n, int) else f"{n:>11.3f}" for n in rates.values())
        yield f"{kind:20}" + "".join(numbers)


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.json")) if path.is_dir() else [path]


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
