"""What an incident's class becomes through the weapons and adjectives beside its trigger."""

from __future__ import annotations

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.frames import Frame
from kgbuild.assembly.handling import objects
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import Words

_FLOWN = frozenset({"Bombardment", "Shelling", "Offensive"})
_OF_TROOPS = frozenset({"operation", "campaign"})
"""What troops do for days; the bombs and the artillery told beside it make no other class of it."""


def refined_class(
    words: Words,
    frame: Frame,
    start: int,
    end: int,
    mentions: list[EntityMention],
    group: list[Trigger],
    cues: Cues,
) -> str:
    """The first row of the refinement table that fits the clause [start, end); else the trigger's own class."""
    if frame.trigger is not None and frame.trigger.meaning.id in _OF_TROOPS:
        return frame.cls
    met = objects(words, start, end, group, cues)
    weapons = {m.cls for m in mentions if m.group == "weapon" and m.start not in met}
    actors = {m.cls for m in mentions if m.group == "actor"}
    named = {i for m in mentions if m.group not in ("weapon", "facility") for i in range(m.start, m.end)}
    plain = [i for i in range(start, end) if i not in named and i not in met]
    lemmas = {words.lemmas[i] for i in plain} | {words.norms[i] for i in plain}
    told = {t.meaning.cls for t in group} or {frame.cls}
    for row in cues.refinements:
        if frame.cls in row.classes and (weapons & row.weapons or lemmas & row.words or actors & row.actors):
            return row.to
    if frame.cls == "Bombardment":
        specific = [c for c in ("DroneStrike", "AirStrike", "Shelling") if c in told]
        if specific:
            return specific[0]
    return frame.cls


def by_air_force(words: Words, frame: Frame, mentions: list[EntityMention], cues: Cues) -> bool:
    """Whether one of the doers is an air force by its name, so that what it hit was hit from the air."""
    if frame.cls not in _FLOWN:
        return False
    doers = (set(words.norms[m.start : m.end]) for m in mentions if m.group == "actor" and m.entity in frame.agents)
    return any(norms & cues.words.flying and not norms & cues.words.grounded for norms in doers)
