"""Which of the names only tell where those are who act: "from its positions in X", "the troops stationed in X"."""

from __future__ import annotations

from kgbuild.assembly.frames import Frame
from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.annotations import EntityMention

_REACH = 9
"""Tokens between "from its positions" and the name."""
_LEFT = frozenset({"Withdrawal", "Displacement", "Evacuation"})


def is_station(stretch: Stretch, frame: Frame, mention: EntityMention) -> bool:
    """Whether the place or base is where the doer of what `frame` tells acts from or is stationed."""
    if frame.cls in _LEFT:
        return False
    words, cues = stretch.words, stretch.cues
    for index in range(mention.start - 1, max(stretch.start, mention.start - _REACH) - 1, -1):
        if stretch.trigger_at(index) is not None or words.norms[index] in cues.verbs.speech:
            return False
        if words.norms[index] in cues.words.stationed:
            doer = stretch.name_at(words.skip_back(index - 1, stretch.start), "actor")
            return doer is not None and doer.entity in frame.agents
        if words.norms[index] in cues.words.own_bases:
            return cues.kinds.get(words.norms[words.skip_back(index - 1, stretch.start)]) == "from"
        other = stretch.name_at(index)
        if other is not None and other.end <= mention.start and not _locates(stretch, other.end, mention.start):
            return False
    return False


def _locates(stretch: Stretch, start: int, end: int) -> bool:
    """Whether "in", "near" stands between two names, so that the second tells where the first is."""
    kinds = (stretch.cues.kinds.get(norm) for norm in stretch.words.norms[start:end])
    return any(kind in ("in", "beside", "as") for kind in kinds)
