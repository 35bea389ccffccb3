"""A report as a person needs to see it to judge it: what it says, in which words, and where that stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kgbuild.store import Reader, value_of
from kgbuild.vocab import CKO, DCTERMS, OA, RDFS


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A report's article and words. `source` is where the article was read from, `quotes` are in the text's order."""

    source: str
    title: str | None
    quotes: tuple[str, ...]


def witness(store: Reader, report: str, document: str) -> Witness:
    """The words of a report of this document."""
    return Witness(
        source=_text(store, NamedNode(document), CKO.sourceName) or document,
        title=_text(store, NamedNode(document), DCTERMS.title),
        quotes=tuple(quote for _, quote in sorted(_quotes(store, NamedNode(report)))),
    )


def incident_label(store: Reader, incident: str) -> str:
    """What the incident is called in English."""
    labels = (quad.object for quad in store.quads(NamedNode(incident), RDFS.label))
    english = (label.value for label in labels if isinstance(label, Literal) and label.language == "en")
    return min(english, default=incident)


def reports_in(store: Reader, incident: str) -> int:
    """How many reports an incident has."""
    return sum(1 for _ in store.quads(NamedNode(incident), CKO.describedBy))


def _text(store: Reader, subject: NamedNode, predicate: NamedNode) -> str | None:
    quad = next(store.quads(subject, predicate), None)
    return None if quad is None else value_of(quad.object)


def _quotes(store: Reader, report: NamedNode) -> Iterator[tuple[int, str]]:
    """The evidence with the offsets where it begins."""
    for evidence in store.quads(report, CKO.evidence):
        for selector in store.quads(evidence.object, OA.hasSelector):  # type: ignore[arg-type]
            start, exact = (next(store.quads(selector.object, p)).object for p in (OA.start, OA.exact))  # type: ignore[arg-type]
            yield int(value_of(start)), value_of(exact)
