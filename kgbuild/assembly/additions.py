"""What a sentence that tells no incident adds to the one told before."""

from __future__ import annotations

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.damage import DamageReader
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import BOMBINGS, GROUND, HOLDERS, KILLINGS, STRIKES, Frame
from kgbuild.model import DateInterval

REACH_OF_DAMAGE = 2
"""Sentences over which damage told alone belongs to the incident told before."""
_REACH_OF_CUE = 2
"""Tokens between "near" and the name of a place."""
_DAMAGING = STRIKES | BOMBINGS | KILLINGS | GROUND | {"Arson", "Looting"}


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


def add_nearer_place(found: Findings, cues: Cues, told: Frame, start: int, end: int) -> None:
    """ "killed in Syria, *while he drove near Sarmada*": the place of what has none, or a wide one."""
    words = found.words
    first = words.skip_forward(start, end)
    wide = {m.entity for m in found.mentions if m.cls in HOLDERS}
    if words.norms[first] not in cues.words.meanwhile or not wide.issuperset(told.places):
        return
    for name in found.names_in(start, end):
        cue = range(max(first, name.start - _REACH_OF_CUE), name.start)
        if name.group == "place" and any(cues.kinds.get(words.norms[i]) in ("in", "beside") for i in cue):
            told.add("wider", *told.places)
            told.places = [name.entity]
            return


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
