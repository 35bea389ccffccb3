"""Whether a clause that tells of people hurt goes on about an incident told before: "more than 160 were injured"."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.additions import REACH_OF_DAMAGE, is_of_another_time
from kgbuild.assembly.clauses import Clause
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import ARMED, BOMBINGS, KILLINGS, STRIKES, Frame
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention
from kgbuild.pipeline.triggers import Trigger

_REACH_OF_PLACE = 12
"""Tokens before the first figure from which on a place belongs to it."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """Weighs the clauses of sentence `number`. Without `joins_effects`, none only tells what another led to."""

    cues: Cues
    found: Findings
    number: int
    joins_effects: bool

    def is_bare_effect(self, clause: Clause, groups: list[list[Trigger]], told: Frame) -> bool:
        """ "(…). *Which led to a massacre*": a sentence that only tells the toll of the one before."""
        if self.number - told.sentence > 1 or self.has_own_place(clause):
            return False
        return self.is_effect(clause) and all(t.meaning.cls in KILLINGS for group in groups for t in group)

    def belongs_to(self, clause: Clause, before: Frame) -> bool:
        """Whether the clause, of a sentence that tells an incident, tells more of that."""
        return self.is_effect(clause) or self._continues(clause, before)

    def tells_more(self, clause: Clause, told: Frame) -> bool:
        """Whether the clause tells more of the last incident of the sentences before."""
        return (self.is_effect(clause) or self._goes_on(clause, told)) and not self.has_own_place(clause)

    def _goes_on(self, clause: Clause, told: Frame) -> bool:
        """ "More than 160 people were injured", with no force named, right behind an incident without such a figure."""
        if self.number - told.sentence > 1 or not self._continues(clause, told):
            return False
        of_old = is_of_another_time(self.found, self.cues, told, clause.start, clause.end)
        if self.cues.words.passive and of_old:
            return False
        passive = all(self._opens_toll(c, clause) for c in clause.casualties)
        named = any(m.cls in ARMED for m in self.found.names_in(clause.start, clause.end))
        return bool(clause.casualties) and passive and not named

    def names_one_hurt(self, clause: Clause, told: Frame) -> bool:
        """ "X, an officer, was wounded", right behind a strike or a bombing that is told with no smaller toll."""
        if not self.cues.words.passive or told.cls not in STRIKES | BOMBINGS:
            return False
        dated = self.found.dates_in(clause.start, clause.end)
        if dated or self.number - told.sentence > REACH_OF_DAMAGE or self.has_own_place(clause):
            return False
        persons = {m.start for m in self.found.names_in(clause.start, clause.end) if m.cls == "Person"}
        smaller = {c.effect for c in told.casualties if c.min in (None, 1)}
        named = (c.start in persons and c.min == 1 and c.effect not in smaller for c in clause.casualties)
        return bool(clause.casualties) and all(named)

    def _continues(self, clause: Clause, told: Frame) -> bool:
        """Whether figures without a place of their own carry on the toll of the telling before."""
        if not self.joins_effects or self.has_own_place(clause):
            return False
        known = {c.effect for c in told.casualties if not c.part}
        return all(c.part or c.effect not in known for c in clause.casualties)

    def is_effect(self, clause: Clause) -> bool:
        """Whether the clause only tells what another led to."""
        return clause.effect and self.joins_effects

    def has_own_place(self, clause: Clause) -> bool:
        """Whether the clause names a place, other than a country, not long before its figures or behind them."""
        first = min((c.start for c in clause.casualties), default=clause.start) - _REACH_OF_PLACE
        names = self.found.names_in(clause.start, clause.end)
        return any(m.group == "place" and m.cls != "Country" and m.start >= first for m in names)

    def _opens_toll(self, toll: CasualtyMention, clause: Clause) -> bool:
        """Whether the toll is told in the passive, or its verb opens the clause: "and *were hurt* eight soldiers"; in
        English, whether those hurt come first: "at least 100 people *died*", "two *killed*".
        """
        words, passive = self.found.words, self.cues.words.passive
        if passive:
            return toll.part or words.norms[toll.head - 1] in passive or toll.start <= toll.head
        first = words.skip_forward(clause.start, clause.end)
        if self.cues.kinds.get(words.norms[first]) == "and":
            first = words.skip_forward(first + 1, clause.end)
        return toll.part or first == toll.head < toll.start
