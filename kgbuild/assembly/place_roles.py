"""Tells which of the places named with an incident is its own, and which only says where another lies or who acts."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.before import Before, before
from kgbuild.assembly.frames import HOLDERS, Frame
from kgbuild.assembly.stations import is_station
from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.words import COMMAS

_LEFT = frozenset({"Withdrawal", "Displacement", "Evacuation", "Abduction", "Detention"})
"""What happens at the place that people go or are taken from."""
_REACHED = frozenset({"AidDelivery", "TerritorialGain"})
_LARGE = frozenset({"Country", "Governorate", "District", "City"})
_SMALL = frozenset({"Village", "Neighbourhood", "Camp", "Road", "Junction", "Crossing"})
_DASHES = frozenset({"-", "–", "—", "/"})
_LOCATING = frozenset({"in", "as", "direction", "beside", "for"})
_POSSESSIVE = "'s"
_TIES = frozenset({"for", "with"})
"""Words before a state that tell whose something is, or whom it is with."""
_LONGEST_LOCATION = 3
_LONGEST_FRONT = 4
_REACH_OF_ANOTHER = 4
_REACH_OF_PART = 2
_REACH_OF_DISTANCE = 9
_REACH_OF_LOSS = 8
"""Tokens between "drove out" and the ground that was lost."""


@dataclass(frozen=True, slots=True)
class PlaceReader:
    """Reads the parts of the places in one stretch."""

    stretch: Stretch
    frame: Frame

    def role(self, mention: EntityMention, found: Before) -> str:
        if self._acts(mention, found) or self._launches(mention):
            return "agent"
        if found.role == "agent" and mention.cls == "Country" and not self._tells_of_another(mention):
            return "agent"  # "raids that Russia carried out"
        if self._is_seat(mention) or self._only_names(mention) or self._is_tied(mention, found):
            return "none"
        if is_station(self.stretch, self.frame, mention):
            return "none"
        if (found.kind == "in" or self._is_caption(mention)) and self._only_heads(mention):
            return "wider"
        if self._ends_only_road(mention):
            return "place"
        if (
            self._owns_next(mention)
            or self.stretch.is_inside(mention, "place")
            or self._locates_another(mention)
            or self._is_measured(mention)
        ):
            return "wider"
        recent = self.stretch.words.norms[max(self.stretch.start, mention.start - _REACH_OF_ANOTHER) : mention.start]
        if self.frame.places and any(norm in self.stretch.cues.words.another for norm in recent):
            return "none"  # "… and another in Y" is another incident
        if found.role == "place":
            return "place"
        if found.kind == "from" and self.frame.cls not in _LEFT and not self._is_lost(mention):
            near = self.stretch.words.lemmas[max(self.stretch.start, found.index - _REACH_OF_PART) : found.index]
            inside = not self.stretch.cues.words.parts.isdisjoint(near)
            return "place" if inside else "none"  # "a raid on *the northern part of* X"
        return "wider" if found.kind == "to" and self.frame.cls not in _REACHED else "place"

    def _acts(self, mention: EntityMention, found: Before) -> bool:
        """Whether a state stands beside the verb as its subject: "Turkey shelled", "shelled Turkey …"."""
        lead = self.stretch.lead
        if mention.cls != "Country" or lead is None or lead.meaning.form != "verb" or found.kind or found.role:
            return False
        gap = mention.start - lead.end if mention.start >= lead.end else lead.start - mention.end
        return lead.meaning.frame == "attack" and 0 <= gap <= 1

    def _only_names(self, mention: EntityMention) -> bool:
        """Whether the place is but the name of a facility that lies elsewhere: "the *Jerusalem* Hospital in Aleppo"."""
        named = (m for m in self.stretch.names if m.group == "facility" and m.start <= mention.start < m.end)
        ends = {m.end for m in named if m.end < self.stretch.end}
        kinds, norms = self.stretch.cues.kinds, self.stretch.words.norms
        return any(kinds.get(norms[end]) == "in" and self.stretch.name_at(end + 1, "place") for end in ends)

    def _is_tied(self, mention: EntityMention, found: Before) -> bool:
        """Whether a state is named as whose something is, or whom it is with; not as what is invaded or
        bordered on.
        """
        if mention.cls != "Country" or found.nearest not in _TIES:
            return False
        head = self.stretch.content_before(self.stretch.words.skip_back(mention.start - 1, self.stretch.start))
        bordering = self.stretch.words.lemmas[head] in self.stretch.cues.words.borders
        return not bordering and self.stretch.trigger_at(head) is None

    def _is_seat(self, mention: EntityMention) -> bool:
        """Whether the place only says where somebody works: "the Britain-based monitor"."""
        norms, based = self.stretch.words.norms, self.stretch.cues.words.based
        return any(norm in based for norm in norms[mention.end : min(self.stretch.end, mention.end + 2)])

    def _tells_of_another(self, mention: EntityMention) -> bool:
        """Whether another deed stands between: "the attack came amid raids that Russia carried out"."""
        lead = self.stretch.lead
        return lead is not None and any(lead.end <= t.start < mention.start for t in self.stretch.triggers)

    def _only_heads(self, mention: EntityMention) -> bool:
        """Whether what happened elsewhere is told behind it: "in X, the army shelled Y", "in X, a source said …"."""
        end = self._front(mention)
        return end is not None and any(m.start > end and self._is_told_place(m) for m in self.stretch.names)

    def _front(self, mention: EntityMention) -> int | None:
        """Where what stands in front of the telling ends, if the place belongs to it: a comma, or "said that"."""
        head, norms = self.frame.head, self.stretch.words.norms
        if mention.end >= head:
            return None
        near = mention.start - self.stretch.start <= _LONGEST_FRONT
        if near and (norms[mention.end] in COMMAS or self._is_caption(mention)):
            return mention.end
        speech, openings = self.stretch.cues.verbs.speech, self.stretch.cues.segments.openings
        spoken = next((i for i in range(self.stretch.start, head) if norms[i] in speech), head)
        said = next((i for i in range(spoken, head) if norms[i] in openings), None)
        return said if said is not None and mention.end <= said else None

    def _ends_only_road(self, mention: EntityMention) -> bool:
        """ "on *the road between X and Y*", where no place is told but the road."""
        places = [m for m in self.stretch.names if m.group == "place"]
        road = next((m for m in places if m.cls == "Road" and m.start < mention.start < mention.end <= m.end), None)
        return road is not None and not any(m.end <= road.start and m.cls not in HOLDERS for m in places)

    def _is_caption(self, mention: EntityMention) -> bool:
        """ "*X:* the army shelled Y"."""
        return mention.end < self.stretch.end and self.stretch.words.norms[mention.end] == ":"

    def _is_lost(self, mention: EntityMention) -> bool:
        """ "drove X out *of* Y": the ground that is gained."""
        lead = self.stretch.lead
        return lead is not None and self.stretch.expels and 0 <= mention.start - lead.end <= _REACH_OF_LOSS

    def _is_told_place(self, mention: EntityMention) -> bool:
        if mention.group != "place" or mention.cls in HOLDERS or self.stretch.is_inside(mention):
            return False
        return self.role(mention, before(self.stretch, mention)) == "place"

    def _launches(self, mention: EntityMention) -> bool:
        """Whether a state is the subject of the verb that carries the event noun: "Turkey launched raids", "launched
        Turkey raids", "Turkey, which launched raids"."""
        lead, words = self.stretch.lead, self.stretch.words
        if mention.cls != "Country" or lead is None or lead.meaning.form != "noun" or lead.start < mention.end:
            return False
        light = self.stretch.cues.verbs.light - self.stretch.cues.verbs.suffered
        previous = words.skip_back(mention.start - 1, self.stretch.start)
        if previous >= self.stretch.start and words.norms[previous] in light:
            return True
        behind = words.skip_forward(mention.end, lead.start)
        if behind < lead.start and words.norms[behind] in self.stretch.cues.words.relatives:
            behind = words.skip_forward(behind + 1, lead.start)
        return behind < lead.start and words.norms[behind] in light

    def _locates_another(self, mention: EntityMention) -> bool:
        """Whether the place only says where the one before it lies: "X in Y", "X east of Y", "X (Y)"."""
        others = [
            m
            for m in self.stretch.names
            if m.group == "place"
            and m.end <= mention.start
            and m.entity not in (mention.entity, *self.frame.agents, *self.frame.targets)
            and not self.stretch.is_inside(m, "actor")
            and not self._only_names(m)
        ]
        if not others or any(others[-1].end <= t.start < mention.start for t in self.stretch.triggers):
            return False
        between = self._words_between(others[-1].end, mention.start)
        if others[-1].cls in _LARGE and mention.cls in _SMALL and between:
            return False  # "west of the city of X, at the village of Y"
        if between == [_POSSESSIVE]:
            return False
        if not between:
            gap = self.stretch.words.norms[others[-1].end : mention.start]
            return bool(gap) and (mention.cls in HOLDERS or _DASHES.isdisjoint(gap))  # "X - Y" are two
        if any(norm in self.stretch.cues.words.meanwhile for norm in between):
            return False  # "in X while he was in Y"
        kinds = {self.stretch.cues.kinds.get(norm, "") for norm in between}
        passed = self.stretch.cues.words.articles | self.stretch.cues.words.settlements
        between = [norm for norm in between if norm not in passed and not norm.isdigit()]
        return len(between) <= _LONGEST_LOCATION and "and" not in kinds and bool(kinds & _LOCATING)

    def _owns_next(self, mention: EntityMention) -> bool:
        """Whether the place only says whose the next one is: "Syria's Aleppo"."""
        words = self.stretch.words
        owns = mention.end < self.stretch.end and words.norms[mention.end] == _POSSESSIVE
        return owns and self.stretch.name_at(mention.end + 1, "place") is not None

    def _is_measured(self, mention: EntityMention) -> bool:
        """Whether another place is found from this one: "X, 60 km south of Y", "X, which lies opposite Y"."""
        words, lists = self.stretch.words, self.stretch.cues.words
        named = [m.end for m in self.stretch.names if m.group == "place" and m.end <= mention.start]
        floor = max(self.stretch.start, mention.start - _REACH_OF_DISTANCE, *named[-1:])
        for index in range(mention.start - 1, floor - 1, -1):
            if self.stretch.trigger_at(index) is not None:
                return False
            noted = bool(named) or "(" in words.norms[max(0, index - _LONGEST_LOCATION) : index]
            if noted and (words.norms[index] in lists.distances or words.norms[index] in lists.lying):
                return True
        return False

    def _words_between(self, start: int, end: int) -> list[str]:
        words = self.stretch.words
        return [words.norms[i] for i in range(start, end) if words.tags[i] not in ("SPACE", "PUNCT")]
