"""What "an attack" was, once all that an article tells of it is known: one of several bombings, gunfire, a fight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from kgbuild.assembly.before import before
from kgbuild.assembly.frames import BOMBINGS, Frame
from kgbuild.assembly.likeness import Likeness
from kgbuild.assembly.stretch import Stretch
from kgbuild.model import Entity

_REACH_OF_SERIES = 8
"""Sentences over which bare tolls are thought to be of the series told before them."""
_FEW = 9
"""The most that gunmen are thought to hit in an attack of which no more is told."""
_REACH_OF_AIM = 8
_REACH_OF_GROUND = 4
_ATTACKS = frozenset({"attack", "armed-attack"})
_WHERE = frozenset({"in", "as", "beside", "direction"})
_FORCES = frozenset({"StateForce", "MilitaryCoalition", "State", "Country"})
_ON_THE_ROAD = frozenset({"Vehicle", "Checkpoint"})
_GROUND = frozenset({"MilitaryBase", "Airport", "Headquarters", "Dam", "Factory", "Prison"})


def settle_classes(frames: Sequence[Frame], likeness: Likeness) -> None:
    """Give bare tolls and attacks the class that the article leaves open where it tells them."""
    for number, frame in enumerate(frames):
        series = _series_of(frame, frames[:number], likeness)
        if series is not None:
            frame.cls = series.cls
        elif frame.cls == "Offensive" and frame.trigger is not None:
            frame.cls = _kind_of_attack(frame, likeness.entities)


def _series_of(item: Frame, told: Sequence[Frame], likeness: Likeness) -> Frame | None:
    """The bombings in a city, told before with a larger toll, of which one quarter's dead are a part."""
    if not (item.trigger is None or item.trigger.meaning.id in _ATTACKS) or item.cls not in ("Killing", "Offensive"):
        return None
    if item.agents or item.victims or item.targets or item.weapons or not item.places:
        return None
    near = [f for f in told if f.cls in BOMBINGS and item.sentence - f.sentence <= _REACH_OF_SERIES]
    larger = [f for f in near if _toll(f) > _toll(item) > 0]
    held = [f for f in larger if likeness.places(f, item) == "within"]
    return held[-1] if held else None


def _kind_of_attack(frame: Frame, entities: Mapping[str, Entity]) -> str:
    """Gunfire at persons, patrols and cars, a clash out of an ambush; else an offensive."""
    told = "" if frame.trigger is None else frame.trigger.meaning.id
    if told == "ambush":
        return "ArmedClash"
    if told not in _ATTACKS or frame.ground or _classes(frame.agents, entities) & _FORCES:
        return frame.cls
    hit = _classes(frame.targets, entities)
    if hit & _GROUND:
        return frame.cls
    gunfire = told == "armed-attack" or hit & _ON_THE_ROAD or 0 < _toll(frame) <= _FEW
    return "Shooting" if gunfire else frame.cls


def _classes(ids: Iterable[str], entities: Mapping[str, Entity]) -> set[str]:
    return {entities[one].cls for one in ids if one in entities}


def aims_at_ground(stretch: Stretch) -> bool:
    """Whether an attack is told to be on a place or on positions, not on those who pass there."""
    lead, words = stretch.lead, stretch.words
    if lead is None or lead.meaning.id not in _ATTACKS:
        return False
    near = range(lead.end, min(stretch.end, lead.end + _REACH_OF_GROUND))
    aim = list(takewhile(lambda i: stretch.cues.kinds.get(words.norms[i]) not in _WHERE, near))
    if any(words.lemmas[i] in stretch.cues.words.ground for i in aim if not stretch.name_at(i, "facility")):
        return True
    places = (m for m in stretch.names if m.group == "place" and lead.end <= m.start <= lead.end + _REACH_OF_AIM)
    heads = (before(stretch, place) for place in places)
    return any(head.role == "target" or not (head.role or head.kind) for head in heads)


def _toll(frame: Frame) -> int:
    """How many were hurt, the killed before the injured."""
    killed = [c.min or 0 for c in frame.casualties if c.effect == "killed" and not c.part]
    injured = [c.min or 0 for c in frame.casualties if c.effect == "injured" and not c.part]
    return max(killed, default=0) or max(injured, default=0)
