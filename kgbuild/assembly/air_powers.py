"""Whose the warplanes are that an article names without their owner: those of the only air force it speaks of."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kgbuild.assembly.frames import Frame
from kgbuild.model import Entity
from kgbuild.resources import data_path

_AIRCRAFT = frozenset({"Aircraft", "Helicopter", "BarrelBomb"})


@dataclass(frozen=True, slots=True)
class AirPower:
    """One side of air_powers.toml."""

    forces: tuple[str, ...]
    weapons: frozenset[str]


@cache
def _air_powers() -> tuple[AirPower, ...]:
    rows = tomllib.loads(data_path("air_powers.toml").read_text("utf-8"))["power"]
    return tuple(AirPower(tuple(row["forces"]), frozenset(row["weapons"])) for row in rows)


def name_owners(frames: Iterable[Frame], entities: Mapping[str, Entity]) -> None:
    """Give air strikes without a doer the one air power that the article names, or the one that has such weapons."""
    forces = {entity.iri.rpartition("/")[2]: entity.id for entity in entities.values() if entity.group == "actor"}
    named = [power for power in _air_powers() if not forces.keys().isdisjoint(power.forces)]
    for frame in frames:
        weapons = {entities[weapon].cls for weapon in frame.weapons}
        if frame.agents or frame.cls != "AirStrike" or not weapons & _AIRCRAFT:
            continue
        owners = [power for power in named if weapons & power.weapons] or named
        if len(owners) == 1:
            frame.add("agents", next(forces[key] for key in owners[0].forces if key in forces))
