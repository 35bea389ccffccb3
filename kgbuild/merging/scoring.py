"""How much speaks for two reports being of one incident: points for how they agree in each part, from a data file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kgbuild.merging.accounts import Account
from kgbuild.merging.levels import PARTS
from kgbuild.resources import data_path


@dataclass(frozen=True, slots=True)
class Weights:
    """The points of `data/merging/weights.toml`; `parts` maps part and level to points."""

    threshold: float
    doubtful: float
    veto: float
    parts: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class PairScore:
    """The level of each part, and the points they add up to."""

    levels: tuple[tuple[str, str], ...]
    total: float

    @property
    def forbidden(self) -> bool:
        """Whether no evidence can bring the two together."""
        return self.total <= weights().veto / 2

    @property
    def parts(self) -> list[str]:
        """Each part with its level and points, such as "place same_town 3"; parts that give no points are left out."""
        points = weights().parts
        given = ((part, level, points[part][level]) for part, level in self.levels if part in points)
        return [f"{part} {level} {number:g}" for part, level, number in given if number] or list(
            map(" ".join, self.levels)
        )


@cache
def weights() -> Weights:
    """The points, read once."""
    data = tomllib.loads(data_path("merging", "weights.toml").read_text(encoding="utf-8"))
    parts = {name: MappingProxyType(value) for name, value in data.items() if isinstance(value, dict)}
    return Weights(data["threshold"], data["doubtful"], data["veto"], MappingProxyType(parts))


def score_pair(a: Account, b: Account) -> PairScore:
    """Compare two reports of different articles; symmetric."""
    parts = weights().parts
    levels: list[tuple[str, str]] = []
    total = 0.0
    for part, level_of in PARTS:
        level = level_of(a, b)
        levels.append((part, level))
        total += parts[part][level]
        if total <= weights().veto / 2:
            break
    return PairScore(tuple(levels), round(total, 3))
