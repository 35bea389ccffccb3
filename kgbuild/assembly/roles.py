"""Gives each name in a stretch its part in the incident that the stretch tells."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgbuild.assembly.actor_roles import ActorReader
from kgbuild.assembly.aims import holder_role
from kgbuild.assembly.before import Before, before
from kgbuild.assembly.facility_roles import FacilityReader
from kgbuild.assembly.frames import TREATIES, Frame
from kgbuild.assembly.handling import objects
from kgbuild.assembly.place_roles import PlaceReader
from kgbuild.assembly.stretch import Stretch
from kgbuild.assembly.subjects import SubjectFinder
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention
from kgbuild.pipeline.words import COMMAS

_WIDE = frozenset({"Country", "Governorate"})
_OF_PERSONS = frozenset({"seize", "kill"})
_CRAFT = frozenset({"Aircraft", "Helicopter", "Drone"})
_REACH_OF_TITLE = 2
_REACH_OF_HANDLING = 6
_REACH_OF_OFFICE = 12
_REACH_OF_TREATY = 9
_SLOTS = {
    "agent": "agents",
    "target": "targets",
    "wider": "wider",
    "weapon": "weapons",
    "victim": "victims",
    "population": "targets",
}


@dataclass(slots=True)
class RoleReader:
    """Reads the parts of the names in one stretch into a telling."""

    stretch: Stretch
    frame: Frame
    _actors: ActorReader = field(init=False)
    _places: PlaceReader = field(init=False)
    _facilities: FacilityReader = field(init=False)

    def __post_init__(self) -> None:
        self._actors = ActorReader(self.stretch, self.frame)
        self._places = PlaceReader(self.stretch, self.frame)
        self._facilities = FacilityReader(self.stretch, self.frame)

    @property
    def _passive(self) -> frozenset[str]:
        return self.stretch.cues.words.passive

    def fill(self) -> None:
        """Set agents, targets, places, weapons, facilities and victims of the frame."""
        previous: dict[str, str] = {}
        aside: set[int] = set()
        subjects = SubjectFinder(self.stretch).subjects()
        for mention in self.stretch.names:
            found = before(self.stretch, mention)
            if mention.group == "actor" and found.nearest != "for" and self.stretch.is_inside(mention, "facility"):
                continue
            if mention.group == "place" and self.stretch.is_inside(mention, "actor"):
                continue  # "Syrian" in the name of a force
            if mention.group == "actor" and self._within_hit(mention):
                continue  # the police in the name of its command
            if self._is_of_treaty(mention):
                continue
            inside = self.stretch.is_inside(mention, "place", "facility")
            part_of_name = inside and mention.group == "place"
            if mention.start in subjects:
                role = "agent"
            elif found.joined and found.index - 1 in aside:
                role = "none"  # "made up of X *and Y*"
            elif mention.group in previous and not part_of_name and (found.joined or self._is_part(mention, found)):
                role = previous[mention.group]
            elif found.joined and mention.cls == "Country" and "actor" in previous:
                role = previous["actor"]  # "the regime and Russia"
            else:
                role = self._role(mention, found)
            if role == "place" and found.joined and self.frame.places and not inside:
                self._list(mention)
            self._put(mention, role)
            if role == "none" and mention.group == "actor" and (found.role == "none" or found.joined):
                aside.add(mention.end - 1)
            # what is told beside a name, or stands inside another, does not part it from those joined to it
            if found.role != "none" and not part_of_name:
                previous[mention.group] = role

    def _is_of_treaty(self, mention: EntityMention) -> bool:
        """Whether it is a side of a treaty that what is told breaks: "in breach of the deal *between Russia and X*"."""
        lead, words = self.stretch.lead, self.stretch.words
        if lead is None or self.frame.cls in TREATIES or (mention.group != "actor" and mention.cls != "Country"):
            return False
        for index in range(mention.start - 1, max(lead.end, mention.start - _REACH_OF_TREATY) - 1, -1):
            if words.lemmas[index] in self.stretch.cues.words.otherwise_dated:
                return True
            if words.norms[index] in COMMAS or self.stretch.trigger_at(index) is not None:
                return False
        return False

    def _within_hit(self, mention: EntityMention) -> bool:
        """Whether the name stands within that of an actor that did nothing."""
        around = (m for m in self.stretch.names if m is not mention and m.group == "actor")
        outer = next((m for m in around if m.start <= mention.start and mention.end <= m.end), None)
        return outer is not None and outer.entity not in self.frame.agents

    def _list(self, mention: EntityMention) -> None:
        """Note that the place is joined to the last one, unless that is only part of another name."""
        last = self.frame.places[-1]
        if not any(m.entity == last and self.stretch.is_inside(m, "place", "facility") for m in self.stretch.names):
            self.frame.add("listed", last, mention.entity)

    def _is_part(self, mention: EntityMention, found: Before) -> bool:
        """Whether the name only says of whom the force before it is made up ("security forces *of the army*")."""
        if mention.group != "actor" or found.kind != "from" or found.possession:
            return False
        return (
            self.stretch.name_at(self.stretch.words.skip_back(found.index - 1, self.stretch.start), "actor") is not None
        )

    def _role(self, mention: EntityMention, found: Before) -> str:
        if found.role == "none":
            return "none"
        if found.control:
            return holder_role(self.stretch, self.frame, found) if mention.group == "actor" else "place"
        if mention.group == "actor":
            return self._actors.role(mention, found)
        if mention.group == "place":
            return self._places.role(mention, found)
        if mention.group == "facility":
            return self._facilities.role(mention, found)
        return self._weapon_role(mention) if mention.group == "weapon" else self._person_role(mention)

    def _weapon_role(self, mention: EntityMention) -> str:
        """Aircraft that stand for their owner ("the coalition's aircraft hit") are no weapon of their own."""
        if self.frame.cls == "WeaponInterception":
            return "craft" if mention.cls in _CRAFT else "weapon"
        if self._is_handled(mention):
            return "none"
        event = self.stretch.trigger_at(mention.start)
        if event is not None and event.meaning.frame == "kill":
            return "none"  # "by firing squad" tells the kind of death
        words = self.stretch.words
        behind = words.skip_forward(mention.end, self.stretch.end)
        if behind < self.stretch.end and self.stretch.cues.kinds.get(words.norms[behind]) == "for":
            behind = words.skip_forward(behind + 1, self.stretch.end)
        owned = any(m.start == behind and m.group == "actor" for m in self.stretch.names)
        return "none" if owned and mention.cls == "Aircraft" else "weapon"

    def _is_handled(self, mention: EntityMention) -> bool:
        """Whether the weapon is what somebody destroys, finds or takes ("the defusing of 15 bombs")."""
        words, cues = self.stretch.words, self.stretch.cues
        if mention.start in objects(words, self.stretch.start, self.stretch.end, self.stretch.triggers, cues):
            return True
        for index in range(mention.start - 1, max(self.stretch.start, mention.start - _REACH_OF_HANDLING) - 1, -1):
            if words.norms[index] in cues.words.handled:
                return True
            if self.stretch.trigger_at(index) or cues.kinds.get(words.norms[index], "and") not in ("and", "from"):
                return False
        return False

    def _person_role(self, mention: EntityMention) -> str:
        if mention.cls == "PopulationGroup":
            return "population"
        if self.stretch.is_inside(mention):
            return "none"  # the president's name inside "the army of …"
        hurt = any(c.head < mention.start or _is_subject(c, mention) for c in self.frame.casualties)
        seized = any(t.meaning.frame in _OF_PERSONS and t.start < mention.start for t in self.stretch.triggers)
        return "victim" if hurt or seized or self._is_dead(mention) or self._is_passive_subject(mention) else "none"

    def _is_dead(self, mention: EntityMention) -> bool:
        """ "the death of the governor of X, *Y*": a noun of what befell him before, and no stop or event between."""
        words, start = self.stretch.words, self.stretch.start
        index = words.skip_back(mention.start - 1, start)
        while index >= max(start, mention.start - _REACH_OF_OFFICE):
            if words.norms[index] in self.stretch.cues.tolls.nouns:
                return True
            if self.stretch.trigger_at(index) or words.tags[index] == "PUNCT":
                return False
            index = words.skip_back(index - 1, start)
        return False

    def _is_passive_subject(self, mention: EntityMention) -> bool:
        """ "X was assassinated", with or without a comma before the verb."""
        words = self.stretch.words
        index = mention.end
        while index < self.stretch.end and (words.norms[index] == "," or words.norms[index] in self._passive):
            index += 1
        if index == mention.end or words.norms[index - 1] not in self._passive:
            return False
        trigger = self.stretch.trigger_at(index)
        suffers = trigger is not None and trigger.meaning.frame in _OF_PERSONS
        return suffers or any(c.head == index for c in self.frame.casualties)

    def _put(self, mention: EntityMention, role: str) -> None:
        frame, slot = self.frame, _SLOTS.get(role)
        if role == "place":
            around = mention.cls in _WIDE and frame.places and mention.entity not in frame.listed
            slot = "wider" if around else "places"
        if role == "facility":
            frame.facilities.setdefault(mention.entity, None)
            slot = "targets"
        if role == "craft":  # what is shot down is the weapon and the aim
            frame.add("weapons", mention.entity)
            slot = "targets"
        if slot is not None and not (slot == "targets" and mention.entity in frame.agents):
            frame.add(slot, mention.entity)


def _is_subject(toll: CasualtyMention, mention: EntityMention) -> bool:
    """Whether a toll before its verb counts the person ("*X* was hurt"), perhaps by a title ("the leader *X* was")."""
    if toll.head < mention.end:
        return False
    titled = toll.person is not None and 0 < mention.start - toll.person <= _REACH_OF_TITLE and toll.min == 1
    return titled or toll.start <= mention.start < toll.end
