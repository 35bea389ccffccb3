"""The picture of a network: around its centre the incidents on an inner ring, and the things on an outer one."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgbuild.vocab import GROUP_OF
from server.pages.links import Link
from server.pages.listing import IncidentRow

WIDTH, HEIGHT = 960.0, 640.0
OUTER, INNER = (330.0, 300.0), (165.0, 150.0)
"""Half axes of the ring of things and of the ring of incidents."""

TOP = 276.0
"""How far above and below the centre the first and the last thing of a side stand."""

MOST = {"actor": 10, "person": 4, "place": 10, "weapon": 4, "facility": 6}
"""How many things of a group are drawn; the order is that around the ring."""

LONGEST_LABEL = 26


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


def outer_ring(found: Iterable[tuple[Link, str, str | None, int]]) -> dict[str, Node]:
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


def inner_ring(
    rows: Sequence[IncidentRow], named: Sequence[Collection[str]], things: Mapping[str, Node], *, direct: bool
) -> tuple[list[tuple[Node, IncidentRow]], list[Edge]]:
    """Incidents, each near the things that it names; `direct` where the centre is named in them too."""
    wanted = sorted(range(len(rows)), key=lambda i: (_angle([things[iri] for iri in sorted(named[i])]), i))
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
        for iri in sorted(named[index]):
            edges.append(Edge(node.x, node.y, things[iri].x, things[iri].y, 1.0, "incident"))
    return nodes, edges


def spokes(things: Iterable[Node], total: int) -> list[Edge]:
    """From the centre to the things, the thicker the more of all incidents name them."""
    return [Edge(WIDTH / 2, HEIGHT / 2, node.x, node.y, _width(node.count, total), "main") for node in things]


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
