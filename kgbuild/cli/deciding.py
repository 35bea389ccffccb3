"""`kgbuild merge-incidents`, `kgbuild keep-apart` and `kgbuild split`."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
from pyoxigraph import NamedNode

from kgbuild.cli.options import store_option

if TYPE_CHECKING:
    from kgbuild.building.decisions import Author
    from kgbuild.store import Store, StorePlace


def _reasons(command: Any) -> Any:
    """The options that say who decides, and why."""
    by = click.option("--by", default=getpass.getuser, metavar="NAME", help="Who decides; the user if not given.")
    return by(click.option("--why", default="", metavar="TEXT", help="Why.")(command))


@click.command("merge-incidents")
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENT INCIDENT...")
@store_option
@_reasons
def merge_incidents(incidents: tuple[str, ...], store: StorePlace, by: str, why: str) -> int:
    """Decide that incidents are one; later builds respect it.

    INCIDENT is an IRI. The decision binds a report of each, so that it lasts when other reports come or go.
    """
    from kgbuild.building import decisions

    return _decided(store, lambda opened: decisions.merge_incidents(opened, incidents, _author(by, why)))


@click.command("keep-apart")
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENT INCIDENT...")
@store_option
@_reasons
def keep_apart(incidents: tuple[str, ...], store: StorePlace, by: str, why: str) -> int:
    """Decide that incidents are not one, so that they are neither merged later nor reviewed again.

    INCIDENT is an IRI. The decision binds the reports that the incidents have now.
    """
    from kgbuild.building import decisions

    return _decided(store, lambda opened: decisions.keep_apart(opened, incidents, _author(by, why)))


@click.command()
@click.argument("incident")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@store_option
@_reasons
def split(incident: str, reports: tuple[str, ...], store: StorePlace, by: str, why: str) -> int:
    """Decide that reports are of another incident than the rest; later builds respect it.

    INCIDENT and REPORT are IRIs, as review, the pages and queries give them.
    """
    from kgbuild.building import decisions

    return _decided(store, lambda opened: decisions.split_incident(opened, incident, reports, _author(by, why)))


def _decided(place: StorePlace, decide: Callable[[Store], list[str]]) -> int:
    """Take the decision, merge anew and publish; where the reports of `decide` are now is told."""
    from kgbuild.build import publish_merged
    from kgbuild.store import open_store

    with open_store(place, create=False) as store:
        reports = decide(store)
        publish_merged(store)
        _tell(store, reports)
    return 0


def _tell(store: Store, reports: list[str]) -> None:
    """Which incidents the reports of a decision are in now."""
    from kgbuild.building.witness import incident_label, reports_in
    from kgbuild.store import value_of
    from kgbuild.vocab import CKO

    found = (next(store.quads(NamedNode(report), CKO.describes)).object for report in reports)
    for incident in dict.fromkeys(map(value_of, found)):
        count = reports_in(store, incident)
        click.echo(f"{incident} {incident_label(store, incident)}: {count} report{'s' if count > 1 else ''}")


def _author(by: str, why: str) -> Author:
    from kgbuild.building.decisions import Author

    return Author(name=by, when=datetime.now(UTC).replace(microsecond=0), why=why)
