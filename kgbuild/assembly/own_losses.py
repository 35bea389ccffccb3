"""Whose men and posts are hit where a pronoun says so: "X said that five *of its soldiers* were killed"."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.frames import ARMED, Frame
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.words import Words, words_of

_AIMED = frozenset({"target", "assassinate", "siege"})
_STRIKING = frozenset({"attack", "detonate", "seize", "kill"})
_HURT = frozenset({"killed", "injured", "detained", "abducted", "missing"})
_NO_LOSS = frozenset({"Withdrawal", "Displacement", "Evacuation", "Agreement", "Ceasefire", "Protest", "AidDelivery"})


@dataclass(slots=True)
class OwnLosses:
    """Reads the tellings of one document."""

    doc: Doc
    cues: Cues
    _words: Words = field(init=False)
    _armed: list[EntityMention] = field(init=False)

    def __post_init__(self) -> None:
        self._words = words_of(self.doc)
        armed = {e.id for e in self.doc._.entities if e.cls in ARMED}
        self._armed = [m for m in self.doc._.mentions if m.entity in armed]

    def owners(self, frame: Frame, sentence: int) -> list[str]:
        """The forces, named before from the token `sentence` on, whose own are hit: the last that is no doer."""
        if frame.cls in _NO_LOSS or not self.cues.words.own_bases:
            return []
        hit = [i for start, end in frame.spans for i in range(start, end) if self._is_hit(frame, i, start)]
        near = [m for m in self._armed if hit and sentence <= m.start < hit[0] and m.entity not in frame.agents]
        owners = [m.entity for m in near if not self._only_describes(m, sentence)]
        return owners[-1:]

    def _only_describes(self, mention: EntityMention, start: int) -> bool:
        """Whether the name only says whose the one before it is ("X, *affiliated with Y*, lost two of its men"), or who
        did it ("raids *that Y carries out* on its camps").
        """
        norms, before = self._words.norms, self._words.skip_back(mention.start - 1, start)
        tie = self._words.skip_back(before - 1, start)
        tied = tie >= start and norms[tie] in self.cues.words.belonging
        return tied or (before >= start and norms[before] in self.cues.verbs.done_by)

    def _is_hit(self, frame: Frame, index: int, start: int) -> bool:
        """Whether "its men" or "its positions" stand there as what is counted among the hurt, aimed at or struck."""
        words, cues = self._words, self.cues
        posts = words.norms[index] in cues.words.own_bases
        if not posts and words.norms[index] not in cues.words.own_men:
            return False
        if any(c.person == index and c.effect in _HURT for c in frame.casualties):
            return True
        cue = words.skip_back(index - 1, start)
        found = cues.roles.longest_before(words.norms, cue + 1, start)
        if found is not None:
            return found[1] == "target" and cues.kinds.get(words.norms[cue]) != "as"
        trigger = frame.trigger
        if trigger is None or trigger.end != cue + 1:
            return False
        return trigger.meaning.id in _AIMED or (posts and trigger.meaning.frame in _STRIKING)
