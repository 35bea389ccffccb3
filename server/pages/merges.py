"""How an incident came together: which reports were joined, by which points of agreement, and what people decided."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import NamedNode

from server.engine.engine import Engine
from server.pages.links import Link, Names

_PART = re.compile(r"(\S+)\s+(\S+)\s+(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Joined:
    """A report that agrees with another one; `parts` are (what was compared, how it agrees, points)."""

    report: Link
    to: Link
    score: str
    parts: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two reports; `same` where they are of one incident."""

    same: bool
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Merges:
    """`former` are the IRIs that lead here now."""

    joined: list[Joined]
    decisions: list[Decision]
    former: list[Link]


def merges_of(engine: Engine, iri: str, names: Names) -> Merges:
    """The history of one incident."""
    this = NamedNode(iri)
    return Merges(
        joined=_joined(engine, this, names),
        decisions=[
            Decision(
                row["verdict"].text == "same",
                row["who"].text,
                row["when"].text,
                row["why"].text if "why" in row else "",
            )
            for row in engine.select("incident-decisions", this=this)
        ],
        former=[names.link(row["old"].text) for row in engine.select("replaced", this=this)],
    )


def _joined(engine: Engine, this: NamedNode, names: Names) -> list[Joined]:
    parts: dict[tuple[str, str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for row in engine.select("incident-merges", this=this):
        found = parts[row["report"].text, row["to"].text, row["score"].text]
        if "part" in row and (part := _PART.fullmatch(row["part"].text)):
            found.append((part[1], part[2], part[3]))
    return [
        Joined(names.link(report), names.link(to), score, sorted(found, key=lambda part: -float(part[2])))
        for (report, to, score), found in parts.items()
    ]
