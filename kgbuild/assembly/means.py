"""Whether what did it was told before: "*the* car bomb went off in X"."""

from __future__ import annotations

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import Frame
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.triggers import Trigger


def weigh_means(found: Findings, cues: Cues, frame: Frame, trigger: Trigger) -> None:
    """ "*the* car bomb went off" is of what was told before; "the *second* car bomb" is of nothing told."""
    if trigger.meaning.form != "verb" or trigger.meaning.frame != "explosion" or frame.agents:
        return
    for name in found.names_in(frame.start, frame.end):
        gap = trigger.start - name.end if name.end <= trigger.start else name.start - trigger.end
        if name.group == "weapon" and gap == 0 and _is_definite(found, cues, name):
            behind = max(name.end, trigger.end)
            frame.likened = behind < frame.end and found.words.norms[behind] in cues.words.ordinals
            frame.anaphoric = not frame.likened
            return


def _is_definite(found: Findings, cues: Cues, name: EntityMention) -> bool:
    words, articles = found.words, cues.words.articles
    if articles:
        return words.norms[name.start - 1] in articles
    return words.norms[name.start] != words.lemmas[name.start]
