"""What the components found in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from spacy.tokens import Doc

from kgbuild.pipeline.annotations import DateMention, EntityMention
from kgbuild.pipeline.attribution import Claim
from kgbuild.pipeline.casualty_phrases import CasualtyMention
from kgbuild.pipeline.ordered import Ordered
from kgbuild.pipeline.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Findings:
    """The records of a stretch, in order: by their first token, casualties by their head."""

    mentions: list[EntityMention]
    triggers: list[Trigger]
    casualties: list[CasualtyMention]
    dates: list[DateMention]
    claims: list[Claim]


class AllFindings:
    """Those of the whole document, of which a stretch is taken by bisection."""

    def __init__(self, doc: Doc) -> None:
        self._mentions: Ordered[EntityMention] = Ordered(doc._.mentions)
        self._triggers: Ordered[Trigger] = Ordered(doc._.triggers)
        self._casualties: Ordered[CasualtyMention] = Ordered(doc._.casualties, at=attrgetter("head"))
        self._dates: Ordered[DateMention] = Ordered(doc._.dates)
        self._claims: Ordered[Claim] = Ordered(doc._.claims)

    def within(self, start: int, end: int) -> Findings:
        """What stands in the tokens [start, end)."""
        return Findings(
            self._mentions.within(start, end),
            self._triggers.within(start, end),
            self._casualties.within(start, end),
            self._dates.within(start, end),
            self._claims.within(start, end),
        )
