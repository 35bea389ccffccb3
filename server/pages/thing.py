"""The statements of a thing and those that point to it, a page at a time: the plain page, which everything has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from server.engine.engine import Row
from server.engine.queries import Argument
from server.graph import Text, describe
from server.pages.edition import Edition
from server.pages.links import Link, Names

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class ThingPage:
    """`statements` are (property, its values); `incoming` (property, what points here by it)."""

    title: Text
    kind: str | None
    statements: list[tuple[Link, list[Link | Text]]]
    incoming: list[tuple[Link, list[Link | Text]]]
    page: int
    more: bool


def thing_page(edition: Edition, iri: str, page: int) -> ThingPage:
    """One page of statements in both directions."""
    engine = edition.engine
    terms: dict[str, Argument] = {"this": NamedNode(iri), "offset": (page - 1) * PAGE_SIZE, "limit": PAGE_SIZE + 1}
    going, coming = engine.select("outgoing", **terms), engine.select("incoming", **terms)
    shown = [*going[:PAGE_SIZE], *coming[:PAGE_SIZE]]
    ours = {v.text for row in shown for v in row.values() if v.kind == "uri" and v.text.startswith(edition.base)}
    names = edition.names(describe(engine, {iri, *ours}))
    title = names.link(iri)
    return ThingPage(
        title=title.text,
        kind=title.kind,
        statements=_by_property(going[:PAGE_SIZE], "o", names),
        incoming=_by_property(coming[:PAGE_SIZE], "s", names),
        page=page,
        more=len(going) > PAGE_SIZE or len(coming) > PAGE_SIZE,
    )


def _by_property(rows: Sequence[Row], other: str, names: Names) -> list[tuple[Link, list[Link | Text]]]:
    found: dict[str, list[Link | Text]] = {}
    for row in rows:
        found.setdefault(row["p"].text, []).append(names.value(row[other]))
    return [(names.property(iri), values) for iri, values in found.items()]
