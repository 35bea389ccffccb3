"""What a report says, as far as identity goes: the records that merging works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

WIDEST_INTERVAL = 10
"""Days. A report dated more vaguely is found like one without a date: by its place together with what it tells."""

GUESSED_DAYS = 2
"""A report without a date of its own is taken to tell of the day its article appeared, or of so many days before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An entity as one article presents it, as far as merging looks at it.

    `label` maps language to name, `names` are these in one spelling, `own_words` those that tell a facility from
    others of its kind, `point` is (longitude, latitude), `within` holds the IRIs of all places around it, near and far.
    """

    iri: str
    cls: str
    group: str
    label: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    own_words: frozenset[str] = frozenset()
    point: tuple[float, float] | None = None
    within: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """People killed, injured …: from `min` to `max`, None where the text sets no bound."""

    effect: str
    min: int | None
    max: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One report. Entities and classes are named as in `kgbuild.model.MergedIncident`: IRIs and local names.

    `places` are the most specific ones. `facilities` maps each facility named to what befell it, or None. `figures`
    holds the report's own reckoning (`kgbuild.tolls`) per effect. `words` is the fingerprint of the article's text,
    empty where it has none. `things` describes every entity named, as this article does: so the score of two reports
    depends on these two alone.
    """

    report: str
    document: str
    cls: str
    published: date | None = None
    publisher: str | None = None
    words: tuple[int, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    precision: str = "unknown"
    places: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    facilities: Mapping[str, str | None]
    figures: tuple[Figure, ...] = ()
    certainty: str = "asserted"
    things: Mapping[str, Thing]

    @property
    def interval(self) -> tuple[int, int] | None:
        """First and last day as ordinals, guessed from the publication if it has no date; None if unknown."""
        if self.earliest is None and self.latest is None:
            if self.published is None:
                return None
            return self.published.toordinal() - GUESSED_DAYS, self.published.toordinal()
        first = (self.earliest or self.latest or date.min).toordinal()
        last = (self.latest or self.earliest or date.min).toordinal()
        return min(first, last), max(first, last)

    @property
    def days(self) -> tuple[int, int] | None:
        """The interval, if it is short enough to find other reports by it."""
        found = self.interval
        return found if found is not None and found[1] - found[0] < WIDEST_INTERVAL else None

    @property
    def dated(self) -> bool:
        """Whether the report itself says when."""
        return self.earliest is not None or self.latest is not None

    @property
    def rank(self) -> tuple[date, str]:
        """Reports in the order in which they appeared; those without a date last."""
        return self.published or date.max, self.report

    def figure(self, effect: str) -> Figure | None:
        """The number of people killed, injured …, or None where the report gives none."""
        return next((f for f in self.figures if f.effect == effect), None)
