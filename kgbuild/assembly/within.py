"""Joins the tellings of one incident within an article: headline, lead and body, cause and later toll."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kgbuild.assembly.frames import CLAIMABLE, GENERIC, Frame, more_precise, related
from kgbuild.model import DateInterval, Entity
from kgbuild.pipeline.casualty_phrases import CasualtyMention

_THRESHOLD = 1.5
_SAME_AREA = 0.5
"""The points of places of which one holds the other."""
_UNPLACED = 0.5
"""How much more has to speak for one incident where no place does."""
_HEADLINE_THRESHOLD = 0.5
_BARE_THRESHOLD = 1.0
_NEARBY = 2
"""Sentences within which a story is thought to stay with its incident."""
_MEMORY = 50
"""Incidents among which that of a telling is sought; to compare all takes the square of an article's length."""
_TELLING_WEAPONS = frozenset(
    {
        "WhitePhosphorus",
        "Chlorine",
        "Sarin",
        "ChemicalWeapon",
        "ClusterMunition",
        "BarrelBomb",
        "SuicideVest",
        "ThermobaricWeapon",
    }
)
_PARTS_OF_TOWNS = frozenset({"Neighbourhood", "Area", "Road", "Junction"})
_HOLDERS = frozenset({"Country", "Governorate", "District", "City"})
"""Classes of places that, told as what lies around, are no place of the incident beside a narrower one."""
_COUNTRYSIDE = ("ريف", "أرياف", "شمال", "جنوب", "شرق", "غرب")


