"""Whether what is told was told before: "*the* car bomb went off in X", "*another* attack"."""

from __future__ import annotations

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import Frame
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.triggers import Trigger

_REACH_OF_FURTHER = 2


def weigh_means(found: Findings, cues: Cues, frame: Frame, trigger: Trigger) -> None:
    """ "*the* car bomb went off" is of what was told before; "the *second* car bomb" is of nothing told."""
    if trigger.meaning.form != "verb" or trigger.meaning.frame != "explosion" or frame.agents:
        return
    for name in found.names_in(frame.start, frame.end):
        gap = trigger.start - name.end if name.end <= trigger.start else name.start - trigger.end
        if name.group == "weapon" and gap == 0:
            behind = max(name.end, trigger.end)
            norm = found.words.norms[behind] if behind < frame.end else ""
            definite = _is_definite(found, cues, name)
            frame.likened = definite and norm in cues.words.ordinals
            frame.further = not definite and norm in cues.words.further
            frame.anaphoric = definite and not frame.likened
            return


def is_further(found: Findings, cues: Cues, frame: Frame, trigger: Trigger) -> bool:
    """ "*another* attack", "a *second* raid", at most an adjective between; not "14 other raids"."""
    counted = trigger.start > 0 and found.words.tags[trigger.start - 1] == "NUM"
    if trigger.meaning.form != "noun" or trigger.definite or counted:
        return False
    bombs = (m.end for m in found.names_in(trigger.end, trigger.end + 1) if m.group == "weapon")
    begin = next(bombs, trigger.end)
    near = range(begin, min(frame.end, begin + _REACH_OF_FURTHER))
    return any(found.words.norms[i] in cues.words.further for i in near)


def _is_definite(found: Findings, cues: Cues, name: EntityMention) -> bool:
    words, articles = found.words, cues.words.articles
    if articles:
        return words.norms[name.start - 1] in articles
    return words.norms[name.start] != words.lemmas[name.start]
