"""The network around one thing: with whom and what it is named in incidents, and in which of the gravest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from server.catalogue.catalogue import Tables
from server.catalogue.selection import Selection, entity_name
from server.pages.edition import Edition
from server.pages.links import Link
from server.pages.listing import IncidentRow, rows_of, thing_link
from server.pages.rings import MOST, Edge, Node, inner_ring, outer_ring, spokes

MOST_INCIDENTS = 16
ROLES = "('place', 'actor', 'weapon', 'target', 'victim', 'destroyed', 'damaged')"

_NEIGHBOURS = """SELECT found.iri, class, label_ar, label_en, n FROM (
        SELECT iri, COUNT(DISTINCT incident) AS n FROM link
        WHERE incident IN (SELECT number FROM incident WHERE {where}) AND role IN {roles} AND iri != ?
        GROUP BY iri ORDER BY n DESC, iri LIMIT 400
    ) AS found JOIN thing ON thing.iri = found.iri ORDER BY n DESC, found.iri"""
_GRAVEST = "SELECT number FROM incident WHERE {where} ORDER BY killed_known DESC, first DESC, number LIMIT ?"
_RELATED = """SELECT other.incident AS number, COUNT(DISTINCT other.iri) AS shared FROM link AS mine
    JOIN link AS other ON other.iri = mine.iri AND other.role IN {roles} AND other.incident != mine.incident
    WHERE mine.incident = ? AND mine.role IN {roles} GROUP BY other.incident
    HAVING shared > 1 ORDER BY shared DESC, number LIMIT ?"""


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """`things` by group and `incidents` are drawn; `centre` is what all hangs on."""

    iri: str
    centre: Link
    cls: str | None
    selection: Selection
    total: int
    things: list[Node]
    incidents: list[tuple[Node, IncidentRow]]
    edges: list[Edge]
    groups: list[tuple[str, list[Node]]]


def network_page(edition: Edition, iri: str, selection: Selection) -> NetworkPage | None:
    """Of an entity or an incident, within a selection; None for what the catalogue does not know."""
    tables = edition.tables
    own = tables.rows("SELECT * FROM incident WHERE iri = ?", (iri,))
    thing = tables.rows("SELECT * FROM thing WHERE iri = ?", (iri,))
    if not own and not thing:
        return None
    around = selection.but(**{"incident" if own else "thing": iri if own else entity_name(iri, edition.base)})
    where, values = around.where(edition.base)
    total = tables.number(f"SELECT COUNT(*) FROM incident WHERE {where}", values)
    neighbours = tables.rows(_NEIGHBOURS.format(where=where, roles=ROLES), [*values, iri])
    if own:
        numbers = _numbers(tables, _RELATED.format(roles=ROLES), (own[0]["number"], MOST_INCIDENTS))
        centre, cls = thing_link(edition, own[0]), own[0]["class"]
    else:
        numbers = _numbers(tables, _GRAVEST.format(where=where), [*values, MOST_INCIDENTS])
        centre, cls = thing_link(edition, thing[0]), thing[0]["class"]
    things = outer_ring([(thing_link(edition, row), row["iri"], row["class"], row["n"]) for row in neighbours])
    rows, named = rows_of(edition, numbers), _named(tables, numbers, things)
    incidents, edges = inner_ring(rows, named, things, direct=not own)
    nodes = list(things.values())
    groups = [(group, [node for node in nodes if node.group == group]) for group in MOST]
    return NetworkPage(
        iri=iri,
        centre=centre,
        cls=cls,
        selection=around,
        total=total,
        things=nodes,
        incidents=incidents,
        edges=[*spokes(nodes, total), *edges],
        groups=[pair for pair in groups if pair[1]],
    )


def most_named(tables: Tables) -> str | None:
    """The actor to begin with."""
    rows = tables.rows("SELECT iri FROM link WHERE role = 'actor' GROUP BY iri ORDER BY COUNT(*) DESC, iri LIMIT 1")
    return str(rows[0]["iri"]) if rows else None


def _numbers(tables: Tables, text: str, values: Sequence[object]) -> list[int]:
    return [row["number"] for row in tables.rows(text, values)]


def _named(tables: Tables, numbers: Sequence[int], things: Collection[str]) -> list[set[str]]:
    """Which of the things each of these incidents names."""
    marks = ", ".join("?" * len(numbers))
    found: dict[int, set[str]] = {number: set() for number in numbers}
    for row in tables.rows(f"SELECT incident, iri FROM link WHERE incident IN ({marks}) AND role IN {ROLES}", numbers):
        if row["iri"] in things:
            found[row["incident"]].add(row["iri"])
    return [found[number] for number in numbers]
