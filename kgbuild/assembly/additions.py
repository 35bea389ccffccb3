"""What a sentence that tells no incident adds to the one told before."""

from __future__ import annotations

from kgbuild.assembly.cues import Cues
from kgbuild.assembly.findings import Findings
from kgbuild.assembly.frames import Frame


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
