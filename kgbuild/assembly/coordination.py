"""Whether what is told next was done by who did what was told before, without naming him again."""

from __future__ import annotations

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import STRIKES, Frame
from kgbuild.pipeline.triggers import Trigger

_WITH_OBJECT = frozenset({"attack", "seize", "kill"})
"""Frames of verbs that tell whom or what they hit."""
_NEAR = 1
_REACH_OF_ANOTHER = 2
_REACH_OF_LIGHT_VERB = 3
_REACH_OF_DOER = 2
"""Tokens between gunmen and what they did ("gunmen unknown attacked")."""
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


def carries_on(found: Findings, cues: Cues, frame: Frame, told: Frame) -> bool:
    """ "*another* raid hit …", "(it) also shelled the quarter": a strike like that of the sentence before."""
    trigger, norms = frame.trigger, found.words.norms
    if trigger is None or cues.words.articles or frame.cls not in STRIKES or frame.sentence - told.sentence > 1:
        return False
    if trigger.meaning.form == "noun":
        behind = norms[trigger.end : min(frame.end, trigger.end + _REACH_OF_ANOTHER)]
        return frame.cls == told.cls and not cues.words.another.isdisjoint(behind)
    first = found.words.skip_forward(frame.start, trigger.start + 1)
    while first < trigger.start and (cues.kinds.get(norms[first]) == "and" or norms[first] in cues.words.also):
        first = found.words.skip_forward(first + 1, trigger.start + 1)
    return first == trigger.start and _ground_follows(found, cues, trigger)


def elides_subject(found: Findings, cues: Cues, frame: Frame) -> bool:
    """ "and managed to impose its control": a light verb opens the clause, and nobody is named up to its event."""
    words = found.words
    first = words.skip_forward(frame.start, frame.head)
    if cues.kinds.get(words.norms[first]) == "and":
        first = words.skip_forward(first + 1, frame.head)
    named = any(m.group == "actor" and first <= m.start < frame.head for m in found.mentions)
    recalled = cues.segments.earlier.longest_at(words.norms, first, frame.head)
    near = frame.head - first <= _REACH_OF_LIGHT_VERB
    return words.norms[first] in cues.verbs.light and near and not named and recalled is None


def has_unnamed_doer(found: Findings, cues: Cues, event: Trigger, frame: Frame) -> bool:
    """ "*gunmen* attacked", "an attack that *a bomber* made": others than those named last."""
    words, verbs, times = found.words, cues.verbs, {i for d in found.dates for i in range(d.start, d.end)}
    deeds = {c.head for c in found.casualties if c.start > c.head}
    if event.meaning.form == "verb":
        deeds.add(event.start)
    for index in (i for i in range(frame.start, frame.end) if words.norms[i] in cues.words.unnamed):
        at = index - 1
        while at > frame.start and at in times:
            at -= 1
        if words.norms[at] in verbs.done_by or words.norms[at] in verbs.light or at in deeds:
            return True
        if any(0 < deed - index <= _REACH_OF_DOER for deed in deeds):
            return True
    return False


def _ground_follows(found: Findings, cues: Cues, verb: Trigger) -> bool:
    """Whether what is hit stands right behind the verb, where else its subject is."""
    behind = found.words.skip_forward(verb.end, len(found.words.norms) - 1)
    if found.words.lemmas[behind] in cues.words.ground:
        return True
    return any(m.start == behind and m.group in ("place", "facility") for m in found.mentions)


def _object_follows(found: Findings, verb: Trigger) -> bool:
    starts = [c.start for c in found.casualties] + [m.start for m in found.mentions if m.group == "facility"]
    return any(verb.end <= start <= verb.end + _NEAR for start in starts)


def _agree(norms: list[str], before: Trigger, verb: Trigger) -> bool:
    """Whether both verbs have the gender of one subject; a plural may follow either, once its subject is named."""
    first, second = norms[before.start], norms[verb.start]
    of_verb = before.meaning.form == "verb"
    return second.endswith(_PLURAL) or not of_verb or first.endswith(_FEMININE) == second.endswith(_FEMININE)
