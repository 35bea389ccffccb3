"""Fills a telling from the stretch that tells it: class, parts, date, the fate of facilities, hedges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kgbuild.assembly.classes import refined_class
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import LASTING, Frame
from kgbuild.assembly.roles import RoleReader
from kgbuild.assembly.stretch import Stretch
from kgbuild.model import DateInterval
from kgbuild.pipeline.annotations import DateMention, EntityMention
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import COMMAS

_LONG = 3
"""Days that no single strike lasts."""
_REACH_OF_EFFECT = 6
_LONGEST_JOIN = 4
"""Tokens between two facilities that one word tells of."""
_HEDGES_BEFORE, _HEDGES_BEHIND = 8, 12


@dataclass(frozen=True, slots=True)
class FrameFiller:
    """Reads stretches of one sentence of an article that was published on that day."""

    cues: Cues
    found: Findings
    published: date | None

    def fill(self, frame: Frame, start: int, end: int, group: list[Trigger]) -> None:
        """Set what the tokens [start, end) tell of the incident of the triggers in `group`."""
        words, names, dates = self.found.words, self.found.names_in(start, end), self.found.dates_in(start, end)
        frame.cls = refined_class(words, frame, start, end, names, group, self.cues)
        times = frozenset(index for date in dates for index in range(date.start, date.end))
        blamed = frozenset(at for claim in self.found.claims for at in claim.blamed)
        RoleReader(Stretch(words, self.cues, names, group, start, end, times, blamed), frame).fill()
        self.fill_facilities(frame, start, end)
        frame.add("seats", *self.found.seats_in(start, end))
        frame.date = self._date(frame, dates)
        near = range(max(start, frame.head - _HEDGES_BEFORE), min(end, frame.head + _HEDGES_BEHIND))
        frame.hedged = frame.hedged or any(self.cues.hedges.longest_at(words.norms, i, end) for i in near)

    def fill_facilities(self, frame: Frame, start: int, end: int) -> None:
        """ "the destruction of the mosque": the effect word before a facility, within reach, tells its fate."""
        facilities = [m for m in self.found.names_in(start, end) if m.group == "facility"]
        index = start
        while index < end:
            hit = self.cues.facility_effects.longest_at(self.found.words.norms, index, end)
            if hit is None:
                index += 1
                continue
            stop, effect = hit
            behind = [m for m in facilities if stop <= m.start <= stop + _REACH_OF_EFFECT]
            ahead = [m for m in facilities if m.end <= index and index - m.end <= _REACH_OF_EFFECT]
            for mention in self._with_joined(behind[:1], facilities) or ahead[-1:]:
                if frame.facilities.get(mention.entity) != "destroyed":
                    frame.facilities[mention.entity] = effect
                frame.add("targets", mention.entity)
            index = stop

    def _with_joined(self, first: list[EntityMention], facilities: list[EntityMention]) -> list[EntityMention]:
        """The facility, and those that "and" or a comma joins to it ("the destruction of a checkpoint and a house")."""
        joined = list(first)
        for mention in facilities:
            if joined and joined[-1].end <= mention.start and self._joins(joined[-1].end, mention.start):
                joined.append(mention)
        return joined

    def _joins(self, start: int, end: int) -> bool:
        """Whether the tokens [start, end) hold "and" or a comma, and else only figures and adjectives."""
        words, kinds, effects = self.found.words, self.cues.kinds, self.cues.facility_effects
        between = [i for i in range(start, end) if words.tags[i] != "SPACE"]
        joins = [i for i in between if kinds.get(words.norms[i]) == "and" or words.norms[i] in COMMAS]
        others = [words.norms[i] for i in between if i not in joins]
        if not joins or len(between) > _LONGEST_JOIN:
            return False
        return not any(norm in kinds or norm in effects.by_first for norm in others)

    def _date(self, frame: Frame, dates: list[DateMention]) -> DateInterval | None:
        """The past date nearest to the trigger."""
        fitting = [d for d in dates if self._is_past(d) and not self._only_since(frame, d)]
        fitting = [d for d in fitting if not self._dates_a_name(frame, d)]
        return min(fitting, key=lambda d: abs(d.start - frame.head)).interval if fitting else None

    def _is_past(self, told: DateMention) -> bool:
        earliest = told.interval.earliest
        return self.published is None or earliest is None or earliest <= self.published

    def _only_since(self, frame: Frame, told: DateMention) -> bool:
        """ "for three weeks" dates what lasts, not what strikes."""
        since = self.found.words.norms[told.start] in self.cues.words.since
        return frame.cls not in LASTING and since and told.interval.days() > _LONG

    def _dates_a_name(self, frame: Frame, told: DateMention) -> bool:
        """Whether the date belongs to what is told of a place ("…, which fell in May"), not to the incident."""
        names = [m for m in self.found.mentions if m.group == "place" and frame.head < m.end <= told.start]
        behind = (self.found.words.norms[m.end] for m in names if m.end < told.start)
        return told.interval.days() > 0 and any(norm in self.cues.words.relatives for norm in behind)
