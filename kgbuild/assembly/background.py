"""Tells what only looks like an incident: totals over months, habits, plans, fears, denied facts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.frames import LASTING, Frame
from kgbuild.pipeline.annotations import DateMention
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import COMMAS, Words

_IRREALIS_REACH = 6
_REACH_OF_ADJECTIVE = 2
_REACH_OF_PREDICATE = 9
_REACH_OF_ATTEMPT = 4
_REACH_OF_AND = 8
_YEAR = 364
"""Days over which several strikes, or the dead of them, are a total."""
_STANCE_REACH = 3
_LONGEST_INCIDENT = 6
"""Days over which strikes and the like are still told as one incident."""


def is_background(words: Words, frame: Frame, start: int, end: int, dates: Sequence[DateMention], cues: Cues) -> bool:
    """Whether the telling at `frame`, in the sentence [start, end), reports no single incident."""
    near = (max(start, frame.start), min(end, frame.end))
    if frame.cls != "Siege" and cues.background.totals.stands_in(words.norms, *near):
        return True  # "besieged since 2013" is one siege
    if cues.background.habitual.stands_in(words.norms, *near):
        return True
    if _is_span_total(words, frame, dates, cues):
        return True
    if _is_stance(words, frame, near[0], dates, cues) or _is_recalled(words, frame, near[0], cues):
        return True
    if frame.trigger is None and cues.background.natural.stands_in(words.norms, *near):
        return True
    if _is_to_come(words, frame, cues) or _is_struggle(words, frame, cues) or _is_undone(words, frame, start, cues):
        return True
    if frame.date is None and cues.background.reminders.stands_in(words.norms, start, min(end, start + 5)):
        return True
    first = frame.trigger.start if frame.trigger else frame.head
    joined = _reach_of_and(words, frame, start, cues)
    if is_unreal(words, first, start if joined else near[0], cues, reach=joined or _IRREALIS_REACH):
        return True
    previous = words.skip_back(first - 1, near[0])
    if previous < near[0]:
        return False
    if words.lemmas[previous] in cues.background.vague_counts and not frame.casualties:
        return True
    purpose = frame.trigger is not None and is_purpose(words, frame.trigger, near[0], cues)
    if words.norms[previous] in cues.background.negations or purpose:
        return True
    return _is_denied_verb(words, max(near[0], first - _IRREALIS_REACH), first, cues)


def is_unreal(words: Words, index: int, start: int, cues: Cues, *, reach: int = _IRREALIS_REACH) -> bool:
    """Whether what the word at `index` tells is planned, feared or called for, by a word at most `reach` before it."""
    first = max(start, index - reach)
    return cues.background.irrealis.stands_in(words.norms, first, index) or _may_be(words, first, index, cues)


def _may_be(words: Words, start: int, end: int, cues: Cues) -> bool:
    """ "may attack": قد before a verb in the present, up to the one at `end`; before the past it says that it did."""
    verbs = (words.norms[i + 1] for i in range(start, end) if words.norms[i] in cues.background.may)
    return any(v[0] == "ي" or (v[0] == "ت" != v[-1] and v not in cues.background.past_with_t) for v in verbs)


def _is_span_total(words: Words, frame: Frame, dates: Sequence[DateMention], cues: Cues) -> bool:
    """ "during the past month", "since 2011": figures and strikes over so long a time are no single incident."""
    if frame.cls in LASTING:
        return False
    several = frame.trigger is None or frame.trigger.meaning.number == "plural"
    if several and frame.date is not None and frame.date.days() >= _YEAR:
        return True
    spans = (d for d in dates if frame.start <= d.start < frame.end and d.interval.days() > _LONGEST_INCIDENT)
    return any(
        words.norms[i] in cues.words.throughout for d in spans for i in (d.start - 1, d.start) if i >= frame.start
    )


def _is_to_come(words: Words, frame: Frame, cues: Cues) -> bool:
    """ "the coming battles", "a possible attack": an adjective behind the event noun, another one at most between."""
    if frame.trigger is None or frame.trigger.meaning.form != "noun":
        return False
    behind = words.norms[frame.trigger.end : frame.trigger.end + _REACH_OF_ADJECTIVE]
    if any(norm in cues.background.upcoming for norm in behind):
        return True
    predicate = words.norms[frame.trigger.end : min(frame.end, frame.trigger.end + _REACH_OF_PREDICATE)]
    told = pairwise(predicate)  # "the operations *will go on*"
    return any(one in cues.background.future and verb in cues.background.lasting for one, verb in told)


def _is_undone(words: Words, frame: Frame, start: int, cues: Cues) -> bool:
    """An arrest or a gain only tried, and ground that a name is told to have changed hands, nobody says when."""
    if frame.trigger is None:
        return False
    if frame.cls == "TerritorialGain" and frame.aside and frame.date is None:
        return True
    joined = _reach_of_and(words, frame, start, cues)
    if frame.cls != "Detention" and not (joined and frame.cls == "TerritorialGain"):
        return False
    begin = frame.trigger.start - joined if joined else max(frame.start, frame.trigger.start - _REACH_OF_ATTEMPT)
    return any(norm in cues.background.attempts for norm in words.norms[begin : frame.trigger.start])


def _reach_of_and(words: Words, frame: Frame, start: int, cues: Cues) -> int:
    """How far before it what is wished or tried may stand where "and", no comma before it, joins a verbal noun to
    another ("called for the opening of an inquiry *and the arrest* of"); 0 where it is not joined.
    """
    if frame.trigger is None or frame.trigger.meaning.form != "noun":
        return 0
    previous = words.skip_back(frame.trigger.start - 1, start)
    if previous < start or cues.kinds.get(words.norms[previous]) != "and":
        return 0
    first = max(start, previous - _REACH_OF_AND)
    return 0 if any(norm in COMMAS for norm in words.norms[first:previous]) else frame.trigger.start - first


def _is_struggle(words: Words, frame: Frame, cues: Cues) -> bool:
    """ "the fight against X": what a side is about, where no day and no figure makes a battle of it."""
    if frame.trigger is None or frame.date is not None or frame.casualties:
        return False
    last, behind = frame.trigger.end - 1, words.norms[frame.trigger.end : frame.trigger.end + 1]
    return words.norms[last] in cues.background.struggles and any(cues.kinds.get(norm) == "with" for norm in behind)


def _is_denied_verb(words: Words, start: int, end: int, cues: Cues) -> bool:
    """ "did not come under shelling": the negation stands before the verb that carries the event noun."""
    return any(
        words.norms[index] in cues.background.negations
        and (words.norms[index + 1] in cues.verbs.suffered or words.norms[index + 1] in cues.verbs.light)
        for index in range(start, end - 1)
    )


def _is_stance(words: Words, frame: Frame, start: int, dates: Sequence[DateMention], cues: Cues) -> bool:
    """ "X condemned the shelling of …": said about what is known already, where no toll and no date is given; mourning
    the dead tells of no new ones.
    """
    first = frame.trigger.start if frame.trigger else frame.head
    if any(norm in cues.verbs.mourning for norm in words.norms[start : min(first, start + _STANCE_REACH)]):
        return True
    dated = any(first <= d.start < frame.end and d.interval == frame.date for d in dates)
    if any(c.min is not None for c in frame.casualties) or dated:
        return False
    if frame.trigger is not None and frame.trigger.meaning.form != "noun":
        return False
    return any(norm in cues.verbs.stances for norm in words.norms[start : min(first, start + _STANCE_REACH)])


def _is_recalled(words: Words, frame: Frame, start: int, cues: Cues) -> bool:
    """ "the attack comes two days after …": a definite event noun behind such a verb is known already."""
    if frame.trigger is None or not frame.trigger.definite or frame.trigger.meaning.form != "noun":
        return False
    return any(
        norm in cues.verbs.recalling for norm in words.norms[max(start, frame.trigger.start - 1) : frame.trigger.start]
    )


def is_purpose(words: Words, trigger: Trigger, start: int, cues: Cues) -> bool:
    """ "to liberate …": a verbal noun behind "for" tells an aim, but for what somebody suffered or what it led to."""
    previous = words.skip_back(trigger.start - 1, start)
    if previous < start or cues.kinds.get(words.norms[previous]) != "for" or trigger.meaning.form != "noun":
        return False
    governor = words.skip_back(previous - 1, start)
    told = governor >= start and (
        words.norms[governor] in cues.verbs.suffered or words.norms[governor] in cues.verbs.effect
    )
    return trigger.meaning.frame in ("gain", "act", "withdraw") and not told
