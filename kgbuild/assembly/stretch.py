"""The stretch of tokens that tells one incident, with the names and triggers in it, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.cues import Cues
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import COMMAS, Words

_ADJECTIVE_ENDINGS = ("ي", "يه", "يا", "يين")
_REACH_OF_RELATIVE = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens [start, end). `triggers` tell the incident, the first of them first; `times` are the tokens of dates,
    `blamed` the first ones of the names of those who are accused of what happened, `harmed` those of the things that
    are named for their damage alone.
    """

    words: Words
    cues: Cues
    names: list[EntityMention]
    triggers: list[Trigger]
    start: int
    end: int
    times: frozenset[int] = frozenset()
    blamed: frozenset[int] = frozenset()
    harmed: frozenset[int] = frozenset()

    @property
    def lead(self) -> Trigger | None:
        return self.triggers[0] if self.triggers else None

    def trigger_at(self, index: int) -> Trigger | None:
        return next((t for t in self.triggers if t.start <= index < t.end), None)

    def name_at(self, index: int, *groups: str) -> EntityMention | None:
        """The first name of one of the groups, of any where none is given, that covers the token."""
        return next((m for m in self.names if m.start <= index < m.end and (not groups or m.group in groups)), None)

    @property
    def expels(self) -> bool:
        """Whether it tells that somebody is driven out, from the place that is won so."""
        return self.lead is not None and self.lead.meaning.id == "expel"

    def is_inside(self, mention: EntityMention, *groups: str) -> bool:
        """Whether the name only belongs to another ("the building of the union of craftsmen")."""
        return any(
            m is not mention and m.start <= mention.start and mention.end <= m.end and (not groups or m.group in groups)
            for m in self.names
        )

    def is_adjective(self, index: int) -> bool:
        norm = self.words.norms[index]
        if norm in self.cues.words.adjectives:
            return True
        if self.words.lemmas[index] in self.cues.words.no_adjectives:
            return False
        return len(norm) > 3 and norm.endswith(_ADJECTIVE_ENDINGS) and self.words.tags[index] == "WORD"

    def content_before(self, index: int) -> int:
        """The token before `index` that is no adjective, quote or bracket."""
        previous = self.words.skip_back(index - 1, self.start)
        while previous > self.start and self.is_adjective(previous):
            previous = self.words.skip_back(previous - 1, self.start)
        return previous

    def weapon_before(self, index: int) -> EntityMention | None:
        """The weapon that ends before `index`, over adjectives; its own name may end as they do (مروحية)."""
        ends = {self.words.skip_back(index - 1, self.start) + 1, self.content_before(index) + 1}
        return next((m for m in self.names if m.group == "weapon" and m.end in ends), None)

    def in_relative(self, mention: EntityMention) -> bool:
        """Whether a relative pronoun stands between what happened and the name ("…, which X uses as a court")."""
        behind_lead = self.lead is not None and self.lead.end <= mention.start
        begin = self.lead.end if self.lead and behind_lead else max(self.start, mention.start - _REACH_OF_RELATIVE)
        if self.words.norms[self.words.skip_back(mention.start - 1, begin)] in COMMAS:
            return False  # "the attack, which happened yesterday, hit X"
        return any(self.words.norms[i] in self.cues.words.relatives for i in range(begin, mention.start))
