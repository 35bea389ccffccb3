"""Options that several commands share."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from kgbuild.errors import UsageError

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

store_option = click.option(
    "--store", "store", type=store_folder, required=True, metavar="DIR", help="Folder of the store."
)

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
