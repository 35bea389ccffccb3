"""What a sentence that tells no incident adds to the one told before."""

from __future__ import annotations

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.damage import DamageReader
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import BOMBINGS, GROUND, KILLINGS, STRIKES, Frame
from kgbuild.model import DateInterval

REACH_OF_DAMAGE = 2
"""Sentences over which damage told alone belongs to the incident told before."""
_DAMAGING = STRIKES | BOMBINGS | KILLINGS | GROUND | {"Arson", "Looting"}


def add_roster(found: Findings, cues: Cues, hurt: Frame, start: int, end: int) -> None:
    """ "The dead are A, B and C": the names belong to the toll told last."""
    if not any(norm in cues.tolls.the_hurt for norm in found.words.norms[start:end]):
        return
    names = found.names_in(start, end)
    persons = [m.entity for m in names if m.group == "person" and m.cls != "PopulationGroup"]
    if persons:
        hurt.add("victims", *persons)
        hurt.spans.append((start, end))


def add_doers(found: Findings, cues: Cues, told: Frame, start: int, end: int) -> None:
    """ "X accused Y of being behind it", "Y claimed it": Y did what was told last, if nobody else did."""
    norms = found.words.norms[start:end]
    if told.agents or not cues.background.negations.isdisjoint(norms):
        return
    claims = [c for c in found.claims if c.kind == "responsibility" and not c.carried]
    if cues.blame.stands_in(found.words.norms, start, end):
        claims += [c for c in found.claims if c.blamed]
    blamed = {at for claim in claims for at in claim.blamed}
    doers = [m.entity for m in found.mentions if m.start in blamed]
    doers += [source for claim in claims for source in claim.sources if not claim.blamed]
    if doers:
        told.add("agents", *(doer for doer in doers if doer not in told.targets))
        told.add("sources", *(source for claim in claims for source in claim.sources))
        told.spans.append((start, end))


def add_damage(found: Findings, cues: Cues, told: Frame, start: int, end: int) -> None:
    """ "Three houses collapsed": damage told right behind a strike, a bombing or a fight, at no place of its own."""
    known = {*told.places, *told.wider}
    if told.cls not in _DAMAGING or is_of_another_time(found, cues, told, start, end):
        return
    if any(m.group == "place" and m.entity not in known for m in found.names_in(start, end)):
        return
    for damage in DamageReader(cues, found, start, end).read():
        if damage.effect is not None:
            told.set_fate(damage.mention.entity, damage.effect)
            told.add_span(start, end)


def is_of_another_time(found: Findings, cues: Cues, told: Frame, start: int, end: int) -> bool:
    """Whether the tokens [start, end) name a day that is not that of the incident, or sum up a long time."""
    dates = found.dates_in(start, end)
    return any(not _meets(date.interval, told.date) for date in dates) or _tells_of_long(found, cues, start, end)


def _meets(a: DateInterval, b: DateInterval | None) -> bool:
    """Whether two spans of days share one."""
    if b is None or not (a.earliest and a.latest and b.earliest and b.latest):
        return False
    return a.earliest <= b.latest and b.earliest <= a.latest


def _tells_of_long(found: Findings, cues: Cues, start: int, end: int) -> bool:
    """Whether the sentence sums up a long time."""
    norms, background = found.words.norms, cues.background
    return background.totals.stands_in(norms, start, end) or background.habitual.stands_in(norms, start, end)
