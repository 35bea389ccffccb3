"""Tells the buildings and vehicles that an incident hit from those that only stand by, were used, or treat the hurt."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.before import Before
from kgbuild.assembly.bystanders import BystanderReader
from kgbuild.assembly.frames import BOMBINGS, Frame
from kgbuild.assembly.stations import is_station
from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.annotations import EntityMention

_TREATING = frozenset({"Hospital", "Clinic"})
_REACH_OF_RIDING = 3


@dataclass(frozen=True, slots=True)
class FacilityReader:
    """Reads the parts of the facilities and vehicles in one stretch."""

    stretch: Stretch
    frame: Frame

    def role(self, mention: EntityMention, found: Before) -> str:
        """ "facility" or "none"."""
        beside = found.kind == "beside" or (found.kind == "direction" and self.frame.places)
        if found.kind in ("to", "from") or (beside and self.frame.cls not in BOMBINGS):
            return "none"
        if (found.kind == "for" and not self._aimed_at(found)) or self._carries_bomb(mention, found):
            return "none"
        if mention.start in self.stretch.harmed or BystanderReader(self.stretch, self.frame).is_officer(found.index):
            return "none"
        if is_station(self.stretch, self.frame, mention):
            return "none"
        if mention.cls in _TREATING and found.kind == "in" and not self._aimed_at(found):
            return "none"  # where the hurt are treated
        if mention.cls == "Vehicle" and self.frame.cls == "AidDelivery":
            return "none"
        if self._stands_before(mention, found):
            return "none"
        if found.role is None and mention.generic and self.stretch.in_relative(mention):
            return "none"
        return "none" if self.frame.trigger is None and not self.stretch.triggers else "facility"

    def _stands_before(self, mention: EntityMention, found: Before) -> bool:
        """ "the hospital *received* the dead *of the bombing*": the object of another verb, before the noun that tells
        what happened, unless it is what came under it or all that is named.
        """
        lead = self.stretch.lead
        if lead is None or lead.meaning.form != "noun" or mention.start >= lead.start or found.role is not None:
            return False
        before = range(self.stretch.start, lead.start)
        return not found.kind and not any(
            self.stretch.words.norms[i] in self.stretch.cues.verbs.suffered for i in before
        )

    def _carries_bomb(self, mention: EntityMention, found: Before) -> bool:
        """ "drove a truck laden with explosives": what somebody strikes with, unless a bomb is stuck to it."""
        words, roles = self.stretch.words, self.stretch.cues.words
        if mention.cls != "Vehicle" or self.frame.cls not in BOMBINGS:
            return self._brought_them(mention, found)
        if any(norm in roles.laden for norm in words.norms[mention.end : min(self.stretch.end, mention.end + 2)]):
            return True
        previous = words.skip_back(found.index - 1, self.stretch.start)
        if found.kind != "as" or previous < self.stretch.start:
            return found.index >= self.stretch.start and words.norms[found.index] in self.stretch.cues.verbs.driving
        return self.stretch.name_at(previous, "weapon") is None and words.norms[previous] not in roles.attached

    def _brought_them(self, mention: EntityMention, found: Before) -> bool:
        """ "gunmen *riding a motorbike* opened fire", "men *on a motorbike* shot"."""
        lead, index, norms = self.stretch.lead, found.index, self.stretch.words.norms
        ridden = index >= self.stretch.start and norms[index] in self.stretch.cues.verbs.driving
        acts = lead is not None and (lead.meaning.form == "verb" or lead.meaning.id == "shoot")
        if lead is not None and acts and norms[lead.start - 1] not in self.stretch.cues.words.passive:
            near = norms[max(self.stretch.start, mention.start - _REACH_OF_RIDING) : mention.start]
            ridden = ridden or not self.stretch.cues.words.riding.isdisjoint(near)
        return mention.cls == "Vehicle" and ridden and lead is not None and mention.end <= lead.start

    def _aimed_at(self, found: Before) -> bool:
        previous = self.stretch.content_before(found.index)
        if previous >= self.stretch.start and self.stretch.words.lemmas[previous] in self.stretch.cues.damage.parts:
            return True  # "hit the south wall of the mosque"
        return self.stretch.trigger_at(previous) is not None or self.stretch.name_at(previous) is not None
