"""The network around one thing: with whom and what it is named in incidents, and in which of the gravest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgbuild.vocab import GROUP_OF
from server.catalogue.catalogue import Tables
from server.catalogue.selection import Selection, entity_name
from server.pages.edition import Edition
from server.pages.links import Link
from server.pages.listing import IncidentRow, rows_of, thing_link

WIDTH, HEIGHT = 960.0, 640.0
OUTER, INNER = (330.0, 300.0), (165.0, 150.0)
"""Half axes of the ring of things and of the ring of incidents."""

TOP = 276.0
"""How far above and below the centre the first and the last thing of a side stand."""

MOST = {"actor": 10, "person": 4, "place": 10, "weapon": 4, "facility": 6}
"""How many things of a group are drawn; the order is that around the ring."""

MOST_INCIDENTS = 16
LONGEST_LABEL = 26
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
class Node:
    """A thing on the outer ring or an incident on the inner one; `anchor` is where its label begins."""

    x: float
    y: float
    radius: float
    link: Link
    network: str
    label: str
    anchor: str
    label_x: float
    group: str
    count: int


@dataclass(frozen=True, slots=True)
class Edge:
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    kind: str


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
    things = _ring([(thing_link(edition, row), row["iri"], row["class"], row["n"]) for row in neighbours])
    rows = rows_of(edition, numbers)
    incidents, edges = _inside(tables, numbers, rows, things, direct=not own)
    middle = [
        Edge(WIDTH / 2, HEIGHT / 2, node.x, node.y, _width(node.count, total), "main") for node in things.values()
    ]
    nodes = list(things.values())
    groups = [(group, [node for node in nodes if node.group == group]) for group in MOST]
    return NetworkPage(
        iri, centre, cls, around, total, nodes, incidents, [*middle, *edges], [pair for pair in groups if pair[1]]
    )


def most_named(tables: Tables) -> str | None:
    """The actor to begin with."""
    rows = tables.rows("SELECT iri FROM link WHERE role = 'actor' GROUP BY iri ORDER BY COUNT(*) DESC, iri LIMIT 1")
    return str(rows[0]["iri"]) if rows else None


def _numbers(tables: Tables, text: str, values: Sequence[object]) -> list[int]:
    return [row["number"] for row in tables.rows(text, values)]


def _ring(found: Iterable[tuple[Link, str, str | None, int]]) -> dict[str, Node]:
    """The most frequent of each group, group beside group, down the right side and up the left; by IRI."""
    chosen: dict[str, list[tuple[Link, str, int]]] = {group: [] for group in MOST}
    for link, iri, cls, n in found:
        group = GROUP_OF.get(cls or "", "facility")
        if group in chosen and len(chosen[group]) < MOST[group]:
            chosen[group].append((link, iri, n))
    placed = [(group, *item) for group in MOST for item in chosen[group]]
    half = -(-len(placed) // 2)
    nodes = {}
    for index, (group, link, iri, n) in enumerate(placed):
        right = index < half
        rank, of = (index, half) if right else (len(placed) - 1 - index, len(placed) - half)
        y = -TOP + 2 * TOP * (rank + 0.5) / of
        x = OUTER[0] * math.sqrt(1 - (y / OUTER[1]) ** 2) * (1 if right else -1)
        nodes[iri] = _node(x, y, link, f"/network?thing={iri}", group, n)
    return nodes


def _node(dx: float, dy: float, link: Link, network: str, group: str, n: int) -> Node:
    """So far from the centre."""
    x, y = WIDTH / 2 + dx, HEIGHT / 2 + dy
    radius = round(min(14.0, 5 + 1.5 * math.log2(max(1, n))), 1)
    right = dx >= 0
    text = link.text.text
    end = "…\u200f" if link.text.language == "ar" else "…"
    return Node(
        x=round(x, 1),
        y=round(y, 1),
        radius=radius,
        link=link,
        network=network,
        label=text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + end,
        anchor="start" if right else "end",
        label_x=round(x + (radius + 5) * (1 if right else -1), 1),
        group=group,
        count=n,
    )


def _inside(
    tables: Tables, numbers: Sequence[int], rows: Sequence[IncidentRow], things: Mapping[str, Node], *, direct: bool
) -> tuple[list[tuple[Node, IncidentRow]], list[Edge]]:
    """Incidents on the inner ring, each near the things it names; `direct` where the centre is named in them too."""
    marks = ", ".join("?" * len(numbers))
    named: dict[int, set[str]] = {number: set() for number in numbers}
    for row in tables.rows(f"SELECT incident, iri FROM link WHERE incident IN ({marks}) AND role IN {ROLES}", numbers):
        if row["iri"] in things:
            named[row["incident"]].add(row["iri"])
    wanted = sorted(range(len(numbers)), key=lambda i: (_angle([things[iri] for iri in named[numbers[i]]]), i))
    nodes, edges = [], []
    for place, index in enumerate(wanted):
        angle = 2 * math.pi * (place + 0.5) / len(wanted) - math.pi
        shown = rows[index]
        x, y = INNER[0] * math.cos(angle), INNER[1] * math.sin(angle)
        network = f"/network?thing={shown.iri}"
        node = _node(x, y, Link(shown.href, shown.title), network, "incident", shown.reports or 1)
        nodes.append((node, shown))
        if direct:
            edges.append(Edge(WIDTH / 2, HEIGHT / 2, node.x, node.y, 1.0, "incident"))
        for iri in sorted(named[numbers[index]]):
            edges.append(Edge(node.x, node.y, things[iri].x, things[iri].y, 1.0, "incident"))
    return nodes, edges


def _angle(nodes: Sequence[Node]) -> float:
    """The direction of the middle of some nodes, from the centre."""
    if not nodes:
        return math.pi
    x = sum(node.x - WIDTH / 2 for node in nodes)
    y = sum(node.y - HEIGHT / 2 for node in nodes)
    return math.atan2(y, x)


def _width(n: int, total: int) -> float:
    """Up to six pixels for what is named in every incident."""
    return round(1 + 5 * n / max(total, 1), 1)
