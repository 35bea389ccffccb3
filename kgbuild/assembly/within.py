"""Joins the tellings of one incident within an article: headline, lead and body, cause and later toll."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.absorbing import absorb
from kgbuild.assembly.frames import CLAIMABLE, Frame, related
from kgbuild.assembly.likeness import SAME_AREA, Likeness
from kgbuild.assembly.place_match import all_wide
from kgbuild.assembly.points import thresholds

_REACH_OF_BARE = 3
"""Sentences over which a telling that says little is thought to be of an incident told before."""
_MEMORY = 50
"""Incidents among which that of a telling is sought; to compare all takes the square of an article's length."""


@dataclass(slots=True)
class Joiner:
    """Joins frames of one article.

    Without `joins_headlines` a headline stays an incident beside that of its article.
    """

    likeness: Likeness
    joins_headlines: bool = True

    def join(self, frames: list[Frame]) -> list[Frame]:
        """The incidents: each body telling goes to the best earlier one that it fits; headlines go last."""
        joined: list[Frame] = []
        for frame in (f for f in frames if not f.headline):
            recent = joined[-_MEMORY:]
            if self._claims_several(frame, recent):
                continue
            target = None if frame.is_another else self._home(frame, recent)
            if target is None:
                joined.append(frame)
            else:
                absorb(target, frame, self.likeness.entities)
        joined = self._settled(joined)
        for frame in (f for f in frames if f.headline):
            told = joined[:_MEMORY] if self.joins_headlines else []
            target = self._best(frame, told, thresholds()["headline"])
            if target is None and not self._sums_up(frame, told):
                joined.append(frame)
            elif target is None:
                continue
            else:
                absorb(target, frame, self.likeness.entities)
        return joined

    def _sums_up(self, headline: Frame, told: list[Frame]) -> bool:
        """Whether a headline that is of none of the incidents told ("33 killed by five car bombs") is of several."""
        alike = (f for f in told if related(headline.cls, f.cls))
        return any(self.likeness.places(headline, f) != "other" for f in alike)

    def _settled(self, joined: list[Frame]) -> list[Frame]:
        """The incidents, those that turned out alike joined."""
        settled: list[Frame] = []
        for frame in joined:
            target = None if frame.is_another else self._best(frame, settled[-_MEMORY:], thresholds()["settled"])
            if target is None:
                settled.append(frame)
            else:
                absorb(target, frame, self.likeness.entities)
        return settled

    def _claims_several(self, frame: Frame, joined: list[Frame]) -> bool:
        """ "the two bombings, which X claimed": the doer belongs to the bombings told just before."""
        trigger = frame.trigger
        if trigger is None or not trigger.definite or not frame.agents or frame.cls not in CLAIMABLE:
            return False
        if trigger.meaning.number == "singular" or (frame.places and trigger.meaning.number == "plural"):
            return False
        recent = [f for f in joined if f.cls in CLAIMABLE and frame.sentence - f.sentence <= 4 and not f.agents]
        for told in recent[-2:] if trigger.meaning.number == "dual" else recent:
            told.add("agents", *frame.agents)
            told.spans.extend(frame.spans)
        return bool(recent)

    def _home(self, frame: Frame, joined: list[Frame]) -> Frame | None:
        if frame.anaphoric:
            recent = [f for f in reversed(joined) if self.likeness.fits(f, frame) or self.likeness.resumes(f, frame)]
            if recent:
                return recent[0]
        if _is_bare(frame):
            near = [f for f in joined if frame.sentence - f.sentence <= _REACH_OF_BARE]
            return self._best(frame, near, thresholds()["bare"])
        if frame.superseded or frame.trigger is None:
            return self._best(frame, joined, thresholds()["vague"])
        return (
            self._best(frame, joined, thresholds()["telling"])
            or self._best(frame, [f for f in joined if _is_bare(f)], thresholds()["bare"])
            or self._lead_of(frame, joined)
        )

    def _lead_of(self, frame: Frame, joined: list[Frame]) -> Frame | None:
        """The article's first telling, where it left the place open that `frame` now names."""
        if len(joined) != 1 or not joined[0].places or not all_wide(joined[0].places, self.likeness.entities):
            return None
        return self._best(frame, joined, thresholds()["vague"])

    def _best(self, frame: Frame, joined: list[Frame], threshold: float) -> Frame | None:
        scored = [
            (self.likeness.score(other, frame), -abs(other.sentence - frame.sentence), n)
            for n, other in enumerate(joined)
        ]
        if not scored:
            return None
        score, _, position = max(scored)
        unplaced = not frame.given and self.likeness.places(joined[position], frame) not in SAME_AREA
        if unplaced and threshold >= thresholds()["telling"]:
            threshold += thresholds()["unplaced"]
        return joined[position] if score >= threshold else None


def _is_bare(frame: Frame) -> bool:
    """Whether a telling says little more than that something happened."""
    return not frame.places and not frame.casualties and not frame.facilities
