"""Leaves out tellings whose toll only adds up those of several incidents told one by one ("24 killed in Baquba")."""

from __future__ import annotations

from itertools import accumulate

from kgbuild.assembly.frames import Frame

_EFFECTS = ("killed", "injured")
_LEADS = 3
"""Headline and lead give sums; what an article tells later does not look ahead."""
_FOLLOWING = 16
"""Tellings behind a lead among which the summands are looked for."""
_SUMMANDS = 8


def without_sums(frames: list[Frame]) -> list[Frame]:
    """The frames but for leads that stand before several others and bear exactly the sum of their tolls."""
    ordered = sorted(frames, key=lambda f: f.head)
    leads = ordered[:_LEADS]
    sums = [f for at, f in enumerate(leads, 1) if _is_sum(f, ordered[at : at + _FOLLOWING])]
    return [f for f in frames if not any(f is s for s in sums)]


def _is_sum(frame: Frame, later: list[Frame]) -> bool:
    tolls = [_toll(frame, effect) for effect in _EFFECTS]
    if not any(tolls):
        return False
    return any(_adds_up(tolls, later[first : first + _SUMMANDS]) for first in range(len(later) - 1))


def _adds_up(tolls: list[int], frames: list[Frame]) -> bool:
    """Whether a run of at least two frames from the first on has these tolls together."""
    counted = [[_toll(f, effect) for effect in _EFFECTS] for f in frames]
    if not counted or not any(counted[0]):
        return False
    sums = accumulate(counted, lambda a, b: [x + y for x, y in zip(a, b, strict=True)])
    told = accumulate(any(c) for c in counted)
    return any(total == tolls and number > 1 for total, number in zip(sums, told, strict=True))


def _toll(frame: Frame, effect: str) -> int:
    return max((c.min or 0 for c in frame.casualties if c.effect == effect and not c.part), default=0)
