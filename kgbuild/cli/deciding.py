"""`kgbuild review`, `kgbuild merge-incidents` and `kgbuild split`."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgbuild.cli.options import store_option

if TYPE_CHECKING:
    from kgbuild.building.decisions import Author
    from kgbuild.building.review import Doubt
    from kgbuild.merging import Account


@click.command()
@store_option
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many at most.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def review(store: Path, limit: int, form: str) -> int:
    """List reports that nearly were merged or only just were, the most doubtful first.

    Decide with merge-incidents or split; what is decided is not listed again.
    """
    from kgbuild.building.review import doubts
    from kgbuild.store import open_store

    with open_store(store, create=False) as opened:
        for doubt in islice(doubts(opened), limit):
            click.echo(json.dumps(_record(doubt), ensure_ascii=False) if form == "jsonl" else _text(doubt, store))
    return 0


def _record(doubt: Doubt) -> dict[str, Any]:
    return {
        "kind": "merged" if doubt.merged else "near miss",
        "score": doubt.score.total,
        "parts": doubt.score.parts,
        "incidents": list(doubt.incidents),
        "reports": [{"iri": a.report, "says": _says(a)} for a in doubt.reports],
    }


def _text(doubt: Doubt, store: Path) -> str:
    head = f"{'merged' if doubt.merged else 'near miss'}, score {doubt.score.total:g}: {', '.join(doubt.score.parts)}"
    reports = (f"  {account.report}\n    {_says(account)}" for account in doubt.reports)
    remedy = (
        f"  to part them: kgbuild split {doubt.incidents[0]} {doubt.reports[0].report} --store {store}"
        if doubt.merged
        else f"  to merge them: kgbuild merge-incidents {' '.join(doubt.incidents)} --store {store}"
    )
    return "\n".join([head, *reports, remedy, ""])


def _says(account: Account) -> str:
    """A report in a line."""
    labels = (account.things[p].label for p in account.places)
    places = "، ".join(label.get("ar") or next(iter(label.values()), "") for label in labels)
    figures = (f"{f.effect} {f.min or ''}–{f.max if f.max is not None else ''}" for f in account.figures)
    days = f"{account.earliest or '?'} – {account.latest or '?'}"
    return "; ".join(filter(None, (account.cls, places, days, *figures, account.publisher)))


def _reasons(command: Any) -> Any:
    """The options that say who decides, and why."""
    by = click.option("--by", default=getpass.getuser, metavar="NAME", help="Who decides; the user if not given.")
    return by(click.option("--why", default="", metavar="TEXT", help="Why.")(command))


@click.command("merge-incidents")
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENT INCIDENT...")
@store_option
@_reasons
def merge_incidents(incidents: tuple[str, ...], store: Path, by: str, why: str) -> int:
    """Decide that incidents are one; later builds respect it.

    INCIDENT is an IRI. The decision binds a report of each, so that it lasts when other reports come or go.
    """
    from kgbuild.build import publish_merged
    from kgbuild.building import decisions
    from kgbuild.store import open_store

    with open_store(store, create=False) as opened:
        decisions.merge_incidents(opened, incidents, _author(by, why))
        publish_merged(opened)
    return 0


@click.command()
@click.argument("incident")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@store_option
@_reasons
def split(incident: str, reports: tuple[str, ...], store: Path, by: str, why: str) -> int:
    """Decide that reports are of another incident than the rest; later builds respect it.

    INCIDENT and REPORT are IRIs, as review, the pages and queries give them.
    """
    from kgbuild.build import publish_merged
    from kgbuild.building import decisions
    from kgbuild.store import open_store

    with open_store(store, create=False) as opened:
        decisions.split_incident(opened, incident, reports, _author(by, why))
        publish_merged(opened)
    return 0


def _author(by: str, why: str) -> Author:
    from kgbuild.building.decisions import Author

    return Author(name=by, when=datetime.now(UTC).replace(microsecond=0), why=why)
