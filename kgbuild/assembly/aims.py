"""Who was aimed at, where it is told of those who hold the ground, of the one person hurt or of men in uniform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from kgbuild.assembly.before import Before
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.frames import SEIZURES, STRIKES, Frame
from kgbuild.assembly.stretch import Stretch
from kgbuild.model import Entity
from kgbuild.pipeline.words import Words, words_of

_AT_PERSONS = frozenset({"Assassination", "Execution", "Detention", "Shooting", "SuicideBombing", "Bombing"})


def holder_role(stretch: Stretch, frame: Frame, held: Before) -> str:
    """Of those who hold the ground: hit where it is taken *from* them or struck, doers where shells came from it."""
    words, cues = stretch.words, stretch.cues
    control = cues.control.longest_before(words.norms, held.index + 1, stretch.start)
    if control is None:
        return "holder"
    ground = words.skip_back(control[0] - 1, stretch.start)
    while (outer := cues.control.longest_before(words.norms, ground + 1, stretch.start)) is not None:
        ground = words.skip_back(outer[0] - 1, stretch.start)  # "the areas *subject to* the control of"
    if ground >= stretch.start and words.norms[ground] in cues.words.relatives:
        ground = words.skip_back(ground - 1, stretch.start)  # "the areas *that* X controls"
    if ground < stretch.start:
        return "holder"
    if frame.cls in STRIKES and _is_origin(stretch, ground):
        return "agent"
    taken = frame.cls == "TerritorialGain" and cues.kinds.get(words.norms[ground]) == "from"
    return "target" if taken or (frame.cls in STRIKES and _is_struck(stretch, frame, ground)) else "holder"


def aim_at_uniforms(frames: Sequence[Frame], doc: Doc, cues: Cues) -> None:
    """Where policemen or soldiers were killed and nobody is told to be aimed at, it was their force, if the article
    names just one.
    """
    words = words_of(doc)
    uniforms = ((cues.words.policemen, cues.words.police), (cues.words.soldiers, cues.words.armies))
    forces = [(men, _named_by(doc, words, nouns)) for men, nouns in uniforms]
    actors = frozenset(m.entity for m in doc._.mentions if m.group == "actor")
    for frame in frames:
        if frame.cls in SEIZURES or actors.intersection(frame.targets):
            continue
        hurt = {words.lemmas[c.person] for c in frame.casualties if c.effect == "killed" and c.person and not c.part}
        for men, named in forces:
            if len(named) == 1 and not hurt.isdisjoint(men) and named.isdisjoint(frame.agents):
                frame.add("targets", *named)


def _named_by(doc: Doc, words: Words, nouns: frozenset[str]) -> frozenset[str]:
    """The forces of states that are named with one of the nouns."""
    forces = (m for m in doc._.mentions if m.cls == "StateForce")
    return frozenset(m.entity for m in forces if not nouns.isdisjoint(words.lemmas[m.start : m.end]))


def _is_struck(stretch: Stretch, frame: Frame, ground: int) -> bool:
    """ "raids *on areas* that X controls", "*shelled the areas* of": behind "on", the event or its doer."""
    words, cues = stretch.words, stretch.cues
    if words.lemmas[ground] not in cues.words.possession:
        return False
    before = words.skip_back(ground - 1, stretch.start)
    found = cues.roles.longest_before(words.norms, before + 1, stretch.start)
    if stretch.trigger_at(before) is not None or (found is not None and found[1] == "target"):
        return True
    doer = stretch.name_at(before, "actor")
    return doer is not None and doer.entity in frame.agents


def _is_origin(stretch: Stretch, ground: int) -> bool:
    """ "shells fired *from areas* under the control of X"."""
    words, cues = stretch.words, stretch.cues
    if words.lemmas[ground] not in cues.words.origin_heads:
        return False
    found = cues.roles.longest_before(words.norms, words.skip_back(ground - 1, stretch.start) + 1, stretch.start)
    return found is not None and found[1] in ("agent", "origin")


def aim_at_victims(frames: Sequence[Frame], entities: Mapping[str, Entity]) -> None:
    """The one person whom an attack on persons is told to have hurt was its aim."""
    for frame in frames:
        if frame.cls in _AT_PERSONS and len(frame.victims) == 1 and entities[frame.victims[0]].cls == "Person":
            frame.add("targets", *frame.victims)
