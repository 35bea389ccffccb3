"""Actors named in a clause that took no part in what it tells: those who condemn, cordon off, investigate or hold."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.before import Before
from kgbuild.assembly.frames import Frame
from kgbuild.assembly.own_weapons import AIMING
from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.annotations import EntityMention

_OF_PERSONS = frozenset({"seize", "kill"})
_NO_CONSTRUCT = ("ون", "ين")
"""Endings that a noun loses before its owner."""


@dataclass(frozen=True, slots=True)
class BystanderReader:
    """Tells the bystanders among the actors of the telling that the stretch makes."""

    stretch: Stretch
    frame: Frame

    def stands_by(self, mention: EntityMention, before: Before) -> bool:
        """ "the coalition condemned the attack", "X, who cordoned off the place", "a member of X", "X-held"."""
        words, stretch = self.stretch.words, self.stretch
        compound = words.norms[mention.end : mention.end + 2]
        if compound[:1] == ["-"] and not stretch.cues.words.holding.isdisjoint(compound):
            return True
        if self._names_quarter(mention) or self._acts_later(mention, before):
            return True
        if not before.kind and (self._only_deals(before.index) or self._only_deals(mention.end)):
            return True
        fighters = stretch.content_before(before.index) if before.kind == "from" else -1
        if fighters >= stretch.start and words.lemmas[fighters] in stretch.cues.words.fighters:
            return self._only_deals(words.skip_back(fighters - 1, stretch.start)) or self._only_deals(mention.end)
        return self._has_officer(before)

    def _has_officer(self, before: Before) -> bool:
        """ "a brigadier *in X*", "the spokesman *of X*", "a source *from X*", unless it is he who was hurt."""
        words, stretch = self.stretch.words, self.stretch
        behind = before.kind in ("in", "from")
        office = words.skip_back(before.index - 1, stretch.start) if behind else before.index
        if before.kind == "in" and self.is_officer(office):
            return True
        if office < stretch.start or words.lemmas[office] not in stretch.cues.words.posts or self._is_hurt(office):
            return False
        return behind or not words.norms[office].endswith(_NO_CONSTRUCT)

    def _names_quarter(self, mention: EntityMention) -> bool:
        """ "in *Police* Street": a street or quarter that bears the name."""
        previous, stretch = mention.start - 1, self.stretch
        return previous >= stretch.start and stretch.words.lemmas[previous] in stretch.cues.words.quarters

    def _acts_later(self, mention: EntityMention, before: Before) -> bool:
        """ "after the bombing *X managed* to clear the place": who does something else once the event is over."""
        lead, stretch = self.stretch.lead, self.stretch
        if lead is None or lead.meaning.form != "noun" or not lead.definite or before.index < lead.end:
            return False
        if stretch.words.norms[before.index] not in stretch.cues.verbs.light:
            return False
        timed = stretch.cues.roles.longest_before(stretch.words.norms, lead.start, stretch.start)
        if timed is None or timed[1] != "cause":
            return False
        return not any(trigger.start >= mention.end for trigger in stretch.triggers)

    def is_officer(self, index: int) -> bool:
        """Whether a rank or command stands at `index` ("a *brigadier* in X", "the *head* of the academy")."""
        stretch = self.stretch
        return index >= stretch.start and stretch.words.lemmas[index] in stretch.cues.words.ranks

    def _only_deals(self, index: int) -> bool:
        """Whether a verb stands at `index` whose subject took no part, and which tells no incident itself."""
        index = self.stretch.words.skip_forward(index, self.stretch.end)
        if not self.stretch.start <= index < self.stretch.end or self.stretch.trigger_at(index):
            return False
        verbs = self.stretch.cues.verbs
        return any(self.stretch.words.norms[index] in verb for verb in (verbs.stances, verbs.bystanding))

    def _is_hurt(self, index: int) -> bool:
        """Whether the noun at `index` is one of those whom something befell."""
        if any(c.start <= index < c.end or c.person == index for c in self.frame.casualties):
            return True
        previous = self.stretch.trigger_at(self.stretch.content_before(index))
        return previous is not None and (previous.meaning.frame in _OF_PERSONS or previous.meaning.id in AIMING)
