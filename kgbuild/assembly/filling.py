"""Fills a telling from the stretch that tells it: class, parts, date, the fate of facilities, hedges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kgbuild.assembly.attacks import aims_at_ground
from kgbuild.assembly.classes import by_air_force, refined_class
from kgbuild.assembly.cues import Cues
from kgbuild.assembly.damage import Damage, DamageReader
from kgbuild.assembly.dating import Dating
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import AIMED, Frame
from kgbuild.assembly.roles import RoleReader
from kgbuild.assembly.stretch import Stretch
from kgbuild.pipeline.triggers import Trigger

_HEDGES_BEFORE, _HEDGES_BEHIND = 12, 12


@dataclass(frozen=True, slots=True)
class FrameFiller:
    """Reads stretches of one sentence of an article that was published on that day."""

    cues: Cues
    found: Findings
    published: date | None

    @property
    def dating(self) -> Dating:
        return Dating(self.cues, self.found, self.published)

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
        if by_air_force(words, frame, names, self.cues):
            frame.cls = "AirStrike"
        frame.ground = aims_at_ground(stretch)
        _set_fates(frame, damages)
        frame.add("seats", *self.found.seats_in(start, end))
        frame.date = self.dating.of(frame, dates)
        near = range(max(start, frame.head - _HEDGES_BEFORE), min(end, frame.head + _HEDGES_BEHIND))
        frame.hedged = frame.hedged or any(self.cues.hedges.longest_at(words.norms, i, end) for i in near)
        if any(self.cues.contest.longest_at(words.norms, i, end) for i in near):
            frame.certainty = "contested"

    def fill_facilities(self, frame: Frame, start: int, end: int) -> None:
        """ "the destruction of the mosque": what the stretch tells of the fate of things."""
        _set_fates(frame, DamageReader(self.cues, self.found, start, end).read())


def _only_harmed(damage: Damage, frame: Frame, group: list[Trigger]) -> bool:
    """Whether the thing is named for its damage alone, by a word before it that does not tell the incident."""
    if damage.told > damage.mention.start or any(t.start == damage.told for t in group):
        return False
    return damage.effect is None or frame.cls not in AIMED


def _set_fates(frame: Frame, damages: Iterable[Damage]) -> None:
    for damage in damages:
        if damage.effect is not None:
            frame.set_fate(damage.mention.entity, damage.effect)
