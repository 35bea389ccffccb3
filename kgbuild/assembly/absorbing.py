"""What a telling adds to the incident that it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kgbuild.assembly.frames import LASTING, Frame, more_precise
from kgbuild.assembly.place_match import is_wide, may_hold
from kgbuild.model import DateInterval, Entity
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention

_HOLDERS = frozenset({"Country", "Governorate", "District", "City"})
"""Classes of places that, told as what lies around, are no place of the incident beside a narrower one."""

_LONGEST_STRIKE = 3
"""Days over which what strikes once may be said to have happened."""


def absorb(target: Frame, frame: Frame, entities: Mapping[str, Entity]) -> None:
    """Take over what `frame` adds; the more complete telling gives class, date and places."""
    target.cls = more_precise(target, frame)
    target.add("agents", *frame.agents)
    target.add("targets", *(t for t in frame.targets if t not in target.agents))
    target.add("weapons", *frame.weapons)
    target.add("victims", *frame.victims)
    target.add("wider", *frame.wider)
    target.add("sources", *frame.sources)
    target.add("seats", *frame.seats)
    _absorb_places(target, frame, entities)
    for facility, effect in frame.facilities.items():
        target.facilities[facility] = effect or target.facilities.get(facility)
    if frame.date is not None and _dates_better(frame.date, target):
        target.date = frame.date
    target.context_date = target.context_date or frame.context_date
    _absorb_figures(target, frame)
    target.superseded.extend(frame.superseded)
    target.spans.extend(frame.spans)
    target.hedged = target.hedged and frame.hedged
    target.certainty = _certainty_of_both(target.certainty, frame.certainty)
    target.background = target.background and frame.background
    target.ground = target.ground or frame.ground
    target.anaphoric = target.anaphoric and frame.anaphoric
    target.tellings += frame.tellings


def _certainty_of_both(told: str, again: str) -> str:
    """What one account denies and another does not is contested; else the first one's word holds."""
    if "contested" in (told, again) or (told == "denied") != (again == "denied"):
        return "contested"
    return told


def _dates_better(date: DateInterval, target: Frame) -> bool:
    """Whether a date is nearer than that of the incident; "since the 8th" is none of what strikes once."""
    if target.date is None:
        return target.cls in LASTING or date.precision != "days" or date.days() <= _LONGEST_STRIKE
    return _days(date) < _days(target.date)


def _absorb_places(target: Frame, frame: Frame, entities: Mapping[str, Entity]) -> None:
    """The narrower places stay; a governorate or a countryside beside them says only what is around."""
    if frame.headline and target.places:
        return
    if frame.places and target.places and set(frame.places).isdisjoint(target.places):
        if may_hold(target.places, frame.places, entities):  # "in Damascus", and then "in Mazraa"
            target.add("wider", *target.places)
            target.places = list(frame.places)
        elif may_hold(frame.places, target.places, entities):
            target.add("wider", *frame.places)
            return
    wide = {p for p in (*target.places, *frame.places) if p in entities and is_wide(entities[p])}
    target.add("places", *frame.places)
    around = wide | {p for p in target.wider if p in entities and entities[p].cls in _HOLDERS}
    if any(p not in around for p in target.places):
        target.add("wider", *(p for p in target.places if p in around))
        target.places = [p for p in target.places if p not in around]


def _absorb_figures(target: Frame, frame: Frame) -> None:
    """Equal figures count once; another figure of the same effect supersedes, unless it comes from the headline."""
    for figure in frame.casualties:
        same = [c for c in target.casualties if (c.effect, c.min, c.part) == (figure.effect, figure.min, figure.part)]
        if same:
            position = target.casualties.index(same[0])
            target.casualties[position] = _of_both(same[0], figure)
            continue
        rivals = [c for c in target.casualties if _rival(c, figure, target.cls)]
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


def _rival(told: CasualtyMention, figure: CasualtyMention, cls: str) -> bool:
    """Whether two figures count the same people; fighters killed in a clash are rather those of its two sides."""
    if told.effect != figure.effect or told.part or figure.part:
        return False
    counted = told.min is not None and figure.min is not None
    return not (cls == "ArmedClash" and counted and told.group == figure.group == "combatant")


def _of_both(a: CasualtyMention, b: CasualtyMention) -> CasualtyMention:
    """One figure told twice: who says more of the people gives the words, "at least" outweighs the plain number."""
    told = b if a.group in ("unknown", "civilian") and b.group != "unknown" else a
    return replace(told, max=None if a.max is None or b.max is None else max(a.max, b.max))


def _days(interval: DateInterval) -> int:
    return interval.days() if interval.earliest and interval.latest else 10**6
