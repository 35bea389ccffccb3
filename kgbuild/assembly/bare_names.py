"""The part of an actor named behind no preposition: subject, object or the second part of a construct."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.before import Before
from kgbuild.assembly.frames import Frame
from kgbuild.assembly.own_weapons import AIMING, OwnWeapons, is_aiming_noun
from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.triggers import Trigger

REACH_OF_DEED = 6
"""Tokens between who killed or seized people and the verb or the figure."""
UNARMED = frozenset({"GovernmentBody", "PoliticalOrganization", "Organization"})
_ATTACKING = frozenset(
    {"attack", "armed-attack", "ambush", "offensive", "infiltrate", "abduct", "lead-away", "detain", "arrest", "raid"}
)
_OWN_MOVES = frozenset({"withdraw", "gain"})
_TRANSITIVE = frozenset({"attack", "kill", "gain"})


@dataclass(frozen=True, slots=True)
class BareNameReader:
    """Reads the part of such a name in the telling that the stretch makes."""

    stretch: Stretch
    frame: Frame

    def role(self, mention: EntityMention, before: Before) -> str:
        """ "agent", "target" or "none"."""
        lead = self.stretch.lead
        if self.stretch.in_relative(mention):
            return "none"
        if lead is None and not before.possession and self._kills_behind(mention):
            return "agent"
        if lead is None:
            doer = self.frame.trigger is not None or self._manages(mention)
            return "agent" if doer and not before.possession else "target"
        if mention.start < lead.start:
            if self._at_the_scene(lead) or self._is_resumed(lead):
                return "none"
            before_verb = self.stretch.words.norms[lead.start - 1]
            if lead.meaning.form == "verb" and before_verb in self.stretch.cues.words.passive:
                return "target"  # "X was ambushed"
            hit = before.possession or self._is_suffered(lead) or self._is_counted(mention, lead)
            return "target" if hit else self._suffers(mention, lead) or "agent"
        if lead.meaning.form == "verb" and lead.meaning.frame in _TRANSITIVE and self.stretch.cues.words.articles:
            return "target"  # where words of their own are articles, the subject stands before its verb
        if before.possession and not self.frame.agents and self._fighters_act(lead):
            return "agent"
        if before.possession or lead.meaning.frame == "explosion" or OwnWeapons(self.stretch).act(lead, mention):
            return "target"
        if self._owner_of_thing(before):
            return "none"
        if mention.cls in UNARMED and lead.meaning.id in AIMING and mention.start == lead.end:
            return "target"  # of a passive: ministries are struck, they do not strike
        return "target" if self.frame.agents or self._is_object(mention, lead) else "agent"

    def _kills_behind(self, mention: EntityMention) -> bool:
        """ "X fighters killed two men": the name before a verb that is no passive, with the people hurt behind it;
        right before it in languages where the subject may also follow.
        """
        words, cues = self.stretch.words, self.stretch.cues.words
        reach = REACH_OF_DEED if cues.articles else 0
        heads = [c.head for c in self.frame.casualties if mention.end <= c.head < c.start]
        return any(h - mention.end <= reach and words.norms[h - 1] not in cues.passive for h in heads)

    def _manages(self, mention: EntityMention) -> bool:
        """Whether the name is the subject of a verb that carries what was done ("X managed to kill 20 men")."""
        words, verbs = self.stretch.words, self.stretch.cues.verbs
        light = verbs.light - verbs.suffered
        ahead = words.skip_back(mention.start - 1, self.stretch.start)
        while ahead > self.stretch.start and words.norms[ahead] in self.stretch.cues.words.heads:
            ahead = words.skip_back(ahead - 1, self.stretch.start)
        behind = words.skip_forward(mention.end, self.stretch.end)
        told = any(0 <= c.head - mention.end <= REACH_OF_DEED and c.start > c.head for c in self.frame.casualties)
        near = [i for i in (ahead, behind) if self.stretch.start <= i < self.stretch.end]
        return told and any(words.norms[i] in light for i in near)

    def _is_counted(self, mention: EntityMention, lead: Trigger) -> bool:
        """ "14 of the police were killed in a bombing": a name between the figure and its cause says whose they are."""
        return (
            lead.meaning.form == "noun"
            and mention.end < lead.start
            and any(max(c.head, c.start) < mention.start for c in self.frame.casualties)
        )

    def _suffers(self, mention: EntityMention, lead: Trigger) -> str:
        """ "two men of X were killed in an attack": X is hit; who stands before the figure ("the son of X's chief and
        two others were") is no party; else "".
        """
        tolls = [c for c in self.frame.casualties if c.start < c.head and mention.end <= c.head < lead.start]
        if not tolls:
            return ""
        return "target" if any(c.start <= mention.start for c in tolls) else "none"

    def _at_the_scene(self, lead: Trigger) -> bool:
        """ "security forces cordoned off the place of the explosion"."""
        words, start = self.stretch.words, self.stretch.start
        previous = words.skip_back(lead.start - 1, start)
        return previous >= start and words.norms[previous] in self.stretch.cues.words.scenes

    def _is_resumed(self, lead: Trigger) -> bool:
        """ "X wants back the town *that Y captured*": in Arabic "which captured it Y", whose subject follows."""
        words, cues = self.stretch.words, self.stretch.cues.words
        previous = words.skip_back(lead.start - 1, self.stretch.start)
        behind = words.skip_forward(lead.end, self.stretch.end)
        if previous < self.stretch.start or behind >= self.stretch.end or lead.meaning.form != "verb":
            return False
        return words.norms[previous] in cues.relatives and words.norms[behind] in cues.resumptive

    def _is_suffered(self, lead: Trigger) -> bool:
        near = range(self.stretch.start, lead.start)
        return any(self.stretch.words.norms[i] in self.stretch.cues.verbs.suffered for i in near)

    def _fighters_act(self, lead: Trigger) -> bool:
        """Whether those who belong to the name are the subject: "the withdrawal of men of X", "men of X attacked"."""
        words, fighters = self.stretch.words, self.stretch.cues.words.fighters
        if lead.end >= self.stretch.end or words.lemmas[lead.end] not in fighters:
            return False
        attacked = lead.meaning.form == "verb" and lead.meaning.id in _ATTACKING
        return attacked or lead.meaning.frame in _OWN_MOVES

    def _owner_of_thing(self, before: Before) -> bool:
        """Whether a noun that tells nothing stands right before the name ("the treasurer of X")."""
        index, words, cues = before.index, self.stretch.words, self.stretch.cues
        if index < self.stretch.start or words.tags[index] != "WORD" or before.kind:
            return False
        if self.stretch.trigger_at(index) or self.stretch.name_at(index) or self.stretch.is_adjective(index):
            return False
        carriers = (cues.verbs.light, cues.verbs.suffered, cues.words.auxiliaries, cues.words.resumptive)
        return not any(words.norms[index] in verbs for verbs in carriers)

    def _is_object(self, mention: EntityMention, lead: Trigger) -> bool:
        """Whether the name right behind the event is the one hit: of a passive, or of "targeting of" that names nothing
        else.
        """
        if lead.meaning.form == "passive":
            return True
        return is_aiming_noun(lead) and not self._object_follows(mention)

    def _object_follows(self, mention: EntityMention) -> bool:
        behind = (m for m in self.stretch.names if m.start >= mention.end)
        return any(m.group == "facility" or (m.group in ("place", "actor") and not m.generic) for m in behind)
