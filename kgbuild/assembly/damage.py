"""Which houses, vehicles and the like a stretch tells to be destroyed, damaged, burnt or out of service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.words import COMMAS

_REACH = 6
"""Words between what tells the effect and the thing, names not counted."""
_REACH_OF_PRONOUN = 12
_REACH_OF_PARTICIPLE = 2
_REACH_OF_PARTLY = 5
_REACH_OF_DENIAL = 3
_LONGEST_JOIN = 8
"""Words from one thing to the next that the same word tells of."""
_WITHIN = frozenset({"in", "as"})
_BURNT_OUT = frozenset({"Vehicle"})


@dataclass(frozen=True, slots=True)
class Damage:
    """What the word at `told` says became of the thing; no effect where it says so of another time, or denies it."""

    mention: EntityMention
    effect: str | None
    told: int


@dataclass(slots=True)
class DamageReader:
    """Reads the stretch [start, end) of a sentence."""

    cues: Cues
    found: Findings
    start: int
    end: int
    _things: list[EntityMention] = field(init=False)
    _named: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        names = [m for m in self.found.mentions if self.start <= m.start < self.end and m.entity]
        self._things = [m for m in names if m.group == "facility"]
        self._named = frozenset(i for m in names for i in range(m.start, m.end))

    def read(self) -> Iterator[Damage]:
        """All damage told, in order."""
        if not self._things:
            return
        index = self.start
        while index < self.end:
            stop, effect, things = self._told_at(index)
            other = bool(things) and (self._denied(index) or self._came_earlier(index))
            for thing in things:
                yield Damage(thing, None if other else self._fate(effect, thing, index), index)
            index = stop

    def _told_at(self, index: int) -> tuple[int, str, list[EntityMention]]:
        """(end, effect, things) of the word at `index`; no things where it tells of none."""
        words, damage = self.found.words, self.cues.damage
        if index in self._named:
            return index + 1, "", []
        norm, lemma = words.norms[index], words.lemmas[index]
        if norm in damage.attached and not words.texts[index].endswith("ة"):
            return index + 1, damage.attached[norm], self._behind(index + 1, bare=True) or self._before_pronoun(index)
        hit = damage.told.longest_at(words.norms, index, self.end) or damage.told.longest_at(
            words.lemmas, index, self.end
        )
        if hit is not None:
            return hit[0], hit[1], self._behind(hit[0]) or self._ahead(index, _REACH)
        effect = damage.participles.get(norm) or damage.participles.get(lemma)
        return index + 1, effect or "", self._ahead(index, _REACH_OF_PARTICIPLE) if effect else []

    def _behind(self, stop: int, *, bare: bool = False) -> list[EntityMention]:
        """The first thing behind, with those joined to it; `bare`: only where nothing but figures stands between."""
        first = next((m for m in self._things if m.start >= stop), None)
        if first is None or self._gap(stop, first.start) > _REACH or not self._leads(stop, first.start):
            return []
        if bare and self._before_quantity(first.start) >= stop:
            return []
        things = [first]
        for thing in self._things:
            if things[-1].end <= thing.start and self._joins(things[-1].end, thing.start):
                things.append(thing)
        return things

    def _ahead(self, index: int, reach: int) -> list[EntityMention]:
        """The last thing before the word, as its subject."""
        things = [m for m in self._things if m.end <= index and self._gap(m.end, index) <= reach]
        return things[-1:] if things and self._leads(things[-1].end, index) else []

    def _before_pronoun(self, index: int) -> list[EntityMention]:
        things = [m for m in self._things if m.end <= index and self._gap(m.end, index) <= _REACH_OF_PRONOUN]
        return things[-1:]

    def _gap(self, start: int, end: int) -> int:
        return sum(i not in self._named and self.found.words.tags[i] == "WORD" for i in range(start, end))

    def _leads(self, start: int, end: int) -> bool:
        """Whether no comma and no verb of another event stands between the word and the thing."""
        if any(start <= t.start < end for t in self.found.triggers if t.meaning.form != "noun" and not t.meaning.weak):
            return False
        return not any(self.found.words.norms[i] in COMMAS for i in range(start, end))

    def _joins(self, start: int, end: int) -> bool:
        """Whether "and" or a comma stands before the thing at `end`, and nothing else is told from `start` on."""
        words = self.found.words
        joint = self._before_quantity(end)
        if joint < start or not (self.cues.kinds.get(words.norms[joint]) == "and" or words.norms[joint] in COMMAS):
            return False
        if self._gap(start, end) > _LONGEST_JOIN or any(start <= c.head < end for c in self.found.casualties):
            return False
        told = self.cues.damage.told
        if any(told.longest_at(words.norms, i, end) for i in range(start, end) if i not in self._named):
            return False
        return not any(start <= t.start < end for t in self.found.triggers)

    def _before_quantity(self, index: int) -> int:
        """The word before the figures and quantities that lead to the thing at `index`."""
        words, quantities = self.found.words, self.cues.damage.quantities
        index = words.skip_back(index - 1, self.start)
        while index >= self.start and (words.tags[index] == "NUM" or words.norms[index] in quantities):
            index = words.skip_back(index - 1, self.start)
        return index

    def _denied(self, index: int) -> bool:
        """ "no damage to", "its destruction will"."""
        norms = self.found.words.norms[max(self.start, index - _REACH_OF_DENIAL) : min(self.end, index + 2)]
        return any(norm in self.cues.background.negations for norm in norms)

    def _came_earlier(self, index: int) -> bool:
        """ "*after* the burning of": another's damage."""
        return self.cues.segments.earlier.longest_before(self.found.words.norms, index, self.start) is not None

    def _fate(self, effect: str, thing: EntityMention, told: int) -> str:
        if effect == "burnt":
            effect = "destroyed" if thing.cls in _BURNT_OUT else "damaged"
        if effect == "destroyed" and self._in_part(thing, told):
            return "damaged"
        return effect

    def _in_part(self, thing: EntityMention, told: int) -> bool:
        """ "destroyed *the facade* of", "destroyed it *partly*", "destruction *in* houses"."""
        words, damage = self.found.words, self.cues.damage
        lead = self._before_quantity(thing.start)
        if lead > told and self.cues.kinds.get(words.norms[lead]) in _WITHIN:
            return True
        between = range(min(told, thing.end), max(told, thing.start))
        if any(words.lemmas[i] in damage.parts for i in between if i not in self._named):
            return True
        stop = min(self.end, max(told, thing.end) + _REACH_OF_PARTLY)
        return any(words.norms[i] in damage.partly for i in range(min(told, thing.start), stop))
