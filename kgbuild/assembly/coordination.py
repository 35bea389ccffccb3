"""Whether a verb joined by "and" has the subject of the verb before it."""

from __future__ import annotations

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import Frame
from kgbuild.pipeline.triggers import Trigger

_WITH_OBJECT = frozenset({"attack", "seize", "kill"})
"""Frames of verbs that tell whom or what they hit."""
_NEAR = 1
_FEMININE, _PLURAL = "ت", "وا"


def shares_subject(found: Findings, cues: Cues, frame: Frame, told: Frame) -> bool:
    """ "X stormed the town *and arrested* ten men": the object stands right behind the verb, where else its subject is.

    `told` is what was told before, with who did it.
    """
    verb, before = frame.trigger, told.trigger
    if verb is None or before is None or verb.meaning.form != "verb" or verb.meaning.frame not in _WITH_OBJECT:
        return False
    if told.sentence != frame.sentence or before.end > verb.start:
        return False
    joint = found.words.skip_back(verb.start - 1, before.end)
    joined = joint >= before.end and cues.kinds.get(found.words.norms[joint]) == "and"
    return joined and _object_follows(found, verb) and _agree(found.words.norms, before, verb)


def _object_follows(found: Findings, verb: Trigger) -> bool:
    starts = [c.start for c in found.casualties] + [m.start for m in found.mentions if m.group == "facility"]
    return any(verb.end <= start <= verb.end + _NEAR for start in starts)


def _agree(norms: list[str], before: Trigger, verb: Trigger) -> bool:
    """Whether both verbs have the gender of one subject; a plural may follow either, once its subject is named."""
    first, second = norms[before.start], norms[verb.start]
    of_verb = before.meaning.form == "verb"
    return second.endswith(_PLURAL) or not of_verb or first.endswith(_FEMININE) == second.endswith(_FEMININE)
