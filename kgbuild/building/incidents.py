"""The incidents graph follows from the reports: what changes touch is merged anew, everything else stays.

Reports influence each other only where they hang together (`kgbuild.merging.component`). So after a change the work is:
for each article that is new, changed or gone, the reports it has now, and those that hung together with the reports it
had. The result is the same as if all reports had been merged at once, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kgbuild import ids
from kgbuild.building.decisions import constraints
from kgbuild.building.links import link_iri, link_quads
from kgbuild.building.reports import StoredReports
from kgbuild.building.writing import PENDING, note_all, pending_graph
from kgbuild.config import BuildConfig
from kgbuild.merging import Account, Cluster, Constraints, Scores, cluster_component, component, roll_up
from kgbuild.merging.records import accounts
from kgbuild.rdf import incident_quads
from kgbuild.store import Change, Reader, Store, value_of
from kgbuild.store.changes import as_ntriples
from kgbuild.vocab import CKO

_CHUNK = 500


@dataclass(slots=True)
class _Chunk:
    """Incidents to be written in one change. `members` are the reports in them, `gone` those that are no more."""

    clusters: list[Cluster] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    size: int = 0


def merge_pending(store: Store, *, on_article: Callable[[], None] | None = None) -> int:
    """Bring the incidents graph up to date with all articles; the number of articles that had changed.

    May be cut short anywhere: the articles stay noted as pending until all incidents are written.
    """
    where = StoredReports(store)
    try:
        if not where.merged_by_present_rules:
            note_all(store)
            where.begin()
        if next(store.quads(None, PENDING), None) is None:
            return 0
        return _merge(store, where, constraints(store), on_article)
    finally:
        where.close()


def _merge(store: Store, where: StoredReports, decided: Constraints, on_article: Callable[[], None] | None) -> int:
    pending = where.bring_up_to_date((graph, _former(store, graph)) for graph in _pending(store))
    chunk, done = _Chunk(), set[str]()
    for graph in pending:
        live = where.of_article(graph)
        former = _former(store, graph)
        chunk.gone |= {a.report for a in former} - {a.report for a in live}
        for start in (*live, *_once_linked(former, where, decided)):
            if start.report not in done:
                _cluster(start, where, Scores(decided), chunk, done)
        if chunk.size >= _CHUNK:
            store.apply(_change(store, chunk))
            chunk = _Chunk()
        if on_article is not None:
            on_article()
    store.apply(_change(store, chunk))
    store.apply(Change(replace={pending_graph(store.base): ""}))
    return len(pending)


def _pending(store: Reader) -> list[str]:
    return sorted(value_of(quad.subject) for quad in store.quads(None, PENDING))


def _former(store: Reader, graph: str) -> list[Account]:
    """The reports that the article had when merging looked last."""
    quad = next(store.quads(NamedNode(graph), PENDING))
    record = value_of(quad.object)
    return accounts(record) if record else []


def _once_linked(former: list[Account], where: StoredReports, decided: Constraints) -> Iterator[Account]:
    scores = Scores(decided)
    for ghost in former:
        yield from (a for a in where.near(ghost) if scores.linked(ghost, a))
        yield from (a for r in decided.partners(ghost.report) if (a := where.named(r)) is not None)


def _cluster(start: Account, where: StoredReports, scores: Scores, chunk: _Chunk, done: set[str]) -> None:
    members = component(start, where, scores)
    done |= {a.report for a in members}
    chunk.clusters += cluster_component(members, scores)
    chunk.size += len(members)


def _change(store: Store, chunk: _Chunk) -> Change:
    """From the incidents as they are written to what they should be."""
    config = BuildConfig(base=store.base)
    reports = {a.report for c in chunk.clusters for a in c.accounts} | chunk.gone
    written = [quad for report in reports for quad in _written(store, report)]
    wanted: list[Quad] = []
    for found in chunk.clusters:
        incident = roll_up(found, store.base)
        wanted += incident_quads(incident, config=config)
        wanted += (quad for link in found.links for quad in link_quads(link, store.base))
        for account in found.accounts:
            graph = NamedNode(ids.graph_of_document(store.base, account.document))
            wanted.append(Quad(NamedNode(account.report), CKO.describes, NamedNode(incident.iri), graph))
    old, new = set(written), set(wanted)
    return Change(delete=as_ntriples(old - new), insert=as_ntriples(new - old))


def _written(store: Reader, report: str) -> Iterator[Quad]:
    """What is written of a report's would-be incident, and which incident it is said to describe."""
    incidents = NamedNode(ids.incidents_graph_iri(store.base))
    for subject in (ids.incident_iri(store.base, report), link_iri(store.base, report)):
        yield from store.quads(NamedNode(subject), None, None, incidents)
    yield from store.quads(NamedNode(report), CKO.describes)
