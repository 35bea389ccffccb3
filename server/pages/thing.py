"""The page of anything else: its statements, one a line."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from server.engine.engine import Engine
from server.graph import Text, describe
from server.pages.links import Link, Names
from server.terms import term_label


@dataclass(frozen=True, slots=True)
class ThingPage:
    """`statements` are (property, its values); `incoming` (property, what points here by it)."""

    title: Text
    statements: list[tuple[str, list[Link | Text]]]
    incoming: list[tuple[str, list[Link]]]


def thing_page(engine: Engine, iri: str, language: str) -> ThingPage:
    this = describe(engine, [iri])[iri]
    pointing: dict[str, list[str]] = {}
    for row in engine.select("incoming", this=NamedNode(iri)):
        pointing.setdefault(row["p"].text, []).append(row["s"].text)
    linked = {v.text for values in this.values.values() for v in values if v.kind == "uri"}
    linked |= {iri for iris in pointing.values() for iri in iris}
    ours = {i for i in linked if i.startswith(engine.config.base)}
    names = Names({**describe(engine, ours), iri: this}, language, engine.config.base)
    return ThingPage(
        title=this.name(language) or names.link(iri).text,
        statements=[
            (term_label(p, language), [names.value(v) for v in values]) for p, values in sorted(this.values.items())
        ],
        incoming=[(term_label(p, language), [names.link(i) for i in iris]) for p, iris in sorted(pointing.items())],
    )
