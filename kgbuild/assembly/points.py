"""The points for what two tellings share, and how many make them one incident: those of `data/joining.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from kgbuild.resources import data_path


@cache
def points() -> Mapping[str, float]:
    """Points by the name of what is shared, or not shared though both tell it."""
    return _table("points")


@cache
def thresholds() -> Mapping[str, float]:
    """The least points by the kind of telling that is to be joined."""
    return _table("thresholds")


def _table(name: str) -> Mapping[str, float]:
    table: dict[str, float] = tomllib.loads(data_path("joining.toml").read_text("utf-8"))[name]
    return table
