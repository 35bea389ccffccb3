"""Whether a telling points back to an incident told before: "the shelling killed …", "the bomber burst in"."""

from __future__ import annotations

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import Frame
from kgbuild.pipeline.triggers import Trigger

_GIVEN = frozenset({"attack", "explosion", "detonate", "kill"})
"""Events of which "the …" names one that was told before."""
_OF_ARMS = frozenset({"attack", "explosion", "detonate"})
_REACH_OF_SUBJECT = 3
_REACH_OF_OBJECT = 2


def points_back(cues: Cues, found: Findings, frame: Frame, trigger: Trigger) -> bool:
    """ "the shelling …": a definite event noun without a place, or as the subject of its sentence."""
    if _tells_of_known(cues, found, frame, trigger):
        return True
    if not trigger.definite or trigger.meaning.form != "noun" or is_suffered(cues, found, frame, trigger):
        return False
    if trigger.meaning.number == "singular" and trigger.meaning.frame in _GIVEN and not frame.agents:
        return True
    near = found.words.norms[max(frame.start, trigger.start - 2) : trigger.end + 3]
    return not frame.places or (not frame.agents and any(norm in cues.verbs.effect for norm in near))


def _tells_of_known(cues: Cues, found: Findings, frame: Frame, event: Trigger) -> bool:
    """ "*the* bomber burst in", "*the* car blew up", "the attack of Thursday": told of already."""
    norms = found.words.norms
    before = range(max(frame.start, event.start - _REACH_OF_SUBJECT), event.start)
    if event.meaning.form != "noun":
        aimed = event.meaning.frame == "attack"  # what stands behind may be what is hit
        near = before if aimed else (*before, *range(event.end, min(frame.end, event.end + _REACH_OF_OBJECT)))
        told = any(norms[i] in cues.words.the_arm for i in near)
        return event.meaning.frame in _OF_ARMS and not frame.agents and told
    if cues.words.articles or event.end - event.start > 1:
        return False
    carried = any(norms[i] in cues.verbs.light or norms[i] in cues.verbs.suffered for i in before)
    first = event.start - 1
    counted = first >= frame.start and (found.words.tags[first] == "NUM" or norms[first] in cues.words.several)
    return not carried and not counted and any(d.start == event.end for d in found.dates_in(event.end, frame.end))


def is_suffered(cues: Cues, found: Findings, frame: Frame, trigger: Trigger) -> bool:
    """Whether the event noun only says what somebody came under, which points back to nothing."""
    return any(norm in cues.verbs.suffered for norm in found.words.norms[frame.start : trigger.start])
