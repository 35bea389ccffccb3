"""`kgbuild validate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgbuild.cli.options import store_option
from kgbuild.errors import UsageError

_REASONED = 50_000
"""Statements up to which a store is reasoned over without being asked to: a matter of seconds."""

if TYPE_CHECKING:
    from kgbuild.store import Reader, StorePlace


@click.command()
@store_option
@click.option("--format", "form", type=click.Choice(["text", "json", "ttl"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Language of the text.")
@click.option(
    "--reasoner/--no-reasoner",
    default=None,
    help="Whether to look for contradictions by OWL; if not given, in small stores.",
)
def validate(store: StorePlace, form: str, lang: str, reasoner: bool | None) -> int:
    """Check what a store publishes against the SHACL shapes and the ontology; status 1 where it does not conform."""
    from kgbuild.store import open_reader

    with open_reader(store) as snapshot:
        violations, shown = _violations(snapshot, form, lang)
        sound = _is_consistent(snapshot, reasoner)
    if shown:
        click.echo(shown)
    click.echo(f"{violations} violations of the shapes" if violations else "conforms to the shapes", err=True)
    return 1 if violations or not sound else 0


def _violations(snapshot: Reader, form: str, lang: str) -> tuple[int, str]:
    """Their number, and the report. The standard's own report is pySHACL's, which takes its time."""
    from kgbuild.validation.report import ShaclReport
    from kgbuild.validation.report import validate as full_report
    from kgbuild.validation.shapes import shipped

    if form == "ttl":
        report = full_report(snapshot.quads())
        return len(report.violations), report.turtle
    report = ShaclReport(tuple(shipped().violations(snapshot.quads())), "")
    return len(report.violations), report.json() if form == "json" else report.text(lang)


def _is_consistent(snapshot: Reader, asked: bool | None) -> bool:
    """Whether ontology and data have a model; what was not checked is said, and not counted against the data."""
    from itertools import chain, islice

    from kgbuild.validation.consistency import check, ontology_triples

    large = sum(1 for _ in islice(snapshot.quads(), _REASONED)) == _REASONED
    if asked is False or (large and asked is None):
        click.echo("not checked for contradictions; ask for it with --reasoner", err=True)
        return True
    try:
        found = check(chain(ontology_triples(), (quad.triple for quad in snapshot.quads())))
    except UsageError as error:
        if asked:
            raise
        click.echo(f"not checked for contradictions: {error}", err=True)
        return True
    classes = "".join(f"\n  no member possible: {name}" for name in found.unsatisfiable)
    click.echo(f"{'consistent' if found.consistent else 'contradicts the ontology'}{classes}", err=True)
    return found.sound
