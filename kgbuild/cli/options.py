"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgbuild.errors import UsageError

if TYPE_CHECKING:
    from kgbuild.store import StorePlace

_REMOTE = ("http://", "https://")


def day(value: str) -> date:
    """A day as 2017-06-09."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it as 2017-06-09") from None


def store_folder(value: str) -> Path:
    """The folder of a store on this machine."""
    if value.startswith(_REMOTE):
        raise UsageError(f"{value}: this command works on a store in a folder; give its path as --store")
    return Path(value)


_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def size(value: str) -> int:
    """Bytes, as 500M or 2G."""
    number, unit = value[:-1], value[-1:].upper()
    if value.isdigit():
        return int(value)
    if unit not in _UNITS or not number.isdigit():
        raise click.BadParameter(f"{value!r} is no size; write it as 500M or 2G")
    return int(number) * _UNITS[unit]


paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...")

_PARTS = ("query_url", "update_url", "graph_store_url")


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--store` with the URLs of a server; the command gets `store`, a folder or a RemoteAddress."""

    @wraps(command)
    def with_store(*args: Any, store: str, **given: Any) -> Any:
        urls = {name: given.pop(name) for name in _PARTS}
        return command(*args, store=_place(store, urls), **given)

    wrapped: Callable[..., Any] = with_store
    for name in reversed(_PARTS):
        flag = f"--{name.replace('_', '-')}"
        wrapped = click.option(flag, metavar="URL", hidden=True, help="Of the server, if --store is one.")(wrapped)
    text = "Folder of the store, or the URL of a SPARQL 1.1 server (see docs/stores.md)."
    return click.option("--store", "store", required=True, metavar="DIR|URL", help=text)(wrapped)


def _place(store: str, urls: dict[str, str | None]) -> StorePlace:
    from kgbuild.config import RemoteAddress

    if store.startswith(_REMOTE):
        return RemoteAddress(url=store, **urls)
    if given := [name for name, url in urls.items() if url]:
        raise UsageError(f"--{given[0].replace('_', '-')} goes with --store http://…, not with a folder")
    return Path(store)


published_option = click.option(
    "--published", type=day, metavar="DATE", help="Date of articles that have none, such as 2017-06-09."
)

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=lambda: len(os.sched_getaffinity(0)),
    show_default="one per processor",
    metavar="N",
    help="Processes that read articles at the same time.",
)
