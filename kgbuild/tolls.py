"""How many people one report says were killed or injured, reckoned from the figures it gives.

Figures that the article itself replaces do not count. Totals count before sub-counts; where only sub-counts are given,
they are added up. Figures of one group are alternatives and span a range; figures of different groups (civilians and
combatants, men and children, Syrians and Iraqis) are different people and add up. A figure without a number adds
nothing to the minimum; an open figure ("at least 14", "wounded") leaves the maximum open.
"""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild.model import Casualty

Range = tuple[int | None, int | None]
"""(minimum, maximum), None where unknown or open."""


def toll(casualties: Iterable[Casualty], effect: str) -> Range:
    """The range of people who suffered `effect` by one report's figures."""
    valid = [c for c in casualties if c.effect == effect and not c.superseded]
    counted = [c for c in valid if not c.part] or valid
    groups: dict[tuple[str, str | None], list[Casualty]] = {}
    for casualty in counted:
        groups.setdefault((casualty.group, casualty.nationality), []).append(casualty)
    ranges = [_span(figures) for figures in groups.values()]
    minima = [low for low, _ in ranges if low is not None]
    maxima = [high for _, high in ranges if high is not None]
    return sum(minima) if minima else None, sum(maxima) if maxima and len(maxima) == len(ranges) else None


def _span(figures: Iterable[Casualty]) -> Range:
    """The range that alternative figures of one group span."""
    figures = list(figures)
    minima = [c.min for c in figures if c.min is not None]
    maxima = [c.max for c in figures if c.max is not None]
    return min(minima, default=None), max(maxima) if len(maxima) == len(figures) else None
