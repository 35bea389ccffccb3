"""The page of a named graph: what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kgbuild.vocab import CKO
from server.graph import Text, describe
from server.pages.edition import Edition
from server.pages.links import Link
from server.terms import term_label


@dataclass(frozen=True, slots=True)
class GraphPage:
    """`classes` are (class, how many things of it, one of them)."""

    title: Text
    document: Link | None
    classes: list[tuple[str, int, Link]]


def graph_page(edition: Edition, iri: str) -> GraphPage:
    rows = edition.engine.select("graph-contents", this=NamedNode(iri))
    examples = {row["class"].text: row["example"].text for row in rows if "example" in row}
    names = edition.names(describe(edition.engine, examples.values()))
    document = examples.get(CKO.Document.value)
    return GraphPage(
        title=Text(names.link(iri).text.text, None),
        document=names.link(document) if document else None,
        classes=[
            (term_label(row["class"].text, edition.language), int(row["n"].text), names.link(row["example"].text))
            for row in rows
            if "example" in row
        ],
    )
