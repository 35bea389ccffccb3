"""Who stood against whom in an incident, and what a codebook may ask of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgbuild import tolls
from kgbuild.crosswalk import Case
from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Account, Event, Thing
from kgbuild.tolls import Range
from kgbuild.vocab import GROUP_OF

CIVILIAN_GROUPS = frozenset({"civilian", "child", "woman", "journalist", "medic", "aidWorker"})
"""Casualty groups of people who are no combatants; "man" and "unknown" say nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """`first` did it or is blamed for it, or took part; `second` was attacked: actors and people, no facilities."""

    first: tuple[Thing, ...]
    second: tuple[Thing, ...]


def sides_of(graph: GraphReader, event: Event) -> Sides:
    """Both sides; nobody is on both."""
    roles = event.roles
    attacked = tuple(
        thing
        for iri in dict.fromkeys((*roles.get("target", ()), *roles.get("victim", ())))
        if GROUP_OF.get((thing := graph.thing(iri)).cls) in ("actor", "person")
    )
    known = roles.get("perpetrator") or roles.get("allegedPerpetrator") or roles.get("participant") or ()
    first = tuple(graph.thing(iri) for iri in known if iri not in {thing.iri for thing in attacked})
    return Sides(first=first, second=attacked)


def case_of(graph: GraphReader, event: Event) -> Case:
    """The incident as the crosswalk's rules look at it."""

    def classes(*roles: str) -> frozenset[str]:
        return frozenset(graph.thing(iri).cls for role in roles for iri in event.roles.get(role, ()))

    return Case(
        cls=event.cls,
        weapons=classes("weapon"),
        perpetrators=classes("perpetrator", "allegedPerpetrator"),
        targets=classes("target", "victim"),
        in_clash="ArmedClash" in event.types and event.cls != "ArmedClash",
        killed=event.killed.min,
    )


def believed(event: Event) -> tuple[Account, ...]:
    """The accounts that do not deny the incident."""
    return tuple(account for account in event.accounts if account.certainty != "denied")


def of_groups(account: Account, effect: str, groups: Iterable[str]) -> Range:
    """How many of some casualty groups one account counts."""
    wanted = frozenset(groups)
    return tolls.toll((figure for figure in account.figures if figure.group in wanted), effect)


def has_civilian_casualties(event: Event) -> bool:
    """Whether an account counts civilians among the casualties."""
    return any(figure.group in CIVILIAN_GROUPS for account in believed(event) for figure in account.figures)


def own_id(event: Event) -> str:
    """The last part of the incident's IRI."""
    return event.iri.rpartition("/")[2]
