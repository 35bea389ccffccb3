"""Articles into the store: each batch is one change that happens whole or not at all.

Along with the articles a batch notes, in the pending graph, which of them merging has yet to look at, and the record
each had when merging looked last. So a build that is cut short anywhere leaves a store that knows what is left to do.
The pending graph is empty whenever a state is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from kgbuild import ids
from kgbuild.building.preparing import Prepared
from kgbuild.building.support import orphans, record_of
from kgbuild.store import Change, Reader, Store, value_of
from kgbuild.vocab import CKO

PENDING = NamedNode(CKO.iri + "pending")
"""From an article's graph to its record at the last merge, or to nothing (""). Bookkeeping, never published."""

_AT_ONCE = 200


def pending_graph(base: str) -> str:
    """The graph that notes what merging has yet to look at."""
    return f"{base}graph/pending"


def write_articles(store: Store, prepared: Sequence[Prepared], removed: Iterable[str] = ()) -> None:
    """Write articles, replacing what their graphs held, and remove the graphs in `removed`; one atomic change."""
    contents = dict.fromkeys(removed, "") | {p.graph: p.own for p in prepared}
    former = {graph: record_of(store, graph) for graph in contents}
    said = frozenset[str]().union(*(p.shared for p in prepared))
    gone = orphans(store, {g: r for g, r in former.items() if r is not None}, said)
    entities = ids.entities_graph_iri(store.base)
    store.apply(
        Change(
            replace=contents,
            delete={entities: "\n".join(sorted(gone))},
            insert={
                entities: "\n".join(sorted(said)),
                pending_graph(store.base): "\n".join(pending_lines(store, former)),
            },
        )
    )


def note_all(store: Store) -> None:
    """Note all articles for merging, as it is needed where the rules of merging have changed."""
    graphs = sorted(value_of(quad.graph_name) for quad in store.quads(None, CKO.record))
    for start in range(0, len(graphs), _AT_ONCE):
        records = {graph: record_of(store, graph) for graph in graphs[start : start + _AT_ONCE]}
        store.apply(Change(insert={pending_graph(store.base): "\n".join(pending_lines(store, records))}))


def pending_lines(store: Reader, former: Mapping[str, str | None]) -> Iterator[str]:
    """What notes these articles (graph to former record) for merging; the earlier note stays where there is one."""
    for graph, record in former.items():
        node = NamedNode(graph)
        if next(store.quads(node, PENDING), None) is None:
            yield f"{node} {PENDING} {Literal(record or '')} ."
