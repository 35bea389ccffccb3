"""What the build, the exports and the server may ask of a store, wherever it is kept.

Each kind of store is a subclass, so that the type checker holds it to this. What a method promises is written here, and
only its signature is repeated, as Python's types need it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Protocol, Self, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)

from kgbuild.store.changes import Change

Subject: TypeAlias = NamedNode | BlankNode | Triple
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
GraphName: TypeAlias = NamedNode | BlankNode | DefaultGraph
QueryResult: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples


def value_of(term: Term | GraphName) -> str:
    """An IRI or the words of a literal. Quoted triples, which have neither, are in no store of ours."""
    value: str = term.value  # type: ignore[union-attr]
    return value


class Reader(Protocol):
    """One state of the graph. `base` is the base of its data IRIs."""

    @property
    def base(self) -> str: ...

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[str, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        union: bool = True,
    ) -> QueryResult:
        """Run a SPARQL query; variables of `substitutions` are bound before.

        With `union` the default graph is the union of all graphs, and a triple that stands in several counts once
        for each. Raises QueryError.
        """

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """The quads that match; None matches everything."""

    def graphs(self) -> Iterator[str]:
        """The IRIs of the named graphs."""

    def dump(self, output: IO[bytes], format: RdfFormat, *, prefixes: Mapping[str, str] | None = None) -> None:
        """Write all quads as N-Quads, TriG or JSON-LD, or the triples of all graphs in a format without graphs."""

    def close(self) -> None:
        """Give the resources back; nothing else may be called afterwards."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Store(Reader, Protocol):
    """A state of the graph that can be changed by one writer at a time."""

    @property
    def unfinished(self) -> bool:
        """Whether changes were made that no `publish` has followed, in this run or in one that was cut short."""

    @property
    def scratch(self) -> Path | None:
        """A folder for what a build derives from the store and can derive again; None to keep that in memory."""

    def apply(self, change: Change) -> None:
        """Make a change, whole or not at all. Raises StoreError where it cannot be written."""

    def publish(self) -> None:
        """Let readers see the present state."""
