"""Runs a read task on an open store and writes the answer out in pieces."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import IO, Any, cast

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
)

from kgbuild.errors import KgbuildError, StoreBusyError
from kgbuild.vocab import PREFIXES
from server.engine import guard
from server.engine.channel import Channel
from server.engine.date_ranges import listed
from server.engine.folder import Opened
from server.engine.functions import functions_of
from server.engine.insertions import inserted
from server.engine.latest_rows import FIRST_SHARE, LARGEST_SHARE, first_by_date
from server.engine.tasks import Dataset, DumpTask, QueryTask, Reply
from server.engine.top_rows import first_rows_first

PIECE = 64 << 10
"""Bytes in one message of a long answer; a shorter answer goes out whole, with its head."""

_KINDS = {QuerySolutions: "rows", QueryBoolean: "boolean", QueryTriples: "graph"}
_READ_AGAIN = ("srj", "srx", "tsv")
"""Formats of results that the engine also reads."""

WITHOUT_PREFIXES = ("nt", "nq")


class NotAcceptableError(ValueError):
    """The answer is of a kind that the client does not take; the text names the kind."""


class Outlet:
    """A binary file for the engine to write to: sends the head with the first piece, then piece by piece."""

    def __init__(self, channel: Channel) -> None:
        self.begun = False
        self.snapshot = 0
        self._channel = channel
        self._head = Reply(kind="done")
        self._buffer = bytearray()

    def open(self, kind: str, extension: str, *, facts: Mapping[str, int | bool] = MappingProxyType({})) -> Outlet:
        self._head = Reply(kind=kind, format=extension, snapshot=self.snapshot, facts=dict(facts))
        return self

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= PIECE:
            self._send()
        return len(data)

    def flush(self) -> None:
        """Pieces go out when they are full."""

    def close(self) -> None:
        """Send what is left."""
        if not self.begun:
            self._channel.send(replace(self._head, body=bytes(self._buffer)))
            return
        if self._buffer:
            self._send()
        self._channel.send_bytes(b"")

    def _send(self) -> None:
        if self.begun:
            self._channel.send_bytes(self._buffer)
        else:
            self._channel.send(replace(self._head, body=bytes(self._buffer), complete=False))
        self.begun = True
        self._buffer.clear()


def answer_query(opened: Opened, task: QueryTask, outlet: Outlet, hosts: Collection[str] = ()) -> None:
    """Evaluate and serialize; the engine releases the interpreter lock and knows no cancellation."""
    guard.check_query(task.text, hosts)
    if found := _first_by_date(opened, task):
        extension, body = found
        outlet.open("rows", extension).write(body)
        outlet.close()
        return
    results, kind, extension = _quick_results(opened, task)
    output = cast(IO[bytes], outlet.open(kind, extension))
    if isinstance(results, QueryTriples):
        results.serialize(output, format=_rdf_format(extension))
    else:
        results.serialize(output, format=_result_format(extension))
    outlet.close()


def evaluate(store: Store, task: QueryTask) -> tuple[str, str, bytes]:
    """Kind, format and body of the answer to a query that is known to be harmless and short."""
    results, kind, extension = _results(store, task)
    if isinstance(results, QueryTriples):
        return kind, extension, results.serialize(format=_rdf_format(extension)) or b""
    return kind, extension, results.serialize(format=_result_format(extension)) or b""


def _first_by_date(opened: Opened, task: QueryTask) -> tuple[str, bytes] | None:
    """Extension and body, if the query asks for the first rows by date and all of them are of the first days."""
    query, extension = first_by_date(task.text, opened.dates), task.formats.get("rows", "")
    if query is None or extension not in _READ_AGAIN:
        return None
    share, others = FIRST_SHARE, first_rows_first(task.text)
    while share <= LARGEST_SHARE:
        text = inserted(task.text, [*others, query.list_of(share)])
        try:
            body = evaluate(opened.database, replace(task, text=text))[2]
        except SyntaxError:
            return None
        rows = sum(1 for _ in cast(QuerySolutions, parse_query_results(body, format=_result_format(extension))))
        if rows == query.rows:
            return extension, body
        share = query.longer(share, rows)
    return None


def _quick_results(opened: Opened, task: QueryTask) -> tuple[QuerySolutions | QueryBoolean | QueryTriples, str, str]:
    """Of the query in its quicker form, where it has one that the engine takes."""
    if insertions := (*first_rows_first(task.text), *listed(task.text, opened.dates)):
        with contextlib.suppress(SyntaxError):
            return _results(opened.database, replace(task, text=inserted(task.text, insertions)))
    return _results(opened.database, task)


def _results(store: Store, task: QueryTask) -> tuple[QuerySolutions | QueryBoolean | QueryTriples, str, str]:
    functions = functions_of(task.text)
    results = store.query(task.text, base_iri=task.base_iri, custom_functions=functions, **_graphs(task.dataset))
    kind = _KINDS[type(results)]
    extension = task.formats.get(kind)
    if extension is None:
        raise NotAcceptableError(kind)
    return results, kind, extension


def answer_dump(store: Store, task: DumpTask, outlet: Outlet) -> None:
    """Write one graph; a named graph that is not there is an error."""
    graph = DefaultGraph() if task.graph is None else NamedNode(task.graph)
    if isinstance(graph, NamedNode) and not store.contains_named_graph(graph):
        raise KeyError(task.graph)
    output = cast(IO[bytes], outlet.open("graph", task.format))
    store.dump(output, _rdf_format(task.format), from_graph=graph, prefixes=_prefixes(task.format))
    outlet.close()


def failure(error: Exception) -> Reply:
    """What the server is told of an exception: the kind of problem, and the engine's words."""
    problem = next((name for kind, name in _PROBLEMS if isinstance(error, kind)), "internal")
    return Reply(kind="error", problem=problem, message=str(error.args[0]) if error.args else "")


_PROBLEMS: tuple[tuple[type[Exception], str], ...] = (
    (SyntaxError, "syntax"),
    (NotAcceptableError, "not-acceptable"),
    (guard.ForbiddenError, "forbidden"),
    (KeyError, "no-such-graph"),
    (StoreBusyError, "store-busy"),
    (KgbuildError, "store"),
    (MemoryError, "memory"),
    (RuntimeError, "unsupported"),
    (ValueError, "unsupported"),
    (OSError, "input-output"),
)


def _graphs(dataset: Dataset) -> dict[str, Any]:
    """The arguments of `Store.query` that say which graphs it sees."""
    if dataset.default is None and dataset.named is None:
        return {"use_default_graph_as_union": True} if dataset.union else {}
    return {
        "default_graph": [NamedNode(iri) for iri in dataset.default or ()],
        "named_graphs": [NamedNode(iri) for iri in dataset.named or ()],
    }


@cache
def _result_format(extension: str) -> QueryResultsFormat:
    found = QueryResultsFormat.from_extension(extension)
    assert found is not None, extension
    return found


@cache
def _rdf_format(extension: str) -> RdfFormat:
    found = RdfFormat.from_extension(extension)
    assert found is not None, extension
    return found


def _prefixes(extension: str) -> dict[str, str] | None:
    return None if extension in WITHOUT_PREFIXES else dict(PREFIXES)
