"""`kgbuild serve`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from kgbuild.cli.options import size, store_option
from kgbuild.config import RemoteAddress, ServerConfig
from kgbuild.errors import UsageError, unwritable

if TYPE_CHECKING:
    from kgbuild.store import StorePlace


def path_prefix(value: str) -> str:
    """A path as /graph, without a slash at its end."""
    if not re.fullmatch(r"(/[\w.~-]+)*/?", value, re.ASCII):
        raise click.BadParameter(f"{value!r} is no path; write it as /graph")
    return value.rstrip("/")


def tile_server(value: str) -> str:
    """A template that browsers fill for each piece of the map."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or not all(f"{{{name}}}" in value for name in "xyz"):
        raise click.BadParameter(f"{value!r} is no template of tiles; write it as https://host/{{z}}/{{x}}/{{y}}.png")
    return value


def host_name(value: str) -> str:
    """A host, with its port where it has one of its own."""
    if not re.fullmatch(r"([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?", value, re.ASCII | re.IGNORECASE):
        raise click.BadParameter(f"{value!r} is no host; write it as query.wikidata.org or localhost:8890")
    return value


def log_file(value: str) -> str:
    """A file that can be appended to, or - for standard error."""
    try:
        if value != "-":
            Path(value).open("a").close()
    except OSError as error:
        raise unwritable(Path(value), error) from error
    return value


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
@click.option(
    "--query-timeout", type=click.FloatRange(0.1), metavar="SECONDS", show_default="30", help="What one query may take."
)
@click.option(
    "--query-memory", type=size, metavar="SIZE", show_default="2G", help="Memory of one query, such as 500M or 2G."
)
@click.option("--max-rows", type=click.IntRange(1), metavar="N", show_default="1000000", help="Rows of one answer.")
@click.option(
    "--query-workers",
    type=click.IntRange(1),
    metavar="N",
    show_default="2",
    help="Processes that answer quick queries.",
)
@click.option(
    "--replica-memory",
    type=size,
    metavar="SIZE",
    show_default="8G",
    help="For copies of the graph in memory; 0 for none.",
)
@click.option(
    "--allow-service",
    multiple=True,
    type=host_name,
    metavar="HOST[:PORT]",
    help="A server that SERVICE and LOAD may ask; they are off otherwise. Repeatable.",
)
@click.option("--behind-proxy", is_flag=True, help="Believe X-Forwarded-* headers: only where a proxy sets them.")
@click.option("--prefix", type=path_prefix, metavar="/PATH", help="Path below which a proxy serves it.")
@click.option(
    "--tiles", type=tile_server, metavar="URL", help="A tile server: https://host/{z}/{x}/{y}.png; none else."
)
@click.option("--access-log", type=log_file, metavar="FILE", help="One line of JSON a request; - for standard error.")
def serve(store: StorePlace, dumps: Path | None, **settings: Any) -> int:
    """Serve a store: SPARQL endpoint, pages, linked data, dumps."""
    from server.run import serve as run

    _check_dumps(store, dumps)
    given = {name: value for name, value in settings.items() if value is not None}
    with _readable(store) as (folder, base):
        remote = store if isinstance(store, RemoteAddress) else None
        config = ServerConfig(store=folder, base=base, dumps=str(dumps) if dumps else None, remote=remote, **given)
        run(config, on_start=partial(_announce, config))
    return 0


@contextmanager
def _readable(store: StorePlace) -> Iterator[tuple[str, str]]:
    """The folder to be served and its base; of a store on a server, a copy."""
    if isinstance(store, Path):
        from kgbuild.store import open_snapshot

        with open_snapshot(store) as snapshot:
            base = snapshot.base
        yield str(store), base
        return
    from server.mirror import Mirror

    with TemporaryDirectory(prefix="kgbuild-mirror-") as folder:
        click.echo(f"copying {store}", err=True)
        yield folder, Mirror(store, folder).copy()


def _announce(config: ServerConfig) -> None:
    host = f"[{config.host}]" if ":" in config.host else config.host
    place = config.remote or config.store
    click.echo(f"serving {place} at http://{host}:{config.port}{config.prefix}/ (stop with Ctrl-C)", err=True)


def _check_dumps(store: StorePlace, folder: Path | None) -> None:
    """A folder that is named has to hold dumps; the one in the store's folder may come later."""
    if folder is not None and not (folder / "datapackage.json").is_file():
        remedy = f"prepare them with: kgbuild export --store {store} --all --out {folder}"
        raise UsageError(f"{folder}: no dumps here (datapackage.json is missing); {remedy}")
