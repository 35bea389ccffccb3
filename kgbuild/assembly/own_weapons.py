"""Whose the weapons of a clause are, and whether they stand for those who use them."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.before import Before
from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.triggers import Trigger

AIMING = frozenset({"target", "assassinate", "execute", "siege"})
"""Event nouns whose second part is the one hit."""


@dataclass(frozen=True, slots=True)
class OwnWeapons:
    """Reads the weapons beside the names of one stretch."""

    stretch: Stretch

    def fire(self, before: Before) -> bool:
        """ "killed *by fire of* X", "by shells of X": a noun without article behind "by"; not "hit with shells X"."""
        words, lead = self.stretch.words, self.stretch.lead
        fire = words.skip_forward(before.index + 1, self.stretch.end)
        if words.norms[fire] != words.lemmas[fire] or (before.possession and not self._by_fighters(fire)):
            return False
        if lead is not None and lead.meaning.form == "verb" and lead.meaning.frame == "attack" and lead.end <= fire:
            return False
        return words.lemmas[fire] in self.stretch.cues.words.fire or self.stretch.name_at(fire, "weapon") is not None

    def _by_fighters(self, fire: int) -> bool:
        """ "by bullets *of gunmen of* X"."""
        lemmas = self.stretch.words.lemmas[fire + 1 : fire + 2]
        return any(lemma in self.stretch.cues.words.fighters for lemma in lemmas)

    def are_own(self, index: int) -> bool:
        """Whether the weapon that ends at `index` is its owner's ("a drone of X hit …"), not the subject of an aiming
        noun whose object follows ("a drone's targeting of X").
        """
        weapon = self.stretch.name_at(index, "weapon")
        if weapon is None:
            return False
        event = self.stretch.trigger_at(self.stretch.words.skip_back(weapon.start - 1, self.stretch.start))
        return event is None or not is_aiming_noun(event)

    def act(self, lead: Trigger, mention: EntityMention) -> bool:
        """Whether a weapon stands as the verb's subject: "a car bomb hit X", "hit the warplanes X"."""
        if lead.meaning.form != "verb":
            return False
        norms = self.stretch.words.norms
        weapons = [m for m in self.stretch.names if m.group == "weapon" and m.generic]
        subjects = [m for m in weapons if m.start == lead.end and norms[m.start].startswith("ال")]
        follows = any(not self._describe(m.end, mention.start) for m in subjects)
        return follows or any(0 <= lead.start - m.end <= 1 for m in weapons)

    def _describe(self, start: int, end: int) -> bool:
        """Whether only adjectives stand between: "the (heavy) *Turkish* artillery"."""
        return start <= end and all(self.stretch.is_adjective(i) for i in range(start, end))


def is_aiming_noun(trigger: Trigger) -> bool:
    return trigger.meaning.id in AIMING and trigger.meaning.form == "noun"
