"""What the components found in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from spacy.tokens import Doc

from kgbuild.pipeline.annotations import DateMention, EntityMention
from kgbuild.pipeline.attribution import Claim
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention
from kgbuild.pipeline.ordered import Ordered
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import Words, words_of

_DATELINE = 12
_DASHES = frozenset({"-", "–", "—", "--", "ـ", "/"})


@dataclass(frozen=True, slots=True)
class Findings:
    """The records of a stretch, in order: by their first token, casualties by their head."""

    words: Words
    mentions: list[EntityMention]
    triggers: list[Trigger]
    casualties: list[CasualtyMention]
    dates: list[DateMention]
    claims: list[Claim]

    def names_in(self, start: int, end: int) -> list[EntityMention]:
        """The names in [start, end) but for those that only say who speaks."""
        claims = [claim for claim in self.claims if claim.kind != "responsibility"]
        speakers = {at for claim in claims for at in (*claim.named, *claim.seats)}
        speakers |= self._dateline(start, end)
        return [m for m in self.mentions if start <= m.start < end and m.entity and m.start not in speakers]

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        return [date for date in self.dates if start <= date.start < end]

    def seats_in(self, start: int, end: int) -> list[str]:
        """Where the sources in [start, end) are: "a hospital in X said" may be all that tells the place."""
        at = {seat for claim in self.claims for seat in claim.seats} | self._dateline(start, end)
        return [m.entity for m in self.mentions if start <= m.start < end and m.start in at and m.group == "place"]

    def _dateline(self, start: int, end: int) -> frozenset[int]:
        """The places before a dash at the start of a sentence ("Baghdad (AFP) - …"): where it was written."""
        near = range(start, start + _DATELINE)
        at = frozenset(m.start for m in self.mentions if m.group == "place" and m.start in near)
        if start not in at:
            return frozenset()
        dashes = (i for i in range(start, min(end, start + _DATELINE)) if self.words.norms[i] in _DASHES)
        stop = next((i for i in dashes if i + 1 not in at), None)  # "Gaza City/Jerusalem - …"
        told = any(start <= t.start < (stop or start) for t in self.triggers)
        return frozenset(i for i in at if stop is not None and i < stop and not told)


class AllFindings:
    """Those of the whole document, of which a stretch is taken by bisection."""

    def __init__(self, doc: Doc) -> None:
        self._words = words_of(doc)
        self._mentions: Ordered[EntityMention] = Ordered(doc._.mentions)
        self._triggers: Ordered[Trigger] = Ordered(doc._.triggers)
        self._casualties: Ordered[CasualtyMention] = Ordered(doc._.casualties, at=attrgetter("head"))
        self._dates: Ordered[DateMention] = Ordered(doc._.dates)
        self._claims: Ordered[Claim] = Ordered(doc._.claims)

    def within(self, start: int, end: int) -> Findings:
        """What stands in the tokens [start, end)."""
        return Findings(
            self._words,
            self._mentions.within(start, end),
            self._triggers.within(start, end),
            self._casualties.within(start, end),
            self._dates.within(start, end),
            self._claims.within(start, end),
        )
