"""Part of a store, or the store without persons' names, as a store that every format can write.

It is a copy on disk that goes when the export is done. It holds the chosen incidents; the articles that tell of them,
without their other reports; the entities that these name, with what lies around them; and relations of which both ends
are in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kgbuild import ids
from kgbuild.export.ordering import NameSets, name_sets
from kgbuild.export.redaction import Redactor
from kgbuild.export.selection import Selection, chosen
from kgbuild.store import Reader, value_of
from kgbuild.store.database import DatabaseReader
from kgbuild.vocab import CKO, DCTERMS, RELATION_TYPES

_BATCH = 100_000
"""Quads that are copied at once: the engine holds what it loads in memory."""

_RELATIONS = frozenset(CKO[name] for name in RELATION_TYPES if name != "within")
_SHARED = ("entity", "run")
"""Kinds of nodes that stand in the graph of what articles share; a kind is the path below the base of data IRIs."""


@contextmanager
def part_of(reader: Reader, selection: Selection, *, redact_persons: bool = False) -> Iterator[Reader]:
    """The store with the selected incidents alone; itself where nothing is left out and nobody redacted."""
    if not selection and not redact_persons:
        yield reader
        return
    with TemporaryDirectory(prefix="kgbuild-") as folder, name_sets() as names:
        redactor = Redactor(reader, names) if redact_persons else None
        store = pyoxigraph.Store(folder)
        if redactor is not None and not selection:
            quads = _redacted(reader, redactor)
        else:
            quads = _Copier(reader, names, redactor).quads(chosen(reader, selection))
        while batch := list(islice(quads, _BATCH)):
            store.bulk_extend(batch)
        path = reader.path if isinstance(reader, DatabaseReader) else Path(folder)
        with DatabaseReader(store, reader.base, path) as part:
            del store
            yield part


def _redacted(reader: Reader, redactor: Redactor) -> Iterator[Quad]:
    """Everything, articles without incidents too; what people decided and why is left out."""
    yield from redactor.quads(reader.quads(None, None, None, DefaultGraph()))
    for iri in reader.graphs():
        graph = NamedNode(iri)
        if iri != ids.decisions_graph_iri(reader.base):
            yield from redactor.quads(reader.quads(None, None, None, graph), article=graph)


class _Copier:
    """Gives the quads of the part, in bounded memory: what is to come is noted in `names` by kind."""

    def __init__(self, reader: Reader, names: NameSets, redactor: Redactor | None) -> None:
        self._reader, self._names, self._redactor = reader, names, redactor
        self._base = reader.base
        self._entities = NamedNode(ids.entities_graph_iri(reader.base))

    def quads(self, events: Iterable[str]) -> Iterator[Quad]:
        """All quads of the part; several may come twice."""
        for iri in events:
            yield from self._redacted(self._noting(self._event(NamedNode(iri))))
        for iri in self._names.each("graph"):
            graph = NamedNode(iri)
            yield from self._redacted(self._noting(self._article(graph)), article=graph)
        self._close()
        yield from self._redacted(
            chain.from_iterable(self._about(iri) for kind in _SHARED for iri in self._names.each(kind))
        )

    def _redacted(self, quads: Iterable[Quad], *, article: NamedNode | None = None) -> Iterable[Quad]:
        return self._redactor.quads(quads, article=article) if self._redactor else quads

    def _event(self, event: NamedNode) -> Iterator[Quad]:
        """The incident, and what was found to be it; its reports are noted."""
        yield from self._reader.quads(event)
        yield from self._reader.quads(None, DCTERMS.isReplacedBy, event)
        for quad in self._reader.quads(None, CKO.describes, event):
            self._names.add("report", value_of(quad.subject))
            self._names.add("graph", value_of(quad.graph_name))

    def _article(self, graph: NamedNode) -> Iterator[Quad]:
        """An article's graph without its reports of other incidents."""
        for quad in self._reader.quads(None, None, None, graph):
            report = self._named(value_of(quad.subject), "report")
            if report is not None and not self._names.has("report", report):
                continue
            if quad.predicate == CKO.record:
                yield Quad(quad.subject, quad.predicate, self._record(value_of(quad.object)), graph)
            else:
                yield quad

    def _record(self, record: str) -> Literal:
        data = json.loads(record)
        data["incidents"] = [r for r in data["incidents"] if self._names.has("report", r["iri"])]
        return Literal(json.dumps(data, ensure_ascii=False))

    def _noting(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """The same quads; the shared nodes that they lead to are noted."""
        for quad in quads:
            if isinstance(quad.object, NamedNode):
                for kind in _SHARED:
                    if (named := self._named(quad.object.value, kind)) is not None:
                        self._names.add(kind, named)
            yield quad

    def _close(self) -> None:
        """Note what lies around the noted entities."""
        todo = list(self._names.each("entity"))
        while todo:
            around = self._reader.quads(NamedNode(todo.pop()), CKO.within, None, self._entities)
            todo += [value_of(q.object) for q in around if self._names.add("entity", value_of(q.object))]

    def _about(self, iri: str) -> Iterator[Quad]:
        """What the shared graph says of a node and of the nodes below it."""
        for quad in self._reader.quads(NamedNode(iri), None, None, self._entities):
            value = value_of(quad.object)
            if quad.predicate in _RELATIONS and not self._names.has("entity", value):
                continue
            yield quad
            if value.startswith((f"{iri}#", f"{iri}/")):
                yield from self._reader.quads(quad.object, None, None, self._entities)  # type: ignore[arg-type]

    def _named(self, iri: str, kind: str) -> str | None:
        """The node of a kind that an IRI names, or that the node it names is below; None for any other."""
        start = f"{self._base}{kind}/"
        if not iri.startswith(start):
            return None
        local = iri.removeprefix(start).partition("#")[0].partition("/")[0]
        return start + local
