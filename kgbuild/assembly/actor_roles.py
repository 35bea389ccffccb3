"""Whether an actor named in a clause did what it tells, was hit, or only stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.before import Before
from kgbuild.assembly.bystanders import BystanderReader
from kgbuild.assembly.frames import Frame
from kgbuild.assembly.own_weapons import AIMING, OwnWeapons, is_aiming_noun
from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.triggers import Trigger

_OBSERVERS = frozenset(
    {"MediaOrganization", "MonitoringOrganization", "HumanitarianOrganization", "InternationalOrganization"}
)
_MUTUAL = frozenset({"Agreement", "Ceasefire"})
_REACH_OF_DEED = 6
_UNARMED = frozenset({"GovernmentBody", "PoliticalOrganization", "Organization"})
_ATTACKING = frozenset(
    {"attack", "armed-attack", "ambush", "offensive", "infiltrate", "abduct", "lead-away", "detain", "arrest", "raid"}
)
_OWN_MOVES = frozenset({"withdraw", "gain"})
_MOVES = frozenset({"TerritorialGain", "Withdrawal"})
_SEIZED = frozenset({"detained", "abducted"})
_TRANSITIVE = frozenset({"attack", "kill", "gain"})
_OF_PERSONS = frozenset({"seize", "kill"})


@dataclass(frozen=True, slots=True)
class ActorReader:
    """Reads the part of each actor in the telling that the stretch makes."""

    stretch: Stretch
    frame: Frame

    @property
    def _weapons(self) -> OwnWeapons:
        return OwnWeapons(self.stretch)

    @property
    def _bystanders(self) -> BystanderReader:
        return BystanderReader(self.stretch, self.frame)

    def role(self, mention: EntityMention, before: Before) -> str:
        """ "agent", "target" or "none"."""
        if mention.cls in _OBSERVERS:
            return "target" if before.role == "target" and before.kind not in ("for", "as") else "none"
        if self._bystanders.stands_by(mention, before):
            return "none"
        if self._is_expelled(mention) or (self.frame.cls != "ArmedClash" and self._is_toll(mention)):
            return "target"
        if self._is_blamed(mention):
            return "agent"
        if before.kind == "and" and self._joined_to_aim(before):
            return "target"
        if self._is_held(mention) or self._owns_downed(before):
            return "target"
        if before.role == "agent" or self._fights(mention, before) or self._seizes(mention):
            return "agent"
        if (before.kind == "as" and self._weapons.fire(before)) or self._kills(mention, before):
            return "agent"
        if before.kind == "between" and self.frame.cls in _MUTUAL:
            return "agent"
        if before.kind == "from" and before.role != "target":
            return self._behind_from(before)
        if before.role == "place" and self._owns_event(mention):
            return "agent"
        if before.role in ("target", "place") and before.kind != "as":
            return "target"
        if before.kind == "for":
            return self._behind_for(before)
        if before.kind in ("with", "to"):
            return "none"
        return self._bare(mention, before)

    def _is_toll(self, mention: EntityMention) -> bool:
        """Whether a figure counts those that the name is of ("three *Kurdish rebels* were killed")."""
        return any(c.person == mention.start > c.start and c.min is not None for c in self.frame.casualties)

    def _is_expelled(self, mention: EntityMention) -> bool:
        """ "the expulsion of X": of this verbal noun, who stands right behind it is the object; where another stands
        behind those, it was the verb, which in Arabic has the same letters.
        """
        words, lead = self.stretch.words, self.stretch.lead
        if lead is None or not self.stretch.expels or lead.meaning.form != "noun":
            return False
        behind = words.skip_forward(lead.end, self.stretch.end)
        if behind < self.stretch.end and words.lemmas[behind] in self.stretch.cues.words.fighters:
            behind = words.skip_forward(behind + 1, self.stretch.end)
        beside = any(m.group == "actor" and 0 <= m.start - mention.end <= 1 for m in self.stretch.names)
        return mention.start == behind and not beside

    def _joined_to_aim(self, before: Before) -> bool:
        """Whether "and" joins the name to what is aimed at and named by a common noun ("hit *targets* and X")."""
        aim = self.stretch.content_before(before.index)
        return aim >= self.stretch.start and self.stretch.words.lemmas[aim] in self.stretch.cues.words.possession

    def _is_blamed(self, mention: EntityMention) -> bool:
        """Whether somebody accuses the name of it; what is told of the accused besides, they are not accused of ("…,
        who used to hold the town").
        """
        return mention.start in self.stretch.blamed and self.frame.cls not in _MOVES

    def _is_held(self, mention: EntityMention) -> bool:
        """ "arrested a cell *belonging to X*"."""
        lead, words = self.stretch.lead, self.stretch.words
        if lead is None or lead.meaning.frame != "seize" or lead.end > mention.start:
            return False
        return any(norm in self.stretch.cues.words.belonging for norm in words.norms[lead.end : mention.start])

    def _owns_downed(self, before: Before) -> bool:
        """ "shot down a drone *belonging to X*"."""
        if self.frame.cls != "WeaponInterception" or before.kind != "for":
            return False
        weapon = self.stretch.content_before(before.index)
        if self.stretch.words.lemmas[weapon] in self.stretch.cues.words.belonging:
            weapon = self.stretch.content_before(weapon)
        return self.stretch.name_at(weapon, "weapon") is not None

    def _fights(self, mention: EntityMention, before: Before) -> bool:
        """Whether the name is a side of a clash; an office or a company is one only where it is told of as one."""
        if self.frame.cls != "ArmedClash":
            return False
        return mention.cls not in _UNARMED or before.kind in ("between", "with") or before.joined

    def _owns_event(self, mention: EntityMention) -> bool:
        """Whether an attack stands right behind the name of who made it: "in a *Russian* airstrike"."""
        event = self.stretch.trigger_at(mention.end)
        return event is not None and event.meaning.form == "noun" and event.meaning.frame == "attack"

    def _behind_from(self, before: Before) -> str:
        """من X: the origin of a strike, or the group the dead belonged to."""
        previous = self.stretch.content_before(before.index)
        origin = before.origin or self.stretch.trigger_at(previous) or self.stretch.name_at(previous, "weapon")
        return "agent" if origin else "target"

    def _behind_for(self, before: Before) -> str:
        """لـX: the agent of an event noun ("raids of X"), the object of a verbal noun of aiming ("targeting of X")."""
        previous = self.stretch.content_before(before.index)
        trigger = self.stretch.trigger_at(previous)
        doer = self.stretch.name_at(self.stretch.words.skip_back(before.index - 1, self.stretch.start), "actor")
        if doer is not None and self._owns_event_of(doer):
            return "target"  # "the *Turkish* shelling of X"
        if trigger is not None:
            return "target" if before.possession or trigger.meaning.id in AIMING else "agent"
        own = self.frame.cls != "WeaponInterception" and self._weapons.are_own(previous)
        return "agent" if own and not before.possession else "target"

    def _owns_event_of(self, doer: EntityMention) -> bool:
        """Whether the name of who did it stands right behind the event noun: "the *Turkish* shelling"."""
        event = self.stretch.trigger_at(self.stretch.content_before(doer.start))
        return event is not None and event.meaning.form == "noun" and event.meaning.frame == "attack"

    def _bare(self, mention: EntityMention, before: Before) -> str:
        """A name behind no preposition: subject, object or the second part of a construct."""
        lead = self.stretch.lead
        if self.stretch.in_relative(mention):
            return "none"
        if lead is None and self._kills_behind(mention):
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
        if before.possession or lead.meaning.frame == "explosion" or self._weapons.act(lead, mention):
            return "target"
        if self._owner_of_thing(before):
            return "none"
        if mention.cls in _UNARMED and lead.meaning.id in AIMING and mention.start == lead.end:
            return "target"  # of a passive: ministries are struck, they do not strike
        return "target" if self.frame.agents or self._is_object(mention, lead) else "agent"

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

    def _seizes(self, mention: EntityMention) -> bool:
        """Whether the name stands between a verb and the people seized or killed ("X arrested 23 persons")."""
        return self.frame.trigger is None and any(
            c.person is not None and c.head < mention.start < c.person and c.effect in _SEIZED
            for c in self.frame.casualties
        )

    def _kills(self, mention: EntityMention, before: Before) -> bool:
        """Whether the name stands between a verb and those counted: "*X* killed five men", in Arabic with X in between;
        or that of one of its men ("a sniper of *X* killed").
        """
        words, stretch, verb = self.stretch.words, self.stretch, before.index
        man = words.skip_back(verb - 1, stretch.start)
        if before.kind == "from" and man > stretch.start and words.norms[man] in stretch.cues.words.unnamed:
            verb = words.skip_back(man - 1, stretch.start)
        first = min((c.start for c in self.frame.casualties if c.head == verb), default=-1)
        return 0 <= first - mention.end <= _REACH_OF_DEED

    def _kills_behind(self, mention: EntityMention) -> bool:
        """ "X fighters killed two men": the name before a verb that is no passive, with the people hurt behind it; only
        where the subject stands before its verb, as in languages whose articles are words.
        """
        words, cues = self.stretch.words, self.stretch.cues.words
        heads = [c.head for c in self.frame.casualties if mention.end <= c.head < c.start]
        near = [h for h in heads if h - mention.end <= _REACH_OF_DEED and words.norms[h - 1] not in cues.passive]
        return bool(cues.articles) and bool(near)

    def _manages(self, mention: EntityMention) -> bool:
        """Whether the name is the subject of a verb that carries what was done ("X managed to kill 20 men")."""
        words, verbs = self.stretch.words, self.stretch.cues.verbs
        light = verbs.light - verbs.suffered
        ahead = words.skip_back(mention.start - 1, self.stretch.start)
        while ahead > self.stretch.start and words.norms[ahead] in self.stretch.cues.words.heads:
            ahead = words.skip_back(ahead - 1, self.stretch.start)
        behind = words.skip_forward(mention.end, self.stretch.end)
        told = any(0 <= c.head - mention.end <= _REACH_OF_DEED and c.start > c.head for c in self.frame.casualties)
        near = [i for i in (ahead, behind) if self.stretch.start <= i < self.stretch.end]
        return told and any(words.norms[i] in light for i in near)

    def _is_object(self, mention: EntityMention, lead: Trigger) -> bool:
        """Whether the name right behind the event is the one hit: of a passive, or of "targeting of" that names nothing
        else.
        """
        if lead.meaning.frame in _OF_PERSONS and lead.meaning.form == "passive":
            return True
        return is_aiming_noun(lead) and not self._object_follows(mention)

    def _object_follows(self, mention: EntityMention) -> bool:
        behind = (m for m in self.stretch.names if m.start >= mention.end)
        return any(m.group == "facility" or (m.group in ("place", "actor") and not m.generic) for m in behind)

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

    def _is_suffered(self, lead: Trigger) -> bool:
        near = range(self.stretch.start, lead.start)
        return any(self.stretch.words.norms[i] in self.stretch.cues.verbs.suffered for i in near)
