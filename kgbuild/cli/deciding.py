"""`kgbuild merge-incidents`, `kgbuild keep-apart` and `kgbuild split`."""

from __future__ import annotations

import getpass
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
    from kgbuild.build import publish_merged
    from kgbuild.building import decisions
    from kgbuild.store import open_store

    with open_store(store, create=False) as opened:
        reports = decisions.merge_incidents(opened, incidents, _author(by, why))
        publish_merged(opened)
        _tell(opened, reports)
    return 0


@click.command("keep-apart")
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENT INCIDENT...")
@store_option
@_reasons
def keep_apart(incidents: tuple[str, ...], store: StorePlace, by: str, why: str) -> int:
    """Decide that incidents are not one, so that they are neither merged later nor reviewed again.

    INCIDENT is an IRI. The decision binds the reports that the incidents have now.
    """
    from kgbuild.build import publish_merged
    from kgbuild.building import decisions
    from kgbuild.store import open_store

    with open_store(store, create=False) as opened:
        reports = decisions.keep_apart(opened, incidents, _author(by, why))
        publish_merged(opened)
        _tell(opened, reports)
    return 0


@click.command()
@click.argument("incident")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@store_option
@_reasons
def split(incident: str, reports: tuple[str, ...], store: StorePlace, by: str, why: str) -> int:
    """Decide that reports are of another incident than the rest; later builds respect it.

    INCIDENT and REPORT are IRIs, as review, the pages and queries give them.
    """
    from kgbuild.build import publish_merged
    from kgbuild.building import decisions
    from kgbuild.store import open_store

    with open_store(store, create=False) as opened:
        told = decisions.split_incident(opened, incident, reports, _author(by, why))
        publish_merged(opened)
        _tell(opened, told)
    return 0


def _tell(store: Store, reports: list[str]) -> None:
    """Which incidents the reports of a decision are in now."""
    from kgbuild.building.witness import incident_label, reports_in
    from kgbuild.vocab import CKO

    found = (next(store.quads(NamedNode(report), CKO.describes)).object for report in reports)
    for incident in dict.fromkeys(str(i.value) for i in found):  # type: ignore[union-attr]
        count = reports_in(store, incident)
        click.echo(f"{incident} {incident_label(store, incident)}: {count} report{'s' if count > 1 else ''}")


def _author(by: str, why: str) -> Author:
    from kgbuild.building.decisions import Author

    return Author(name=by, when=datetime.now(UTC).replace(microsecond=0), why=why)
