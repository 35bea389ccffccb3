"""Which actors may stand for one another in two tellings of one incident: a group, and what it is part of."""

from __future__ import annotations

import tomllib
from functools import cache

from kgbuild.linking.actors import curated_actors
from kgbuild.resources import data_path


def of_one_side(one: str, other: str) -> bool:
    """Whether one of two curated actors, given by key, is part of the other or meant by its name."""
    return one in _around(other) or other in _around(one)


@cache
def _around(key: str) -> frozenset[str]:
    """The actor and all that it is part of, and what these are meant by."""
    found, waiting = {key}, [key]
    while waiting:
        actor = waiting.pop()
        parents = curated_actors()[actor].relations.get("partOf", ()) if actor in curated_actors() else ()
        new = {*parents, *_umbrellas().get(actor, ())} - found
        found |= new
        waiting += new
    return frozenset(found)


@cache
def _umbrellas() -> dict[str, tuple[str, ...]]:
    """Member → the actors by whose name it may be meant."""
    umbrellas = tomllib.loads(data_path("umbrellas.toml").read_text("utf-8"))["umbrellas"]
    members = {member for names in umbrellas.values() for member in names}
    return {member: tuple(key for key, names in umbrellas.items() if member in names) for member in members}
