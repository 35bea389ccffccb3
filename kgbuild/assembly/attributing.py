"""Says who tells an incident, and how sure that is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.frames import Frame
from kgbuild.assembly.own_deeds import OwnDeeds
from kgbuild.assembly.own_losses import OwnLosses
from kgbuild.language.folding import fold_text
from kgbuild.model import Entity
from kgbuild.pipeline.attribution import Claim
from kgbuild.pipeline.ordered import Ordered

_NEUTRAL = frozenset({"MonitoringOrganization", "MediaOrganization", "HumanitarianOrganization"})
"""Those who tell what others did; what a party to the conflict tells is its claim."""


@dataclass(slots=True)
class Attributor:
    """Finds the sources of the tellings of one document. `starts` are the first tokens of its sentences."""

    doc: Doc
    cues: Cues
    starts: list[int]
    _claims: Ordered[Claim] = field(init=False)
    _neutral: frozenset[str] = field(init=False)
    _own: OwnDeeds = field(init=False)
    _losses: OwnLosses = field(init=False)

    def __post_init__(self) -> None:
        self._claims = Ordered(self.doc._.claims)
        self._own = OwnDeeds(self.doc, self.cues)
        self._losses = OwnLosses(self.doc, self.cues)
        self._neutral = frozenset(entity.id for entity in self.doc._.entities if self._is_neutral(entity))

    def attribute(self, frame: Frame) -> None:
        """Set sources and certainty; a force that tells its own deed is also the agent, one whose men die is hit. What
        is told first and then denied is contested.
        """
        sentence = self.starts[bisect_right(self.starts, frame.head) - 1]
        claims = [c for c in self._claims.within(sentence, frame.head + 1) if frame.head < c.end]
        for claim in claims:
            if not frame.agents and (claim.kind == "responsibility" or self._own.tells(claim, frame)):
                frame.add("agents", *claim.sources)
            frame.add("sources", *claim.sources)
            if claim.kind == "denial":
                told_before = any(name > frame.head for name in claim.named)
                frame.certainty = "contested" if told_before else "denied"
        frame.add("targets", *self._losses.owners(frame, sentence))
        partial = frame.sources and self._neutral.isdisjoint(frame.sources)
        doubted = frame.hedged or any(c.kind == "doubt" for c in claims)
        if frame.certainty == "asserted" and (doubted or partial):
            frame.certainty = "alleged"

    def _is_neutral(self, entity: Entity) -> bool:
        """Whether the source is none of the parties: an observer, an agency, a relief body, the police."""
        words = {fold_text(word) for name in entity.label.values() for word in name.split()}
        return entity.cls in _NEUTRAL or not words.isdisjoint(self.cues.neutral)
