"""The tolls of an incident: a statement for each figure that an account gives.

The amount is the lower bound, as everywhere in the roll-up; a range has both as bounds, an open one is marked "at
least" or "at most". Sub-counts say to which part they apply. The preferred figure is the best of the merged incident
(`cko:killedBest`), of several statements with that amount an exact one, else the one that most accounts give; where
nothing is rolled up, the one told last. A figure that its own article replaces by another is deprecated.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.export.records import Account, Event
from kgbuild.export.wikibase.claims import Draft, clean, snak
from kgbuild.export.wikibase.context import Context
from kgbuild.export.wikibase.model import Quantity, Snak
from kgbuild.export.wikibase.voices import Said, Told, Voices
from kgbuild.model import Casualty, Toll
from kgbuild.tolls import Range
from kgbuild.vocab import CASUALTY_EFFECTS


def add_figures(context: Context, event: Event, voices: Voices, draft: Draft) -> None:
    """Add the figures of every effect."""
    for effect in CASUALTY_EFFECTS:
        rolled_up = {"killed": event.killed, "injured": event.injured}.get(effect, Toll())
        _Figures(context, effect, event.accounts, rolled_up).write(voices, draft)


class _Figures:
    """The figures of one effect."""

    def __init__(self, context: Context, effect: str, accounts: tuple[Account, ...], rolled_up: Toll) -> None:
        self.context, self.effect, self.rolled_up = context, effect, rolled_up
        self.accounts = accounts

    def write(self, voices: Voices, draft: Draft) -> None:
        totals: Told = {}
        for account in self.accounts:
            if (bounds := account.totals.get(self.effect)) is not None:
                totals.setdefault(self.said(bounds, ()), []).append(account)
        parts = self.parts()
        held = self.best(totals)
        if held is None and self.rolled_up.best is not None:
            held = self.reckoned()
            totals[held] = []
        chosen = [] if held is None else [held]
        voices.write({**totals, **parts}, chosen, accusing=True)
        for said, accounts in self.superseded().items():
            if said not in totals and said not in parts:
                voices.add(said, accounts, "deprecated")

    def parts(self) -> Told:
        """Counts of one group or nationality."""
        told: Told = {}
        for account, figure in self.figures():
            apart = self.group(figure)
            if apart and not figure.superseded:
                told.setdefault(self.said((figure.min, figure.max), apart), []).append(account)
        return {said: list({a.iri: a for a in accounts}.values()) for said, accounts in told.items()}

    def superseded(self) -> Told:
        told: Told = {}
        for account, figure in self.figures():
            if figure.superseded:
                told.setdefault(self.said((figure.min, figure.max), self.group(figure)), []).append(account)
        return told

    def figures(self) -> Iterator[tuple[Account, Casualty]]:
        for account in self.accounts:
            for figure in account.figures:
                if figure.effect == self.effect and (figure.min, figure.max) != (None, None):
                    yield account, figure

    def group(self, figure: Casualty) -> tuple[Snak, ...]:
        """The qualifiers that tell who is counted."""
        found: list[Snak] = []
        if figure.group != "unknown":
            found.append(snak("applies-to", self.context.code(f"casualty-group/{figure.group}")))
        if figure.nationality is not None:
            found.append(snak("victim-nationality", clean(figure.nationality)))
        return tuple(found)

    def said(self, bounds: Range, apart: tuple[Snak, ...]) -> Said:
        low, high = bounds
        amount = low if low is not None else high
        open_end = "at-least" if high is None else "at-most" if low is None else None
        if open_end:
            apart = (*apart, snak("circumstances", self.context.code(f"bound/{open_end}")))
        if open_end or low == high:
            return snak(self.effect, Quantity(str(amount))), apart
        return snak(self.effect, Quantity(str(amount), str(low), str(high))), apart

    def best(self, totals: Told) -> Said | None:
        """The total that is preferred, if it is told."""
        best = self.rolled_up.best
        if best is None:
            told = [(said, a) for said, accounts in totals.items() for a in accounts if a.certainty != "denied"]
            return max(told, key=lambda pair: self.accounts.index(pair[1]), default=(None,))[0]
        of_amount = [said for said in totals if _amount(said) == str(best)]
        return max(of_amount, key=lambda said: (_is_exact(said), len(totals[said])), default=None)

    def reckoned(self) -> Said:
        """The best figure of the roll-up, where no account gives it."""
        method = snak("method", self.context.code("method/roll-up"))
        toll = self.rolled_up
        bounded = toll.min is not None and toll.max is not None and toll.min <= (toll.best or 0) <= toll.max
        quantity = Quantity(str(toll.best), str(toll.min), str(toll.max)) if bounded else Quantity(str(toll.best))
        return snak(self.effect, quantity), (method,)


def _amount(said: Said) -> str:
    value = said[0].value
    return value.amount if isinstance(value, Quantity) else ""


def _is_exact(said: Said) -> bool:
    value = said[0].value
    return isinstance(value, Quantity) and value.lower is None and not said[1]
