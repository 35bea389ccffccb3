"""Incidents and the dead of a selection by type and by actor, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.catalogue.selection import Selection, entity_name
from server.graph import Text
from server.pages.edition import Edition
from server.pages.listing import thing_link
from server.terms import class_label

MOST_BARS = 10

_BY_TYPE = """SELECT class AS key, COUNT(*) AS n, SUM(killed_known) AS killed FROM incident
    WHERE {where} AND class IS NOT NULL GROUP BY class ORDER BY n DESC, class LIMIT ?"""
_BY_ACTOR = """SELECT found.iri, class, label_ar, label_en, n, killed FROM (
        SELECT link.iri, COUNT(*) AS n, SUM(killed_known) AS killed FROM link
        JOIN incident ON incident.number = link.incident WHERE role = 'by' AND {where}
        GROUP BY link.iri ORDER BY n DESC, link.iri LIMIT ?
    ) AS found LEFT JOIN thing ON thing.iri = found.iri ORDER BY n DESC, found.iri"""


@dataclass(frozen=True, slots=True)
class Bar:
    """`query` is the selection that the bar stands for; `share` and `killed_share` are percent of the longest bar."""

    label: Text
    cls: str | None
    query: str
    count: int
    killed: int
    share: float
    killed_share: float


@dataclass(frozen=True, slots=True)
class Counted:
    """What a bar will show: the selection it stands for, its incidents, and the dead in them."""

    label: Text
    cls: str | None
    selection: Selection
    count: int
    killed: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    types: list[Bar]
    actors: list[Bar]


def breakdown(edition: Edition, selection: Selection) -> Breakdown:
    """The ten most frequent of each; an incident of several actors counts for each of them."""
    tables, language = edition.tables, edition.language
    where, values = selection.where(edition.base)
    types = [
        Counted(Text(class_label(row["key"], language), language), row["key"], selection.but(type=row["key"]), *row[1:])
        for row in tables.rows(_BY_TYPE.format(where=where), [*values, MOST_BARS])
    ]
    actors = [
        Counted(
            thing_link(edition, row).text,
            None,
            selection.but(perpetrator=entity_name(row["iri"], edition.base)),
            row["n"],
            row["killed"],
        )
        for row in tables.rows(_BY_ACTOR.format(where=where), [*values, MOST_BARS])
    ]
    return Breakdown(_bars(types), _bars(actors))


def _bars(found: Sequence[Counted]) -> list[Bar]:
    most, most_killed = (max((number for number in column), default=1) or 1 for column in _columns(found))
    return [
        Bar(
            label=item.label,
            cls=item.cls,
            query=item.selection.query(),
            count=item.count,
            killed=item.killed,
            share=round(100 * item.count / most, 1),
            killed_share=round(100 * item.killed / most_killed, 1),
        )
        for item in found
    ]


def _columns(found: Sequence[Counted]) -> tuple[list[int], list[int]]:
    return [item.count for item in found], [item.killed for item in found]
