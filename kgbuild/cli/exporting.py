"""`kgbuild export`."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from kgbuild.cli.options import day, store_option
from kgbuild.errors import UsageError

if TYPE_CHECKING:
    from kgbuild.store import Reader, StorePlace


@click.command()
@store_option
@click.option("--format", "name", metavar="FORMAT", help="What to write; an unknown one lists all.")
@click.option("--all", "every", is_flag=True, help="Every format, into the folder --out, with a manifest.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="PATH", help="Where to.")
@click.option("--from", "first", type=day, metavar="DATE", help="Incidents that may have been on this day or later.")
@click.option("--to", "last", type=day, metavar="DATE", help="Incidents that may have been on this day or earlier.")
@click.option("--place", "places", multiple=True, metavar="PLACE", help="There or within: IRI, Q-id or name.")
@click.option("--actor", "actors", multiple=True, metavar="ACTOR", help="Who acted or was attacked: IRI, Q-id or name.")
@click.option("--type", "types", multiple=True, metavar="CLASS", help="Class of incident, such as AirStrike.")
@click.option("--status", "statuses", multiple=True, metavar="STATUS", help="SingleSource, Corroborated or Contested.")
@click.option("--where", metavar="FILE.rq|'SELECT …'", help="A query whose first variable gives incidents.")
@click.option("--redact", type=click.Choice(["persons"]), help="Leave out the names of persons and families.")
def export(
    store: StorePlace,
    name: str | None,
    every: bool,
    out: Path,
    where: str | None,
    redact: str | None,
    **conditions: Any,
) -> int:
    """Write what a store publishes into a file, with its SHA-256 beside it.

    A name that ends in .gz, .bz2 or .zst is compressed. The file appears when it is complete. Conditions leave out the
    incidents that do not meet all of them; of an option given several times one has to fit.
    """
    from kgbuild.export import export as write
    from kgbuild.export.package import export_all
    from kgbuild.store import open_reader

    if every == (name is not None):
        raise UsageError("give either --format FORMAT or --all")
    with _tidy_end(), open_reader(store) as snapshot, _part(snapshot, where, redact, conditions) as part:
        if name is not None:
            digest = write(part, name, out)
            click.echo(f"{out}: written, SHA-256 {digest}", err=True)
        else:
            told = {
                option: value for option, value in {**conditions, "where": where, "redact": redact}.items() if value
            }
            export_all(part, out, part=told, on_file=lambda path: click.echo(f"{path}: written", err=True))
    return 0


@contextmanager
def _tidy_end() -> Iterator[None]:
    """Have SIGTERM end the export as Ctrl-C does, so that no temporary file stays."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _part(
    reader: Reader, where: str | None, redact: str | None, conditions: dict[str, date | tuple[str, ...] | None]
) -> AbstractContextManager[Reader]:
    from kgbuild.cli.querying import query_text
    from kgbuild.export.part import part_of
    from kgbuild.export.selection import Selection

    query = query_text(where, {}) if where else None
    return part_of(reader, Selection(query=query, **conditions), redact_persons=redact is not None)  # type: ignore[arg-type]
