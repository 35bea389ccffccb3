"""Fills a telling from the stretch that tells it: class, parts, date, the fate of facilities, hedges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kgbuild.assembly.attacks import aims_at_ground
from kgbuild.assembly.classes import refined_class
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.damage import Damage, DamageReader
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import AIMED, LASTING, Frame
from kgbuild.assembly.roles import RoleReader
from kgbuild.assembly.stretch import Stretch
from kgbuild.model import DateInterval
from kgbuild.pipeline.annotations import DateMention
from kgbuild.pipeline.triggers import Trigger

_DAYS_OF_SPEECH = 2
_LONG = 3
"""Days that no single strike lasts."""
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
        damages = list(DamageReader(self.cues, self.found, start, end).read())
        harmed = frozenset(d.mention.start for d in damages if _only_harmed(d, frame, group))
        stretch = Stretch(words, self.cues, names, group, start, end, times, blamed, harmed)
        RoleReader(stretch, frame).fill()
        frame.ground = aims_at_ground(stretch)
        _set_fates(frame, damages)
        frame.add("seats", *self.found.seats_in(start, end))
        frame.date = self._date(frame, dates)
        near = range(max(start, frame.head - _HEDGES_BEFORE), min(end, frame.head + _HEDGES_BEHIND))
        frame.hedged = frame.hedged or any(self.cues.hedges.longest_at(words.norms, i, end) for i in near)

    def fill_facilities(self, frame: Frame, start: int, end: int) -> None:
        """ "the destruction of the mosque": what the stretch tells of the fate of things."""
        _set_fates(frame, DamageReader(self.cues, self.found, start, end).read())

    def _date(self, frame: Frame, dates: list[DateMention]) -> DateInterval | None:
        """The past date nearest to the trigger."""
        fitting = [d for d in dates if self._is_past(d) and not self._only_since(frame, d)]
        fitting = [d for d in fitting if not self._dates_a_name(frame, d) and not self._dates_speech(d)]
        return min(fitting, key=lambda d: abs(d.start - frame.head)).interval if fitting else None

    def _is_past(self, told: DateMention) -> bool:
        earliest = told.interval.earliest
        return self.published is None or earliest is None or earliest <= self.published

    def _only_since(self, frame: Frame, told: DateMention) -> bool:
        """ "for three weeks" dates what lasts, not what strikes."""
        since = self.found.words.norms[told.start] in self.cues.words.since
        return frame.cls not in LASTING and since and told.interval.days() > _LONG

    def _dates_speech(self, told: DateMention) -> bool:
        """Whether it only says when somebody spoke ("…, police said on Monday"), about the day of writing."""
        words, earliest = self.found.words, told.interval.earliest
        if self.published is None or earliest is None or (self.published - earliest).days > _DAYS_OF_SPEECH:
            return False
        index = told.start - 1
        while index > 0 and words.norms[index] in self.cues.words.telling:
            index -= 1
        return bool(self.cues.words.telling) and words.norms[index] in self.cues.verbs.speech

    def _dates_a_name(self, frame: Frame, told: DateMention) -> bool:
        """Whether the date belongs to what is told of a place ("…, which fell in May"), not to the incident."""
        names = [m for m in self.found.mentions if m.group == "place" and frame.head < m.end <= told.start]
        behind = (self.found.words.norms[m.end] for m in names if m.end < told.start)
        return told.interval.days() > 0 and any(norm in self.cues.words.relatives for norm in behind)


def _only_harmed(damage: Damage, frame: Frame, group: list[Trigger]) -> bool:
    """Whether the thing is named for its damage alone, by a word before it that does not tell the incident."""
    if damage.told > damage.mention.start or any(t.start == damage.told for t in group):
        return False
    return damage.effect is None or frame.cls not in AIMED


def _set_fates(frame: Frame, damages: Iterable[Damage]) -> None:
    for damage in damages:
        if damage.effect is not None:
            frame.set_fate(damage.mention.entity, damage.effect)
