"""The store on a SPARQL 1.1 server of any make. It has no snapshots: whoever reads it while it is written sees that."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
)

from kgbuild.config import DEFAULT_BASE, RemoteAddress
from kgbuild.errors import StoreError
from kgbuild.store.changes import Change, parts, update_text
from kgbuild.store.dialects import UNIONS, as_written
from kgbuild.store.protocol import GraphName, QueryResult, Store, Subject, Term
from kgbuild.store.query_text import bound, declared, gives_triples
from kgbuild.store.sparql_client import ROWS, TRIPLES, SparqlClient, row_limit

STATE = NamedNode("urn:kgbuild:state")
"""The graph, and its one subject, that hold what a folder's `store.json` and `unfinished` hold."""

_BASE, _UNFINISHED = NamedNode("urn:kgbuild:base"), NamedNode("urn:kgbuild:unfinished")
_PUBLISHED = NamedNode("urn:kgbuild:published")
"""Another one after each build."""

_IN_UNION = "ASK { GRAPH ?g { ?s ?p ?o } ?s ?p ?o }"


class RemoteStore(Store):
    """Reads and writes over HTTP."""

    def __init__(self, address: RemoteAddress, client: SparqlClient, base: str) -> None:
        self.path = Path(str(address))
        self._address, self._client, self._base = address, client, base
        self._marked = False

    @property
    def base(self) -> str:
        return self._base

    @property
    def scratch(self) -> None:
        return None

    @cached_property
    def unfinished(self) -> bool:
        return next(self.quads(STATE, _UNFINISHED, None, STATE), None) is not None

    def stamp(self) -> tuple[str, ...]:
        """What changes with the store: how much there is, and what the last build left as its mark."""
        state = sorted(f"{quad.predicate} {quad.object}" for quad in self.quads(STATE, None, None, STATE))
        count = next(self._rows("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"))["n"]
        return (*state, str(count))

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[str, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        union: bool = True,
    ) -> QueryResult:
        asked = declared(bound(text, substitutions or {}), prefixes or {})
        parameters = self._union if union else ()
        if gives_triples(text):
            return _triples(self._client.query(asked, TRIPLES, parameters=parameters))
        body = self._client.query(asked, ROWS, parameters=parameters)
        try:
            return pyoxigraph.parse_query_results(body, format=QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise StoreError(f"{self.path}: its answer is no SPARQL result: {error}") from error

    @cached_property
    def _union(self) -> tuple[tuple[str, str], ...]:
        """How to have the union as the default graph, any way while it is empty; StoreError where there is none."""
        if not self._ask("ASK { GRAPH ?g { ?s ?p ?o } }", ()):
            return ()
        for parameters in UNIONS:
            if self._ask(_IN_UNION, parameters):
                return parameters
        raise StoreError(f"{self.path}: its default graph is not the union of all; set it so (see docs/stores.md)")

    def _ask(self, text: str, parameters: tuple[tuple[str, str], ...]) -> bool:
        body = self._client.query(text, ROWS, parameters=parameters)
        return bool(pyoxigraph.parse_query_results(body, format=QueryResultsFormat.JSON))

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        terms = {"s": subject, "p": predicate, "o": object}
        pattern = " ".join(f"?{name}" if term is None else str(term) for name, term in terms.items())
        if isinstance(graph, DefaultGraph):
            return
        where = f"GRAPH {'?g' if graph is None else graph} {{ {pattern} }}"
        wanted = [name for name, term in {**terms, "g": graph}.items() if term is None]
        for row in self._rows(
            f"SELECT {' '.join(f'?{name}' for name in wanted) or '(1 AS ?found)'} WHERE {{ {where} }}"
        ):
            found = {**terms, "g": graph, **{name: row[name] for name in wanted}}
            if graph is not None or self._is_ours(found["g"]):
                yield Quad(*(cast(Any, as_written(found[name])) for name in "spog"))

    def _rows(self, text: str) -> Iterator[QuerySolution]:
        """All rows; a part of them would go unnoticed into exports and merges, so that raises StoreError."""
        answer = self._client.query(text, ROWS)
        count, most = 0, row_limit(answer)
        for row in cast(QuerySolutions, pyoxigraph.parse_query_results(answer, format=QueryResultsFormat.JSON)):
            count += 1
            yield row
        if most is not None and count >= most:
            raise StoreError(
                f"{self.path}: it gives no more than {most} rows; let it give more (ResultSetMaxRows, --max-rows)"
            )

    def graphs(self) -> Iterator[str]:
        for row in self._rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"):
            if self._is_ours(row["g"]):
                yield cast(NamedNode, row["g"]).value

    def _is_ours(self, graph: object) -> bool:
        """Servers hold graphs of their own, and there is that of the state."""
        return isinstance(graph, NamedNode) and graph.value.startswith(self._base)

    def dump(self, output: IO[bytes], format: RdfFormat, *, prefixes: Mapping[str, str] | None = None) -> None:
        quads = (quad for graph in sorted(self.graphs()) for quad in self.quads(graph=NamedNode(graph)))
        statements: Any = quads if format.supports_datasets else (quad.triple for quad in quads)
        pyoxigraph.serialize(statements, output, format, prefixes=dict(prefixes or {}))

    def apply(self, change: Change) -> None:
        """In one request; whole or not at all where the server has transactions."""
        if not change:
            return
        self._mark()
        if self._address.graph_store_url:
            for graph, triples in change.replace.items():
                self._client.put(graph, triples)
            change = Change(delete=change.delete, insert=change.insert)
        if change:
            self._client.update(" ;\n".join(update_text(part).rstrip(" ;\n") for part in parts(change)))

    def update(self, text: str) -> None:
        """Run an update of somebody else's."""
        self._client.update(text)

    def _mark(self) -> None:
        if not self._marked:
            self._client.update(f"INSERT DATA {{ GRAPH {STATE} {{ {STATE} {_UNFINISHED} true }} }}")
            self._marked = True
            self.__dict__.pop("unfinished", None)

    def publish(self) -> None:
        """What was written is there to be read already; only the build is marked as finished."""
        state = f"{STATE} {_BASE} {Literal(self._base)} ; {_PUBLISHED} {Literal(secrets.token_hex(8))}"
        self._client.update(f"DROP SILENT GRAPH {STATE} ; INSERT DATA {{ GRAPH {STATE} {{ {state} }} }}")
        self._marked = False
        self.__dict__.pop("unfinished", None)

    def close(self) -> None:
        """There is nothing to give back."""


def open_remote(address: RemoteAddress, *, base: str | None = None) -> RemoteStore:
    """`base` as for `open_store`. Raises StoreError where there is no SPARQL, or another base."""
    store = RemoteStore(address, SparqlClient(address), base or DEFAULT_BASE)
    known = next((quad.object for quad in store.quads(STATE, _BASE, None, STATE)), None)
    if isinstance(known, Literal):
        if base is not None and base != known.value:
            raise StoreError(f"{address}: its data IRIs begin with {known.value}, not with {base}")
        return RemoteStore(address, SparqlClient(address), known.value)
    return store


def _triples(body: IO[bytes]) -> QueryResult:
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.parse(body, format=RdfFormat.N_TRIPLES))
    return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
