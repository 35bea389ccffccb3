"""`kgbuild serve`."""

from __future__ import annotations

from pathlib import Path

import click

from kgbuild.cli.options import store_option
from kgbuild.config import ServerConfig
from kgbuild.errors import UsageError


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--token", envvar="KGBUILD_TOKEN", help="Lets whoever has it write; also from KGBUILD_TOKEN.")
@click.option(
    "--default-graph",
    type=click.Choice(["union", "separate"]),
    default="union",
    show_default=True,
    help="What a query sees that names no graph: all graphs, or none.",
)
@click.option(
    "--dumps",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Files that kgbuild export --all has prepared, for /dumps/.  [default: dumps in the store's folder]",
)
def serve(store: Path, host: str, port: int, token: str | None, default_graph: str, dumps: Path | None) -> int:
    """Serve a store: SPARQL endpoint, pages, linked data, dumps."""
    from kgbuild.store import open_snapshot
    from server.run import serve as run

    with open_snapshot(store) as snapshot:
        base = snapshot.base
    _check_dumps(store, dumps)
    click.echo(f"serving {store} at http://{f'[{host}]' if ':' in host else host}:{port}/ (stop with Ctrl-C)", err=True)
    run(
        ServerConfig(
            store=str(store), host=host, port=port, token=token, default_graph=default_graph, base=base,
            dumps=str(dumps) if dumps else None,
        )
    )  # fmt: skip
    return 0


def _check_dumps(store: Path, folder: Path | None) -> None:
    """A folder that is named has to hold dumps; the one in the store's folder may come later."""
    if folder is not None and not (folder / "datapackage.json").is_file():
        remedy = f"prepare them with: kgbuild export --store {store} --all --out {folder}"
        raise UsageError(f"{folder}: no dumps here (datapackage.json is missing); {remedy}")
