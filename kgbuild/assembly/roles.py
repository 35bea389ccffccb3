"""Gives each name in a clause its part in the incident that the clause tells."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.frames import BOMBINGS, Frame
from kgbuild.assembly.subjects import SubjectFinder
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import Words

_WIDE = frozenset({"Country", "Governorate"})
_TARGET_NOUNS = frozenset({"target", "assassinate", "execute", "siege"})
_OBSERVERS = frozenset(
    {"MediaOrganization", "MonitoringOrganization", "HumanitarianOrganization", "InternationalOrganization"}
)
_MUTUAL = frozenset({"Agreement", "Ceasefire"})
_LEFT = frozenset({"Withdrawal", "Displacement", "Evacuation", "Abduction", "Detention"})
"""What happens at the place that people go or are taken from."""
_REACHED = frozenset({"AidDelivery", "TerritorialGain"})
_OWN_MOVES = frozenset({"withdraw", "gain"})
_TREATING = frozenset({"Hospital", "Clinic"})
_VICTIM_FRAMES = frozenset({"seize", "kill"})


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a name: the cue's role, and whether heads of possession or control lie between."""

    role: str | None
    possession: bool
    control: bool
    joined: bool
    origin: bool
    index: int
    kind: str
    nearest: str


@dataclass(slots=True)
class RoleReader:
    """Reads the parts of one clause [start, end) around its triggers."""

    words: Words
    cues: Cues
    mentions: list[EntityMention]
    start: int
    end: int
    times: frozenset[int] = frozenset()

    def fill(self, frame: Frame, triggers: list[Trigger]) -> None:
        """Set agents, targets, places, weapons, facilities and victims of `frame` from the clause's mentions."""
        previous: dict[str, str] = {}
        subjects = frozenset[int]()
        if triggers:
            finder = SubjectFinder(self.words, self.cues, self.mentions, self.start, self.end)
            subjects = finder.subjects(triggers[0])
        for mention in self.mentions:
            before = self._before(mention, triggers)
            if mention.group == "actor" and before.nearest != "for" and self._inside(mention, "facility"):
                continue
            if mention.group == "place" and self._inside(mention, "actor"):
                continue  # "Syrian" in the name of a force
            if mention.start in subjects:
                role = "agent"
            elif before.joined and mention.group in previous:
                role = previous[mention.group]
            elif before.joined and mention.cls == "Country" and "actor" in previous:
                role = previous["actor"]  # "the regime and Russia"
            else:
                role = self._role(mention, before, frame, triggers)
            self._put(mention, role, frame)
            previous[mention.group] = role

    def _inside(self, mention: EntityMention, group: str) -> bool:
        """Whether the name only belongs to a longer one of `group` ("the building of the union of craftsmen")."""
        return any(
            m.group == group and m.start <= mention.start and mention.end <= m.end and m is not mention
            for m in self.mentions
        )

    def _before(self, mention: EntityMention, triggers: list[Trigger]) -> Before:
        """Walk back from the name over heads such as "positions of" to the word that gives it its part."""
        norms, tags = self.words.norms, self.words.tags
        index = self.words.skip_back(mention.start - 1, self.start)
        nearest = self.cues.kinds.get(norms[index], "") if index >= self.start else ""
        possession = control = origin = owned = False
        for _ in range(7):
            if index < self.start:
                break
            if self.cues.control.longest_before(norms, index + 1, self.start) is not None:
                control = True
                break
            lemma = self.words.lemmas[index]
            if lemma in self.cues.possession and mention.group == "actor":
                possession = True
                origin = origin or lemma in self.cues.origin_heads
            elif self.cues.kinds.get(norms[index]) == "for" and not possession and self._behind_possession(index):
                owned = True
            elif not (
                tags[index] == "NUM"
                or index in self.times
                or lemma in self.cues.heads
                or (owned and not possession)
                or self._part_of_name(index, mention)
            ):
                break
            index = self.words.skip_back(index - 1, self.start)
        role = None
        found = self.cues.roles.longest_before(norms, index + 1, self.start) if index >= self.start else None
        opens = triggers[0].start if triggers else -1
        if found is not None and not found[0] <= opens <= index:  # the verb that tells it is no cue of its own
            role = found[1]
        elif index >= self.start and norms[index] in self.cues.done_by:
            role = "agent"
        word = norms[index] if index >= self.start else ""
        kind = self.cues.kinds.get(word, "")
        joined = kind == "and" or (word == "،" and self._list_comma(index))
        return Before(role, possession, control, joined, origin, index, kind, nearest)

    def _behind_possession(self, index: int) -> bool:
        """Whether "positions" stands before the "of" at `index`, at most an adjective between."""
        previous = self.words.skip_back(index - 1, self.start)
        before = self.words.skip_back(previous - 1, self.start)
        return any(i >= self.start and self.words.lemmas[i] in self.cues.possession for i in (previous, before))

    def _is_adjective(self, index: int) -> bool:
        norm = self.words.norms[index]
        if norm in self.cues.adjectives:
            return True
        return len(norm) > 3 and norm.endswith(("ي", "يه", "يا", "يين")) and self.words.tags[index] == "WORD"

    def _part_of_name(self, index: int, mention: EntityMention) -> bool:
        """Whether the word only belongs to the name: another mention's word that stands for its owner (a weapon)."""
        return any(
            m is not mention and m.group == "weapon" and m.start <= index < m.end and mention.group == "actor"
            for m in self.mentions
        )

    def _list_comma(self, index: int) -> bool:
        previous = self.words.skip_back(index - 1, self.start)
        return any(m.end == previous + 1 for m in self.mentions)

    def _role(self, mention: EntityMention, before: Before, frame: Frame, triggers: list[Trigger]) -> str:
        if before.role == "none":
            return "none"
        if before.control:
            return "holder" if mention.group == "actor" else "place"
        reader = {
            "actor": self._actor_role,
            "place": self._place_role,
            "facility": self._facility_role,
            "weapon": self._weapon_role,
            "person": self._person_role,
        }[mention.group]
        return reader(mention, before, frame, triggers)

    def _actor_role(self, mention: EntityMention, before: Before, frame: Frame, triggers: list[Trigger]) -> str:
        if mention.cls in _OBSERVERS:
            return "target" if before.role == "target" and before.kind != "for" else "none"
        if before.role == "agent":
            return "agent"
        if frame.cls == "ArmedClash":
            return "agent"
        if before.kind == "between" and frame.cls in _MUTUAL:
            return "agent"
        if before.kind == "from":
            return self._behind_from(before, triggers)
        if before.role in ("target", "place") and before.kind != "as":
            return "target"
        if before.kind == "for":
            return self._behind_for(before, triggers)
        if before.kind in ("with", "to"):
            return "none"
        return self._bare_actor(mention, before, frame, triggers)

    def _behind_from(self, before: Before, triggers: list[Trigger]) -> str:
        """من X: the origin of a strike, or the group the dead belonged to."""
        previous = self._content_before(before.index)
        if any(t.start <= previous < t.end for t in triggers) or before.origin:
            return "agent"
        if any(m.group == "weapon" and m.start <= previous < m.end for m in self.mentions):
            return "agent"
        return "target" if not before.possession or not before.origin else "agent"

    def _behind_for(self, before: Before, triggers: list[Trigger]) -> str:
        """لـX: the agent of an event noun ("raids of X"), the object of a verbal noun of aiming ("targeting of X")."""
        previous = self._content_before(before.index)
        for trigger in triggers:
            if trigger.start <= previous < trigger.end:
                return "target" if before.possession or trigger.meaning.id in _TARGET_NOUNS else "agent"
        return "agent" if not before.possession and self._is_own_weapon(previous, triggers) else "target"

    def _is_own_weapon(self, index: int, triggers: list[Trigger]) -> bool:
        """Whether the weapon that ends at `index` is its owner's ("a drone of X hit …"), not the subject of an aiming
        noun whose object follows ("a drone's targeting of X").
        """
        weapon = next((m for m in self.mentions if m.group == "weapon" and m.start <= index < m.end), None)
        if weapon is None:
            return False
        before = self.words.skip_back(weapon.start - 1, self.start)
        aiming = (t for t in triggers if t.meaning.id in _TARGET_NOUNS and t.meaning.form == "noun")
        return not any(t.start <= before < t.end for t in aiming)

    def _content_before(self, index: int) -> int:
        """The token before `index` that is no adjective, quote or bracket."""
        previous = self.words.skip_back(index - 1, self.start)
        while previous > self.start and self._is_adjective(previous):
            previous = self.words.skip_back(previous - 1, self.start)
        return previous

    def _bare_actor(self, mention: EntityMention, before: Before, frame: Frame, triggers: list[Trigger]) -> str:
        """A name behind no preposition: subject, object or the second part of a construct."""
        lead = triggers[0] if triggers else None
        if self._in_relative(mention, lead):
            return "none"
        if before.index >= self.start and self.words.norms[before.index] in self.cues.stances:
            return "none"  # "the coalition condemned the attack"
        if lead is None:
            return "agent" if frame.trigger is not None and not before.possession else "target"
        if mention.start < lead.start:
            return "target" if self._is_suffered(lead) else ("agent" if not before.possession else "target")
        if before.possession and not frame.agents and self._fighters_act(lead):
            return "agent"
        if before.possession or lead.meaning.frame == "explosion" or self._thing_acts(lead):
            return "target"
        if self._owner_of_thing(mention, before, triggers):
            return "none"
        if frame.agents:
            return "target"
        if lead.meaning.frame in _VICTIM_FRAMES and lead.meaning.form == "passive":
            return "target"
        if lead.meaning.id in _TARGET_NOUNS and lead.meaning.form == "noun" and not self._object_follows(mention):
            return "target"
        return "agent"

    def _fighters_act(self, lead: Trigger) -> bool:
        """Whether those who belong to the name are the subject: "the withdrawal of men of X", "men of X attacked"."""
        if lead.end >= self.end or self.words.lemmas[lead.end] not in self.cues.fighters:
            return False
        attacked = lead.meaning.form == "verb" and lead.meaning.id in (
            "attack",
            "offensive",
            "abduct",
            "detain",
            "raid",
        )
        return attacked or lead.meaning.frame in _OWN_MOVES

    def _thing_acts(self, lead: Trigger) -> bool:
        """Whether a weapon stands as the verb's subject: "a car bomb hit X"."""
        return lead.meaning.form == "verb" and any(
            m.group == "weapon" and 0 <= lead.start - m.end <= 1 and m.generic for m in self.mentions
        )

    def _owner_of_thing(self, mention: EntityMention, before: Before, triggers: list[Trigger]) -> bool:
        """Whether a noun that tells nothing stands right before the name ("the treasurer of X")."""
        index = before.index
        if index < self.start or self.words.tags[index] != "WORD" or before.kind:
            return False
        norm = self.words.norms[index]
        told = any(t.start <= index < t.end for t in triggers) or norm in self.cues.light or norm in self.cues.suffered
        named = any(m.start <= index < m.end for m in self.mentions)
        return not told and not named and not self._is_adjective(index) and norm not in self.cues.auxiliaries

    def _in_relative(self, mention: EntityMention, lead: Trigger | None) -> bool:
        """Whether a relative pronoun stands between what happened and the name ("…, which X uses as a court")."""
        begin = lead.end if lead is not None and lead.end <= mention.start else max(self.start, mention.start - 4)
        return any(self.words.norms[i] in self.cues.relatives for i in range(begin, mention.start))

    def _is_suffered(self, lead: Trigger) -> bool:
        return any(self.words.norms[i] in self.cues.suffered for i in range(self.start, lead.start))

    def _object_follows(self, mention: EntityMention) -> bool:
        return any(
            (m.start >= mention.end and m.group in ("place", "facility", "actor") and not m.generic)
            or (m.start >= mention.end and m.group == "facility")
            for m in self.mentions
        )

    def _place_role(self, mention: EntityMention, before: Before, frame: Frame, triggers: list[Trigger]) -> str:
        if self._acts(mention, before, triggers):
            return "agent"
        if self._inside(mention, "place") or self._locates_another(mention):
            return "wider"
        recent = self.words.norms[max(self.start, mention.start - 4) : mention.start]
        if frame.places and any(norm in self.cues.another for norm in recent):
            return "none"  # "… and another in Y" is another incident
        if before.role == "place":
            return "place"
        if before.kind == "from" and frame.cls not in _LEFT:
            return "none"
        return "wider" if before.kind == "to" and frame.cls not in _REACHED else "place"

    def _acts(self, mention: EntityMention, before: Before, triggers: list[Trigger]) -> bool:
        """Whether a state stands beside the verb as its subject: "Turkey shelled", "shelled Turkey …"."""
        lead = triggers[0] if triggers else None
        if mention.cls != "Country" or lead is None or lead.meaning.form != "verb" or before.kind or before.role:
            return False
        gap = mention.start - lead.end if mention.start >= lead.end else lead.start - mention.end
        return lead.meaning.frame == "attack" and 0 <= gap <= 1

    def _locates_another(self, mention: EntityMention) -> bool:
        """Whether the place only says where the one before it lies: "X in Y", "X east of Y", "X (Y)"."""
        others = [
            m
            for m in self.mentions
            if m.group == "place"
            and m.end <= mention.start
            and m.entity != mention.entity
            and not self._inside(m, "actor")
        ]
        if not others:
            return False
        between = [
            n
            for n, t in zip(
                self.words.norms[others[-1].end : mention.start],
                self.words.tags[others[-1].end : mention.start],
                strict=True,
            )
            if t not in ("SPACE", "PUNCT")
        ]
        if not between:
            return others[-1].end < mention.start
        kinds = {self.cues.kinds.get(n, "") for n in between}
        return len(between) <= 3 and "and" not in kinds and bool(kinds & {"in", "as", "direction", "beside", "for"})

    def _facility_role(self, mention: EntityMention, before: Before, frame: Frame, triggers: list[Trigger]) -> str:
        if before.kind in ("to", "from") or (before.kind == "beside" and frame.cls not in BOMBINGS):
            return "none"
        if before.kind == "for" and not self._aimed_at(before, triggers):
            return "none"
        if mention.cls in _TREATING and before.kind == "in" and not self._aimed_at(before, triggers):
            return "none"  # where the hurt are treated
        lead = triggers[0] if triggers else None
        if before.role is None and self._in_relative(mention, lead) and mention.generic:
            return "none"
        if not triggers and frame.trigger is None:
            return "none"
        return "facility"

    def _aimed_at(self, before: Before, triggers: list[Trigger]) -> bool:
        previous = self._content_before(before.index)
        return any(t.start <= previous < t.end for t in triggers) or any(
            m.start <= previous < m.end for m in self.mentions
        )

    def _weapon_role(self, mention: EntityMention, before: Before, frame: Frame, triggers: list[Trigger]) -> str:
        return "weapon"

    def _person_role(self, mention: EntityMention, before: Before, frame: Frame, triggers: list[Trigger]) -> str:
        if mention.cls == "PopulationGroup":
            return "population"
        if any(m is not mention and m.start <= mention.start and mention.end <= m.end for m in self.mentions):
            return "none"  # the president's name inside "the army of …"
        hurt = any(c.head < mention.start for c in frame.casualties)
        seized = any(t.meaning.frame in _VICTIM_FRAMES and t.start < mention.start for t in triggers)
        return "victim" if hurt or seized else "none"

    def _put(self, mention: EntityMention, role: str, frame: Frame) -> None:
        slot = {
            "agent": "agents", "target": "targets", "wider": "wider", "weapon": "weapons", "victim": "victims",
            "population": "targets",
        }.get(role)  # fmt: skip
        if role == "place":
            slot = "wider" if mention.cls in _WIDE and frame.places else "places"
        if role == "facility":
            frame.facilities.setdefault(mention.entity, None)
            slot = "targets"
        if slot is not None and not (slot == "targets" and mention.entity in frame.agents):
            frame.add(slot, mention.entity)
