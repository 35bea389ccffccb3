"""Literals in the one form that a store gives back unchanged, and what statements of several kinds are made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kgbuild.model import DateInterval
from kgbuild.vocab import CKO, GEO, XSD

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]
"""Subject, predicate, object: what becomes a quad of the graph at hand."""

Statements = Iterator[Statement]


def integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def decimal(number: float) -> Literal:
    """An xsd:decimal in its canonical form: no exponent, no needless zeros."""
    return Literal(plain(number), datatype=XSD.decimal)


def boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=XSD.boolean)


def day(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=XSD.date)


def point(longitude: float, latitude: float) -> Literal:
    """A WKT point in GeoSPARQL's default reference system, CRS 84: longitude before latitude."""
    return Literal(f"POINT({plain(longitude)} {plain(latitude)})", datatype=GEO.wktLiteral)


def plain(number: float) -> str:
    """A number without exponent that reads back as the same float."""
    digits = format(Decimal(repr(float(number))), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def child(parent: NamedNode, fragment: str) -> NamedNode:
    """A node that belongs to `parent` and is described on its page."""
    return NamedNode(f"{parent.value}#{fragment}")


def dates(node: NamedNode, interval: DateInterval | None) -> Statements:
    """When something was, and how precisely that is known; nothing where it is not known at all."""
    if interval is None:
        return
    yield node, CKO.datePrecision, Literal(interval.precision)
    if interval.earliest is not None:
        yield node, CKO.startDate, day(interval.earliest)
    if interval.latest is not None:
        yield node, CKO.endDate, day(interval.latest)
