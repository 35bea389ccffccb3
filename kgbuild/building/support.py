"""Which articles say a shared statement: it stays in the entities graph as long as one does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kgbuild.building.preparing import shared_lines
from kgbuild.store import Reader, value_of
from kgbuild.store.protocol import Term
from kgbuild.vocab import CKO, OA, PROV, RELATION_TYPES, SKOS

_RELATIONS = frozenset(CKO[name] for name in RELATION_TYPES if name != "within")


def record_of(store: Reader, graph: str) -> str | None:
    """The record of the article whose graph this is, None where there is no such article."""
    found = next(store.quads(None, CKO.record, None, NamedNode(graph)), None)
    return None if found is None else value_of(found.object)


def orphans(store: Reader, former: Mapping[str, str], said: frozenset[str]) -> set[str]:
    """The shared statements that nobody will say any more when the articles in `former` (graph to record) are gone.

    `said` are those that the articles in their place will say. All statements are N-Triples lines.
    """
    doubtful = set[str]().union(*(shared_lines(record, store.base) for record in former.values())) - said
    search = _Search(store, frozenset(former))
    return {line for line in doubtful if not search.supported(line)}


@dataclass(slots=True)
class _Search:
    """Looks for articles outside `excluded` that say a shared statement."""

    store: Reader
    excluded: frozenset[str]
    _lines: dict[str, frozenset[str]] = field(default_factory=dict)

    def supported(self, line: str) -> bool:
        # What an entity is called by its list is said by every article that names it, so the first one looked at
        # settles it. What few articles say of an entity that many name must be found by an index.
        quad = next(parse(line, RdfFormat.N_TRIPLES))
        subject = NamedNode(quad.subject.value.partition("#geometry-")[0])
        if quad.predicate == SKOS.altLabel:
            graphs = self.naming(subject, quad.object)
        elif quad.predicate in _RELATIONS:
            graphs = map(_graph, self.store.quads(None, CKO.relationObject, quad.object))
        else:
            graphs = self.listing(subject)
        return any(line in self.lines(graph) for graph in graphs if graph not in self.excluded)

    def listing(self, subject: NamedNode) -> Iterator[str]:
        """The graphs of the articles that list an entity, or were made by a run."""
        for predicate in (CKO.entity, PROV.wasGeneratedBy):
            yield from map(_graph, self.store.quads(None, predicate, subject))

    def naming(self, subject: NamedNode, form: Term) -> Iterator[str]:
        """The graphs of the articles that may name an entity in this form, blanks and line ends alike."""
        yield from map(_graph, self.store.quads(None, OA.exact, form))
        for quad in self.store.quads(None, CKO.mentionOf, subject):
            mention = next(self.store.quads(quad.subject, OA.exact, None, quad.graph_name), None)
            if mention is not None and _uneven(value_of(mention.object)):
                yield _graph(quad)

    def lines(self, graph: str) -> frozenset[str]:
        if graph not in self._lines:
            record = record_of(self.store, graph)
            self._lines[graph] = frozenset() if record is None else shared_lines(record, self.store.base)
        return self._lines[graph]


def _graph(quad: Quad) -> str:
    return value_of(quad.graph_name)


def _uneven(text: str) -> bool:
    """Whether the mapper evens out blanks in it, so that the other name is not the mention's very words."""
    return text != " ".join(text.split())
