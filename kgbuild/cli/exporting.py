"""`kgbuild export`."""

from __future__ import annotations

from pathlib import Path

import click

from kgbuild.cli.options import store_option


@click.command()
@store_option
@click.option("--format", "name", required=True, metavar="FORMAT", help="What to write; an unknown one lists all.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="PATH", help="Where to.")
def export(store: Path, name: str, out: Path) -> int:
    """Write what a store publishes into a file, with its SHA-256 beside it.

    A name that ends in .gz, .bz2 or .zst is compressed. The file appears when it is complete.
    """
    from kgbuild.export import export as write
    from kgbuild.store import open_snapshot

    with open_snapshot(store) as snapshot:
        digest = write(snapshot, name, out)
    click.echo(f"{out}: written, SHA-256 {digest}", err=True)
    return 0
