"""What a store says of one subject, read as the values that it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild import literals, tolls
from kgbuild.export.records import ROLES, Said
from kgbuild.model import Casualty, DateInterval, Toll
from kgbuild.store import value_of
from kgbuild.store.protocol import Term
from kgbuild.tolls import Range
from kgbuild.vocab import CASUALTY_EFFECTS, CKO, DATE_PRECISIONS, OWL, RDF

_ROLLED_UP = ("killed", "injured")
"""Effects of which a report has its own reckoning."""


class Facts:
    """Objects by predicate, in an order that follows from their content; what two graphs say counts once."""

    __slots__ = ("_terms",)

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._terms: defaultdict[NamedNode, list[Term]] = defaultdict(list)
        for quad in quads:
            value, objects = quad.object, self._terms[quad.predicate]
            if value not in objects:
                objects.append(value)
        for objects in self._terms.values():
            if len(objects) > 1:
                objects.sort(key=str)

    def terms(self, predicate: NamedNode) -> Sequence[Term]:
        return self._terms.get(predicate, ())

    def iris(self, predicate: NamedNode) -> tuple[str, ...]:
        """The things that it leads to."""
        return tuple(value.value for value in self.terms(predicate) if isinstance(value, NamedNode))

    def iri(self, predicate: NamedNode) -> str | None:
        """The first thing that it leads to."""
        return next(iter(self.iris(predicate)), None)

    def first(self, predicate: NamedNode) -> str | None:
        """An IRI, or a literal without language and datatype."""
        found = self.terms(predicate)
        return value_of(found[0]) if found else None

    def local(self, predicate: NamedNode) -> str | None:
        """The local name of a thing of our vocabulary."""
        found = self.terms(predicate)
        return CKO.local(found[0]) if found and isinstance(found[0], NamedNode) else None

    def number(self, predicate: NamedNode) -> int | None:
        """None where there is none, or something else in its place."""
        return literals.number(self.first(predicate) or "")

    def cls(self, among: frozenset[str]) -> str | None:
        """The class that the contract lists, of those in `among`."""
        names = (CKO.local(t) for t in self.terms(RDF.type) if isinstance(t, NamedNode))
        return next((name for name in names if name in among), None)

    def same_as(self, namespace: str) -> str | None:
        """The id of the same thing elsewhere; the shortest of several."""
        iris = (iri for iri in self.iris(OWL.sameAs) if iri.startswith(namespace))
        known = (iri.removeprefix(namespace).rstrip("/") for iri in iris)
        return min(known, key=lambda name: (len(name), name), default=None)

    def interval(self) -> DateInterval | None:
        """When it was, None where nothing is said of that."""
        earliest, latest = self.day(CKO.startDate), self.day(CKO.endDate)
        precision = self.first(CKO.datePrecision)
        if earliest is None and latest is None and precision is None:
            return None
        known = precision if precision in DATE_PRECISIONS else "days"
        return DateInterval(earliest=earliest, latest=latest, precision=known)

    def day(self, predicate: NamedNode) -> date | None:
        """None where there is none, or something else in its place."""
        return literals.day(self.first(predicate) or "")

    def roles(self) -> dict[str, tuple[str, ...]]:
        return {role: found for role in ROLES if (found := self.iris(CKO[role]))}

    def toll(self, effect: str) -> Toll:
        """What is rolled up of an effect."""
        low, high, best = (self.number(CKO[effect + bound]) for bound in ("Min", "Max", "Best"))
        return Toll(min=low, max=high, best=best)

    def figure(self) -> Casualty:
        """Of a count; its offsets are not read."""
        return Casualty(
            effect=self.first(CKO.effect) or "killed",
            group=self.first(CKO.group) or "unknown",
            min=self.number(CKO.countMin),
            max=self.number(CKO.countMax),
            part=self.first(CKO.part) == "true",
            superseded=self.first(CKO.superseded) == "true",
            nationality=self.first(CKO.victimNationality),
            start=0,
            end=0,
        )

    def totals(self, figures: Iterable[Casualty]) -> dict[str, Range]:
        """The report's own reckoning of the killed and injured; the other effects are reckoned from its figures."""
        counted, found = tuple(figures), dict[str, Range]()
        for effect in CASUALTY_EFFECTS:
            if effect in _ROLLED_UP:
                found[effect] = self.number(CKO[f"{effect}Min"]), self.number(CKO[f"{effect}Max"])
            else:
                found[effect] = tolls.toll(counted, effect)
        return {effect: bounds for effect, bounds in found.items() if bounds != (None, None)}


def said(value: Literal) -> Said:
    """The words with their language."""
    return value.value, value.language or "und"
