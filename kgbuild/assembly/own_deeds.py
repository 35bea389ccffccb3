"""Whether those who tell of a deed did it: "the army announced that its aircraft …", "X announced the capture of"."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.frames import ARMED, Frame
from kgbuild.pipeline.attribution import Claim
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import Words, words_of

_MINISTRIES = frozenset({"GovernmentBody", "State"})
_REACH = 8
_SEIZURES = frozenset({"Detention", "WeaponInterception"})
"""What those who tell of it with a verbal noun did themselves ("the police announced the arrest of")."""
_MOVES = frozenset({"gain", "withdraw"})
_OPERATIONS = frozenset({"operation", "offensive", "campaign", "advance"})
_LONGEST_OPENING = 3
"""Tokens between those who announce and the noun of what they did ("X announced *the start of* an operation")."""


@dataclass(slots=True)
class OwnDeeds:
    """Reads one document's claims for what the speakers did themselves."""

    doc: Doc
    cues: Cues
    _words: Words = field(init=False)
    _ends: dict[int, int] = field(init=False)
    _forces: frozenset[str] = field(init=False)
    _armed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._words = words_of(self.doc)
        self._ends = {m.start: m.end for m in self.doc._.mentions}
        self._armed = frozenset(e.id for e in self.doc._.entities if e.cls in ARMED)
        self._forces = self._armed | {e.id for e in self.doc._.entities if e.cls in _MINISTRIES}

    def tells(self, claim: Claim, frame: Frame) -> bool:
        """Whether a force tells what it did itself."""
        if claim.carried or not claim.sources or not self._forces.issuperset(claim.sources):
            return False
        trigger = frame.trigger
        told = claim.kind == "speech" and trigger is not None and trigger.meaning.form == "noun"
        if told and trigger is not None and (frame.cls in _SEIZURES or self._announces(claim, trigger)):
            return True
        first = frame.head
        if self.cues.words.articles:  # "said *they* had killed 20 men in an ambush"
            first = min((frame.head, *(c.head for c in frame.casualties if claim.start <= c.head < claim.end)))
        begin = max(claim.start, first - _REACH)
        near = range(begin, min(claim.end, frame.head + _REACH // 2))
        return any(self._is_own(i, claim) for i in near if i + 1 < claim.end)

    def _is_own(self, index: int, claim: Claim) -> bool:
        """Whether a word such as "its aircraft", "that it" stands there, "it" having the gender of who speaks."""
        words, own = self._words.norms, self.cues.words
        if words[index] not in own.own or words[index + 1] in self.cues.verbs.suffered:
            return False
        if self._befalls(index, claim.start):
            return False
        verb = next((w for w in reversed(words[claim.start : index]) if w in self.cues.verbs.speech), None)
        if verb is None:
            return True
        feminine = verb.startswith("ت") or verb.endswith("ت")
        return words[index] not in (own.own_masculine if feminine else own.own_feminine)

    def _befalls(self, index: int, start: int) -> bool:
        """ "two *of its soldiers*", "an attack *on its forces*": those hit."""
        found = self.cues.roles.longest_before(self._words.norms, index, start)
        hit = found is not None and found[1] == "target"
        return hit or self.cues.kinds.get(self._words.norms[index - 1]) == "from"

    def _announces(self, claim: Claim, trigger: Trigger) -> bool:
        """ "X announced *the recapture of* Y", "*its control of*", "*the start of an operation*": right behind X."""
        moves = trigger.meaning.frame in _MOVES or trigger.meaning.id in _OPERATIONS
        if not moves or not self._armed.issuperset(claim.sources):
            return False
        before = [self._ends[at] for at in claim.named if self._ends.get(at, trigger.start) < trigger.start + 1]
        if not before:
            return False
        gap = [i for i in range(max(before), trigger.start) if self._words.tags[i] not in ("SPACE", "PUNCT")]
        opening = self.cues.words.announced | self.cues.verbs.speech
        return len(gap) <= _LONGEST_OPENING and all(self._words.norms[i] in opening for i in gap)
