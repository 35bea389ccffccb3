"""What the server sends to a worker process, and what comes back.

Everything here is pickled between the two, which takes twice as long for classes with slots.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """The graphs a query sees. None leaves a side as the query or the store says; `union` merges all named graphs."""

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    union: bool = False


@dataclass(frozen=True, kw_only=True)
class QueryTask:
    """A query over the snapshot of number `snapshot` or a later one.

    `formats` maps the kind of answer (rows, boolean,
    graph) to the extension of the format to write it in; an answer of a kind that is not there is not acceptable.
    """

    text: str
    snapshot: int
    formats: Mapping[str, str]
    dataset: Dataset = Dataset()
    base_iri: str | None = None


@dataclass(frozen=True, kw_only=True)
class DumpTask:
    """All statements of one graph (None: the default graph), in the format of that extension."""

    graph: str | None
    snapshot: int
    format: str


@dataclass(frozen=True, kw_only=True)
class UpdateTask:
    """A SPARQL Update to be applied to the store as one transaction, then published."""

    text: str
    base_iri: str | None = None


@dataclass(frozen=True, kw_only=True)
class GraphTask:
    """Replace, add to or delete one graph (None: the default graph): `action` is put, post or delete."""

    action: str
    graph: str | None
    triples: bytes = b""


Task = QueryTask | DumpTask | UpdateTask | GraphTask


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The first message of a worker.

    `snapshot` is the number of the snapshot that was read. `kind` is rows, boolean, graph, done or error. Where
    `complete` is false, more pieces of the body follow as byte messages; an empty one ends it. For errors, `problem`
    names the kind of failure and `message` says what is wrong.
    """

    kind: str
    format: str | None = None
    body: bytes = b""
    complete: bool = True
    problem: str | None = None
    message: str = ""
    snapshot: int = 0
    facts: Mapping[str, int | bool] = field(default_factory=dict)
