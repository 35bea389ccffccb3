"""Whether an actor named in a clause did what it tells, was hit, or only stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.bare_names import REACH_OF_DEED, UNARMED, BareNameReader
from kgbuild.assembly.before import Before
from kgbuild.assembly.bystanders import BystanderReader
from kgbuild.assembly.frames import SEIZURES, STRIKES, Frame
from kgbuild.assembly.own_weapons import AIMING, OwnWeapons
from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.annotations import EntityMention

_OBSERVERS = frozenset(
    {"MediaOrganization", "MonitoringOrganization", "HumanitarianOrganization", "InternationalOrganization"}
)
_MUTUAL = frozenset({"Agreement", "Ceasefire"})
_MOVES = frozenset({"TerritorialGain", "Withdrawal"})
_SEIZED = frozenset({"detained", "abducted"})
_REACH_OF_SUSPICION = 3
"""Tokens of "men *suspected to be from* X"."""


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
        if self._is_held(mention, before) or self._owns_downed(before):
            return "target"
        if before.role == "agent" or self._fights(mention, before) or self._seizes(mention):
            return "agent"
        if (before.kind == "as" and self._weapons.fire(before)) or self._kills(mention, before):
            return "agent"
        if before.kind == "between" and (self.frame.cls in _MUTUAL or self._fire_between(before)):
            return "agent"
        if before.kind == "from" and before.role != "target":
            return self._behind_from(before)
        if before.role == "place" and self._owns_event(mention):
            return "agent"
        if before.kind == "beside" and mention.cls in UNARMED:
            return "none"  # the party beside whose house a bomb goes off
        if before.role in ("target", "place") and before.kind != "as":
            return "target"
        if before.kind == "for":
            return self._behind_for(mention, before)
        if before.kind in ("with", "to"):
            return "none"
        return BareNameReader(self.stretch, self.frame).role(mention, before)

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
        who used to hold the town"), nor of their own arrest.
        """
        return mention.start in self.stretch.blamed and self.frame.cls not in _MOVES | SEIZURES

    def _is_held(self, mention: EntityMention, before: Before) -> bool:
        """ "arrested a cell *belonging to X*", "raids on men *suspected of ties to X*"."""
        lead, stretch = self.stretch.lead, self.stretch
        if lead is None or self.frame.cls not in SEIZURES or lead.end > mention.start:
            return False
        near = stretch.words.norms[max(lead.end, before.index - _REACH_OF_SUSPICION) : before.index]
        if before.role == "agent":
            return any(norm in stretch.cues.words.suspected for norm in near)
        tie = stretch.words.skip_back(stretch.words.skip_back(mention.start - 1, lead.end) - 1, lead.end)
        tied = tie >= lead.end and stretch.words.norms[tie] in stretch.cues.words.belonging
        return tied and stretch.weapon_before(tie) is None

    def _owns_downed(self, before: Before) -> bool:
        """ "shot down a drone *belonging to X*", "a missile *that X fired*"."""
        stretch, index = self.stretch, before.index
        if self.frame.cls != "WeaponInterception":
            return False
        if before.kind == "for":
            tie = stretch.words.skip_back(index - 1, stretch.start)
            index = tie if stretch.words.norms[tie] in stretch.cues.words.belonging else index
        elif index < stretch.start or stretch.words.norms[index] not in stretch.cues.verbs.done_by:
            return False
        return stretch.weapon_before(index) is not None

    def _fights(self, mention: EntityMention, before: Before) -> bool:
        """Whether the name is a side of a clash; an office or a company is one only where it is told of as one."""
        if self.frame.cls != "ArmedClash":
            return False
        return mention.cls not in UNARMED or before.kind in ("between", "with") or before.joined

    def _fire_between(self, before: Before) -> bool:
        """ "an exchange of *shelling between* X and Y", unlike a post that the two share."""
        event = self.stretch.trigger_at(self.stretch.content_before(before.index))
        return self.frame.cls in STRIKES and event is not None

    def _owns_event(self, mention: EntityMention) -> bool:
        """Whether an attack stands right behind the name of who made it: "in a *Russian* airstrike"."""
        event = self.stretch.trigger_at(mention.end)
        return event is not None and event.meaning.form == "noun" and event.meaning.frame == "attack"

    def _behind_from(self, before: Before) -> str:
        """من X: the origin of a strike, or the group the dead belonged to."""
        previous = self.stretch.content_before(before.index)
        origin = before.origin or self.stretch.trigger_at(previous) or self.stretch.name_at(previous, "weapon")
        return "agent" if origin else "target"

    def _behind_for(self, mention: EntityMention, before: Before) -> str:
        """لـX: the agent of an event noun ("raids of X"), the object of a verbal noun of aiming ("targeting of X")."""
        previous = self.stretch.content_before(before.index)
        trigger = self.stretch.trigger_at(previous)
        doer = self.stretch.name_at(self.stretch.words.skip_back(before.index - 1, self.stretch.start), "actor")
        if doer is not None and self._owns_event_of(doer):
            return "target"  # "the *Turkish* shelling of X"
        if trigger is not None:
            return "target" if before.possession or trigger.meaning.id in AIMING else "agent"
        own = self.frame.cls != "WeaponInterception" and self._weapons.are_own(previous)
        return "agent" if (own or self._acts_next(mention)) and not before.possession else "target"

    def _acts_next(self, mention: EntityMention) -> bool:
        """Whether the event or what carries it is the verb right behind the name ("batteries of X *carried out* …")."""
        words, lead = self.stretch.words, self.stretch.lead
        behind = words.skip_forward(mention.end, self.stretch.end)
        if lead is None or behind >= self.stretch.end or behind > lead.start:
            return False
        verbs = self.stretch.cues.verbs
        told = behind == lead.start and lead.meaning.form == "verb"
        return told or words.norms[behind] in verbs.light - verbs.suffered

    def _owns_event_of(self, doer: EntityMention) -> bool:
        """Whether the name of who did it stands right behind the event noun: "the *Turkish* shelling"."""
        event = self.stretch.trigger_at(self.stretch.content_before(doer.start))
        return event is not None and event.meaning.form == "noun" and event.meaning.frame == "attack"

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
        return 0 <= first - mention.end <= REACH_OF_DEED
