"""One step of a store's life, and how it is written as a SPARQL update."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

_BLOCK = 1000
"""Triples of a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step that happens whole or not at all.

    Each mapping is from graph IRI to N-Triples without blank nodes. First the graphs in `replace` get exactly these
    triples (none: the graph goes), then `delete` is taken out, then `insert` put in.
    """

    replace: Mapping[str, str] = field(default_factory=dict)
    delete: Mapping[str, str] = field(default_factory=dict)
    insert: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.replace) or any(self.delete.values()) or any(self.insert.values())


def as_ntriples(quads: Iterable[Quad]) -> dict[str, str]:
    """The quads as `Change` takes them: N-Triples by graph IRI, sorted, each once. All are in named graphs."""
    lines: dict[str, set[str]] = {}
    for quad in quads:
        if not isinstance(quad.graph_name, NamedNode):
            raise ValueError(f"{quad} is in no named graph")
        line = f"{quad.subject} {quad.predicate} {quad.object} ."
        lines.setdefault(quad.graph_name.value, set()).add(line)
    return {graph: "\n".join(sorted(found)) for graph, found in lines.items()}


def update_text(change: Change) -> str:
    """The change as one SPARQL update, which the database runs in one transaction."""
    drops = "".join(f"DROP SILENT GRAPH <{graph}> ;\n" for graph in change.replace)
    deleted = _blocks(change.delete)
    deletion = f"DELETE DATA {{\n{deleted}}} ;\n" if deleted else ""
    # The order of `Change`: what replaces stands before what is deleted, which stands before what is inserted.
    replaced, inserted = _blocks(change.replace), _blocks(change.insert)
    replacement = f"INSERT DATA {{\n{replaced}}} ;\n" if replaced else ""
    insertion = f"INSERT DATA {{\n{inserted}}}" if inserted else ""
    return drops + replacement + deletion + insertion


def _blocks(triples: Mapping[str, str]) -> str:
    return "".join(f"GRAPH <{graph}> {{\n{text}\n}}\n" for graph, text in triples.items() if text)


def parts(change: Change) -> Iterator[Change]:
    """The same change in steps of few triples each, in its order: what more some servers compile at once is refused."""
    for graph in change.replace:
        yield Change(replace={graph: ""})
    kinds = (("insert", change.replace), ("delete", change.delete), ("insert", change.insert))
    for kind, graphs in kinds:
        for graph, triples in graphs.items():
            lines = triples.split("\n") if triples else []
            for start in range(0, len(lines), _BLOCK):
                yield Change(**{kind: {graph: "\n".join(lines[start : start + _BLOCK])}})
