"""The nodes that an article's statements are about, and the spans of its text that they rest on."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kgbuild.model import Extraction, Span
from kgbuild.rdf.terms import Statements, child


class ArticleNodes:
    """`entities` and `classes` are by the entities' ids within the article; `spans` grows with what is asked for."""

    def __init__(self, extraction: Extraction, activity: str) -> None:
        """`activity` is the IRI of the run that makes the statements."""
        self.document, self.activity = NamedNode(extraction.iri), NamedNode(activity)
        self.entities = {e.id: NamedNode(e.iri) for e in extraction.entities}
        self.classes = {e.id: e.cls for e in extraction.entities}
        self.spans: set[Span] = set()
        self._language = extraction.article.language

    def links(self, node: NamedNode, predicate: NamedNode, entities: Iterable[str]) -> Statements:
        """The same of each of these entities, named by their ids."""
        for entity in entities:
            yield node, predicate, self.entities[entity]

    def span(self, span: Span) -> NamedNode:
        """The node of a stretch of the text."""
        self.spans.add(span)
        return child(self.document, f"char={span[0]},{span[1]}")

    def said(self, words: str) -> Literal:
        """Words in the article's language."""
        return Literal(words, language=self._language)
