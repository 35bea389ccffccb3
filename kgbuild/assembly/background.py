"""Tells what only looks like an incident: totals over months, habits, plans, fears, denied facts."""

from __future__ import annotations

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.frames import Frame
from kgbuild.pipeline.phrases import PhraseTable
from kgbuild.pipeline.words import Words

_IRREALIS_REACH = 6
_STANCE_REACH = 3


def is_background(words: Words, frame: Frame, start: int, end: int, cues: Cues) -> bool:
    """Whether the telling at `frame`, in the sentence [start, end), reports no single incident."""
    near = (max(start, frame.start), min(end, frame.end))
    if _holds(cues.totals, words, *near) or _holds(cues.habitual, words, *near):
        return True
    if _is_stance(words, frame, near[0], cues):
        return True
    if frame.trigger is None and _holds(cues.natural, words, *near):
        return True
    if frame.date is None and _holds(cues.reminders, words, start, min(end, start + 5)):
        return True
    first = frame.trigger.start if frame.trigger else frame.head
    if _holds(cues.irrealis, words, max(near[0], first - _IRREALIS_REACH), first):
        return True
    previous = words.skip_back(first - 1, near[0])
    if previous < near[0]:
        return False
    if words.lemmas[previous] in cues.vague_counts and not frame.casualties:
        return True
    if words.norms[previous] in cues.negations or _is_purpose(words, frame, previous, near[0], cues):
        return True
    return _is_denied_verb(words, max(near[0], first - _IRREALIS_REACH), first, cues)


def _is_denied_verb(words: Words, start: int, end: int, cues: Cues) -> bool:
    """ "did not come under shelling": the negation stands before the verb that carries the event noun."""
    return any(
        words.norms[index] in cues.negations
        and (words.norms[index + 1] in cues.suffered or words.norms[index + 1] in cues.light)
        for index in range(start, end - 1)
    )


def _is_stance(words: Words, frame: Frame, start: int, cues: Cues) -> bool:
    """ "X condemned the shelling of …": said about what is known already, where no toll and no date is given."""
    if any(c.min is not None for c in frame.casualties) or frame.date is not None:
        return False
    first = frame.trigger.start if frame.trigger else frame.head
    if frame.trigger is not None and frame.trigger.meaning.form != "noun":
        return False
    return any(norm in cues.stances for norm in words.norms[start : min(first, start + _STANCE_REACH)])


def _is_purpose(words: Words, frame: Frame, previous: int, start: int, cues: Cues) -> bool:
    """ "to liberate …": a verbal noun behind "for" tells an aim, but for what somebody suffered or what it led to."""
    if cues.kinds.get(words.norms[previous]) != "for" or frame.trigger is None or frame.trigger.meaning.form != "noun":
        return False
    governor = words.skip_back(previous - 1, start)
    told = governor >= start and (words.norms[governor] in cues.suffered or words.norms[governor] in cues.effect_verbs)
    return frame.trigger.meaning.frame in ("gain", "act", "withdraw") and not told


def _holds(table: PhraseTable[str], words: Words, start: int, end: int) -> bool:
    return any(table.longest_at(words.norms, index, end) is not None for index in range(start, end))