@dataclass(slots=True)
class Joiner:
    """Joins frames of one article. `entities` by id, for what lies within what.

    Without `joins_headlines` a headline stays an incident beside that of its article.
    """

    entities: dict[str, Entity]
    joins_headlines: bool = True

    def join(self, frames: list[Frame]) -> list[Frame]:
        """The incidents: each body telling goes to the best earlier one that it fits; headlines go last."""
        joined: list[Frame] = []
        for frame in (f for f in frames if not f.headline):
            recent = joined[-_MEMORY:]
            if self._claims_several(frame, recent):
                continue
            target = self._home(frame, recent)
            if target is None:
                joined.append(frame)
            else:
                self._absorb(target, frame)
        for frame in (f for f in frames if f.headline):
            told = joined[:_MEMORY] if self.joins_headlines else []
            target = self._best(frame, told, _HEADLINE_THRESHOLD)
            if target is None:
                joined.append(frame)
            else:
                self._absorb(target, frame)
        return joined

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
            recent = [f for f in reversed(joined) if self._fits(f, frame) or self._resumes(f, frame)]
            if recent:
                return recent[0]
        if _is_bare(frame) or frame.superseded or frame.trigger is None:
            return self._best(frame, joined, _BARE_THRESHOLD)
        return (
            self._best(frame, joined, _THRESHOLD)
            or self._best(frame, [f for f in joined if _is_bare(f)], _BARE_THRESHOLD)
            or self._lead_of(frame, joined)
        )

    def _lead_of(self, frame: Frame, joined: list[Frame]) -> Frame | None:
        """The article's first telling, where it left the place open that `frame` now names."""
        if len(joined) != 1 or not joined[0].places or not self._all_wide(set(joined[0].places)):
            return None
        return self._best(frame, joined, _BARE_THRESHOLD)

    def _best(self, frame: Frame, joined: list[Frame], threshold: float) -> Frame | None:
        scored = [
            (self._score(other, frame), -abs(other.sentence - frame.sentence), n) for n, other in enumerate(joined)
        ]
        if not scored:
            return None
        score, _, position = max(scored)
        placed = threshold < _THRESHOLD or self._place_score(joined[position], frame) >= _SAME_AREA
        return joined[position] if score >= (threshold if placed else threshold + _UNPLACED) else None

    def _fits(self, a: Frame, b: Frame) -> bool:
        return related(a.cls, b.cls) and not self._conflict(a, b)

    def _resumes(self, told: Frame, frame: Frame) -> bool:
        """Whether "the shelling also destroyed …" goes on about what the sentence before it told."""
        if frame.sentence - told.sentence > 1 or not related(told.cls, frame.cls):
            return False
        return not frame.agents or not told.agents or bool(set(frame.agents) & set(told.agents))

    def _conflict(self, a: Frame, b: Frame) -> bool:
        """Whether the two cannot be one incident: other days, other doers, other places."""
        if a.date and b.date and _apart(a.date, b.date):
            return True
        if a.agents and b.agents and not set(a.agents) & set(b.agents) and not self._related_actors(a, b):
            return True
        return bool(a.places and b.places) and self._place_score(a, b) < 0

    def _headline_of(self, told: Frame, frame: Frame) -> bool:
        """Whether a headline gives the very toll of a telling, though it names the place more widely."""
        same = any(_totals(told.casualties, e) & _totals(frame.casualties, e) for e in ("killed", "injured"))
        return frame.headline and same and related(told.cls, frame.cls)

    def _related_actors(self, a: Frame, b: Frame) -> bool:
        classes = {self.entities[e].cls for e in (*a.agents, *b.agents) if e in self.entities}
        return bool(classes & {"State", "Country"})

    def _score(self, a: Frame, b: Frame) -> float:
        """How much speaks for one incident; below zero where something speaks against it."""
        if not self._fits(a, b) and not self._headline_of(a, b):
            return -1.0
        score = 0.5 if a.cls == b.cls else 0.25 if {a.cls, b.cls} & GENERIC else 0.0
        score += self._place_score(a, b)
        score += self._figures_score(a, b)
        score += 0.5 * bool(set(a.agents) & set(b.agents))
        score += self._facility_score(a, b)
        score += 0.5 * bool(set(a.targets) & set(b.targets))
        score += 0.5 * bool(set(a.victims) & set(b.victims))
        score += self._weapon_score(a, b)
        if b.anaphoric or a.anaphoric:
            score += 1.0
        if a.sentence == b.sentence and {a.cls, b.cls} == {"Raid", "Detention"}:
            score += 2.0
        if abs(a.sentence - b.sentence) <= _NEARBY and set(a.places) & set(b.places):
            score += 0.5
        return score

    def _facility_score(self, a: Frame, b: Frame) -> float:
        if not a.facilities or not b.facilities:
            return 0.0
        return 1.0 if set(a.facilities) & set(b.facilities) else -1.0

    def _weapon_score(self, a: Frame, b: Frame) -> float:
        classes_a = {self.entities[e].cls for e in a.weapons} - {"Aircraft"}
        classes_b = {self.entities[e].cls for e in b.weapons} - {"Aircraft"}
        if "WhitePhosphorus" in classes_a ^ classes_b:
            return -1.0
        shared = classes_a & classes_b
        return 1.0 if shared & _TELLING_WEAPONS else 0.5 * bool(shared)

    def _place_score(self, a: Frame, b: Frame) -> float:
        mine, theirs = set(a.places), set(b.places)
        if not mine or not theirs:
            return 0.25
        if mine & theirs:
            return 1.25
        if any(self._contains(x, y) or self._contains(y, x) for x in mine for y in theirs):
            return 0.5
        around_a, around_b = mine | set(a.wider), theirs | set(b.wider)
        if mine & around_b or theirs & around_a:
            return 0.5
        if self._all_wide(mine) or self._all_wide(theirs):
            return 0.0
        return 0.0 if self._may_hold(mine, theirs) or self._may_hold(theirs, mine) else -1.0

    def _may_hold(self, outer: set[str], inner: set[str]) -> bool:
        """Whether a town may hold quarters that the text puts into no other place."""
        towns = all(self.entities[p].cls in ("City", "Town", "District") for p in outer)
        return towns and all(self.entities[p].cls in _PARTS_OF_TOWNS and not self.entities[p].within for p in inner)

    def _all_wide(self, places: set[str]) -> bool:
        """Whether a country, a governorate or its countryside is all that a telling says of the place."""
        return all(self._is_wide(self.entities[p]) for p in places)

    def _is_wide(self, place: Entity) -> bool:
        return place.cls in ("Country", "Governorate") or (
            place.cls == "Area" and any(n.startswith(_COUNTRYSIDE) for n in place.label.values())
        )

    def _contains(self, outer: str, inner: str) -> bool:
        seen, queue = set(), [inner]
        while queue:
            entity = self.entities.get(queue.pop())
            for parent in entity.within if entity else ():
                if parent == outer:
                    return True
                if parent not in seen:
                    seen.add(parent)
                    queue.append(parent)
        return False

    def _figures_score(self, a: Frame, b: Frame) -> float:
        score = 0.0
        for effect in ("killed", "injured", "detained", "abducted", "missing", "displaced"):
            mine, theirs = _totals(a.casualties, effect), _totals(b.casualties, effect)
            if not mine or not theirs:
                continue
            if mine & theirs:
                score += 1.5
            else:
                score -= 0.5
        return score

    def _absorb(self, target: Frame, frame: Frame) -> None:
        """Take over what `frame` adds; the more complete telling gives class, date and places."""
        target.cls = more_precise(target, frame)
        target.add("agents", *frame.agents)
        target.add("targets", *(t for t in frame.targets if t not in target.agents))
        target.add("weapons", *frame.weapons)
        target.add("victims", *frame.victims)
        target.add("wider", *frame.wider)
        target.add("sources", *frame.sources)
        target.add("seats", *frame.seats)
        self._absorb_places(target, frame)
        for facility, effect in frame.facilities.items():
            target.facilities[facility] = effect or target.facilities.get(facility)
        if target.date is None or (frame.date is not None and _days(frame.date) < _days(target.date)):
            target.date = frame.date
        target.context_date = target.context_date or frame.context_date
        self._absorb_figures(target, frame)
        target.superseded.extend(frame.superseded)
        target.spans.extend(frame.spans)
        target.hedged = target.hedged and frame.hedged
        target.background = target.background and frame.background
        target.anaphoric = target.anaphoric and frame.anaphoric
        target.tellings += 1

    def _absorb_places(self, target: Frame, frame: Frame) -> None:
        """The narrower places stay; a governorate or a countryside beside them says only what is around."""
        if frame.headline and target.places:
            return
        wide = {p for p in (*target.places, *frame.places) if p in self.entities and self._is_wide(self.entities[p])}
        target.add("places", *frame.places)
        around = wide | {p for p in target.wider if p in self.entities and self.entities[p].cls in _HOLDERS}
        if any(p not in around for p in target.places):
            target.add("wider", *(p for p in target.places if p in around))
            target.places = [p for p in target.places if p not in around]

    def _absorb_figures(self, target: Frame, frame: Frame) -> None:
        """Equal figures count once; another figure of the same effect supersedes, unless it comes from the headline."""
        for figure in frame.casualties:
            same = [
                c for c in target.casualties if (c.effect, c.min, c.part) == (figure.effect, figure.min, figure.part)
            ]
            if same:
                position = target.casualties.index(same[0])
                target.casualties[position] = _of_both(same[0], figure)
                continue
            rivals = [c for c in target.casualties if c.effect == figure.effect and not c.part and not figure.part]
            if rivals and figure.min is None:
                continue
            if rivals and frame.headline:
                continue
            lower = any(figure.min is not None and (r.min or 0) > figure.min for r in rivals)
            if lower and (frame.trigger is None or figure.max is None):
                target.superseded.append(figure)
                continue
            for rival in rivals:
                if rival.min is None:
                    target.casualties.remove(rival)
                elif figure.min is not None and frame.sentence != target.sentence:
                    target.casualties.remove(rival)
                    target.superseded.append(rival)
            target.casualties.append(figure)


def _of_both(a: CasualtyMention, b: CasualtyMention) -> CasualtyMention:
    """One figure told twice: who says more of the people gives the words, "at least" outweighs the plain number."""
    told = b if a.group in ("unknown", "civilian") and b.group != "unknown" else a
    return replace(told, max=None if a.max is None or b.max is None else max(a.max, b.max))


def _is_bare(frame: Frame) -> bool:
    """Whether a telling says little more than that something happened."""
    return not frame.places and not frame.casualties and not frame.facilities


def _totals(casualties: list[CasualtyMention], effect: str) -> set[int]:
    return {c.min for c in casualties if c.effect == effect and not c.part and c.min is not None}


def _apart(a: DateInterval, b: DateInterval) -> bool:
    if a.earliest is None or b.earliest is None or a.latest is None or b.latest is None:
        return False
    return a.latest < b.earliest or b.latest < a.earliest


def _days(interval: DateInterval) -> int:
    return interval.days() if interval.earliest and interval.latest else 10**6
