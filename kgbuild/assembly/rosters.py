"""Those hurt, named in sentences of their own: "the dead are A, B and C", or one name a line below "the dead:"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import Frame
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention

_LONGEST_LINE = 12
"""Tokens of a line that holds one name, with an age or a note."""


@dataclass(slots=True)
class Roster:
    """Reads such sentences of one document in order; keeps what befell those of the list, and their names so far."""

    cues: Cues
    _effect: str | None = None
    _names: list[EntityMention] = field(default_factory=list)
    _some: bool = False

    def read(self, found: Findings, told: Frame, start: int, end: int) -> None:
        """Add the persons of the sentence [start, end) to the victims of `told`, and count them where none is told."""
        norms = found.words.norms[start:end]
        effect = next((self.cues.tolls.the_hurt[norm] for norm in norms if norm in self.cues.tolls.the_hurt), None)
        named = found.names_in(start, end)
        persons = [m for m in named if m.group == "person" and m.cls != "PopulationGroup"]
        if effect is not None:
            self._effect, self._names = effect, []
            self._some = not self.cues.tolls.some_hurt.isdisjoint(norms)
        elif self._effect is None or not persons or end - start > _LONGEST_LINE:
            self._effect = None
            return
        if persons:
            told.add("victims", *(m.entity for m in persons))
            told.add_span(start, end)
            self._names += persons
            self._count(told)

    def _count(self, told: Frame) -> None:
        """Set the figure that the names make, or raise it while the list goes on."""
        whole = [c for c in told.casualties if c.effect == self._effect and not c.part]
        counted = next((c for c in whole if c.head == self._names[0].start), None)
        if counted is None and any(c.min is not None for c in whole):
            return
        count = len({m.entity for m in self._names})
        first = counted or next(iter(whole), None)
        told.casualties = [c for c in told.casualties if c is not first]
        figure = CasualtyMention(
            self._names[0].start, self._names[-1].end, self._effect or "", 0, 0, "unknown", self._names[0].start
        )
        group = first.group if first is not None else figure.group
        told.casualties.append(replace(figure, min=count, max=None if self._some else count, group=group))
