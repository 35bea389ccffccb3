"""Reading from a pyoxigraph database, the same for the writer and for a snapshot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Variable

from kgbuild.errors import QueryError, StoreError
from kgbuild.store.protocol import GraphName, QueryResult, Reader, Subject, Term
from kgbuild.store.syntax_errors import NO_PREFIX, SyntaxFault, is_update, syntax_fault

_LONGEST_REASON = 300
_SHOWN = 30
_PREFIX_AT_END = re.compile(r"([\w.-]*:)[^\s:]*$")


class DatabaseReader(Reader):
    """The reading half of a store, over an open pyoxigraph database."""

    def __init__(self, database: pyoxigraph.Store, base: str, path: Path) -> None:
        """`path` is named in messages."""
        self._open: pyoxigraph.Store | None = database
        self._base = base
        self.path = path

    @property
    def base(self) -> str:
        return self._base

    @property
    def database(self) -> pyoxigraph.Store:
        """The engine's own handle, for the server's datasets, formats and functions; nothing is written through it."""
        return self._database

    @property
    def _database(self) -> pyoxigraph.Store:
        if self._open is None:
            raise StoreError(f"{self.path}: closed")
        return self._open

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[str, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        union: bool = True,
    ) -> QueryResult:
        bound = {Variable(name): term for name, term in (substitutions or {}).items()}
        try:
            return self._database.query(
                text, prefixes=dict(prefixes or {}), use_default_graph_as_union=union, substitutions=bound
            )
        except SyntaxError as error:
            raise query_error(error, text) from error
        except (ValueError, RuntimeError) as error:
            raise QueryError(str(error)) from error
        except OSError as error:
            raise StoreError(f"{self.path}: {error}") from error

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        return self._database.quads_for_pattern(subject, predicate, object, graph)

    def graphs(self) -> Iterator[str]:
        return (name.value for name in self._database.named_graphs())

    def dump(self, output: IO[bytes], format: RdfFormat, *, prefixes: Mapping[str, str] | None = None) -> None:
        names = dict(prefixes or {})
        if format.supports_datasets:
            self._database.dump(output, format, prefixes=names)
            return
        # Graph by graph in constant memory; leaving out repetitions would mean holding all triples.
        names_of_graphs = [DefaultGraph(), *self._database.named_graphs()]
        triples = (quad.triple for name in names_of_graphs for quad in self.quads(graph=name))
        pyoxigraph.serialize(triples, output, format, prefixes=names)

    def close(self) -> None:
        self._open = None


def query_error(error: SyntaxError, text: str) -> QueryError:
    """The engine's complaint about a query, with line and column; where it only lists all that it would have accepted,
    what it found instead says more."""
    fault = syntax_fault(str(error))
    if fault is None:
        return QueryError(str(error)[:_LONGEST_REASON])
    line, column = fault.line, fault.column
    if is_update(text):
        reason = "this changes the graph, and only queries can be asked here; changes go to /update of kgbuild serve"
    else:
        told = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
        reason = _reason(fault, told[: column - 1], told[column - 1 :].strip())
    return QueryError(f"line {line}, column {column}: {reason}", line=line, column=column)


def _reason(fault: SyntaxFault, before: str, rest: str) -> str:
    """What is wrong between these two parts of a line, and what to do."""
    if fault.reason == NO_PREFIX:
        found = _PREFIX_AT_END.search(before)
        prefix = found[1] if found else "NAME:"
        return f"the prefix {prefix} is not declared; begin the query with PREFIX {prefix} <https://…>"
    if fault.reason:
        return fault.reason
    if rest:
        return f"{rest[:_SHOWN]!r} cannot stand here"
    return "the query ends too early; is a bracket or a quote left open, or a pattern not complete?"
