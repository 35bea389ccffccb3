"""What the store will hold of one article: its own graph, and the statements that it shares with other articles.

A statement stands in one graph only, so that the union of all graphs has each once. What belongs to the article (the
document, its mentions, its reports) is in the article's graph. What several articles may say (an entity's names and
place, a relation between two entities, the run) is in the entities graph as long as any article says it; the article's
record tells which of these it says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild import ids
from kgbuild.config import BuildConfig
from kgbuild.errors import InputError
from kgbuild.merging.records import from_record, to_record
from kgbuild.model import Extraction, Run
from kgbuild.rdf import extraction_quads
from kgbuild.store import value_of
from kgbuild.validation.shapes import shipped
from kgbuild.vocab import CKO


@dataclass(frozen=True, slots=True)
class Prepared:
    """One article as N-Triples lines: `own` for the graph `graph`, `shared` for the entities graph."""

    graph: str
    own: str
    shared: frozenset[str]


def prepare(extraction: Extraction, *, config: BuildConfig, run: Run) -> Prepared:
    """Map an extraction; which incident its reports describe is left for merging to say.

    Raises InputError where the statements break a shape of `ontology/shapes.ttl`.
    """
    quads = list(extraction_quads(extraction, config=config, run=run))
    violations = shipped().violations(quads)
    if violations:
        more = f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""
        reason = f"what was read out of it breaks the shapes: {violations[0].text()}{more}"
        raise InputError(extraction.article.source, reason)
    own, shared = _divided(extraction, quads)
    record = Literal(to_record(extraction, run, store_text=config.store_text))
    own.append(f"{NamedNode(extraction.iri)} {CKO.record} {record} .")
    graph = ids.graph_iri(config.base, extraction.article.id)
    return Prepared(graph, "\n".join(own), frozenset(shared))


def shared_lines(record: str, base: str) -> frozenset[str]:
    """The shared statements that an article says, made again from its record."""
    extraction, run = from_record(record)
    quads = extraction_quads(extraction, config=BuildConfig(base=base), run=run)
    return frozenset(_divided(extraction, quads)[1])


def _divided(extraction: Extraction, quads: Iterable[Quad]) -> tuple[list[str], list[str]]:
    mine = {extraction.iri, *(r.iri for r in extraction.reports)}
    own: list[str] = []
    shared: list[str] = []
    for quad in quads:
        subject = value_of(quad.subject)
        line = f"{quad.subject} {quad.predicate} {quad.object} ."
        if subject not in mine and subject.partition("#")[0] not in mine:
            shared.append(line)
        elif quad.predicate != CKO.describes:
            own.append(line)
    return own, shared
