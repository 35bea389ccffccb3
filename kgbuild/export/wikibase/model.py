"""The data model of Wikibase: https://www.mediawiki.org/wiki/Wikibase/DataModel

Only what our dumps need of it: no sitelinks, no "no value", quantities without unit, places on Earth, and times of the
Gregorian calendar after the year 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

WIKIDATA = "http://www.wikidata.org/"
"""The base of all IRIs in dumps; clients know no other."""

ENTITY = f"{WIKIDATA}entity/"
GREGORIAN = f"{ENTITY}Q1985727"
EARTH = f"{ENTITY}Q2"
NO_UNIT = f"{ENTITY}Q199"

DAY, MONTH, YEAR, DECADE = 11, 10, 9, 8
"""Precisions of a time."""


@dataclass(frozen=True, slots=True)
class ItemId:
    """The item Q`number`."""

    number: int

    def __str__(self) -> str:
        return f"Q{self.number}"


def item_number(qid: str | None) -> int | None:
    """The number of a Q-id; None for anything else."""
    return int(qid[1:]) if qid and qid.startswith("Q") and qid[1:].isdecimal() else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """Decimal numbers without sign; both bounds or none."""

    amount: str
    lower: str | None = None
    upper: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """What is finer than `precision` is 0: month and day."""

    year: int
    month: int
    day: int
    precision: int


@dataclass(frozen=True, slots=True)
class Coordinate:
    """Degrees, WGS 84; `precision` in degrees too."""

    latitude: float
    longitude: float
    precision: float


@dataclass(frozen=True, slots=True)
class Text:
    """Text in one language."""

    text: str
    language: str


Value: TypeAlias = ItemId | Quantity | Time | Coordinate | Text | str
"""A str is a string, a URL or an external identifier, as the property's datatype says."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Property:
    """`key` is our name for it, `id` its P-id, `term` the property of our ontology that it renders, or None."""

    key: str
    number: int
    id: str
    datatype: str
    term: str | None
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Snak:
    """A property with a value; None is Wikibase's "unknown value": there is one, but not which."""

    property: Property
    value: Value | None


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a statement is from; `hash` follows from the snaks."""

    hash: str
    snaks: tuple[Snak, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """`id` is the item's id, a dollar sign and a UUID; `rank` is preferred, normal or deprecated."""

    id: str
    snak: Snak
    rank: str = "normal"
    qualifiers: tuple[Snak, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An item, or a property where it has a `datatype`; statements are grouped by property, in the order of P-ids."""

    id: str
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    statements: Mapping[Property, tuple[Statement, ...]]
    datatype: str | None = None


def best(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Those of the best rank: the preferred ones, else the normal ones; never deprecated ones."""
    preferred = tuple(s for s in statements if s.rank == "preferred")
    return preferred or tuple(s for s in statements if s.rank == "normal")
