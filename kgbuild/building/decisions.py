"""What people decided on merging: kept as data, respected by every build.

A decision is about two reports, so that it outlives the incidents they were in. The later decision on two reports
replaces the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, product

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild import ids
from kgbuild.building.support import record_of
from kgbuild.building.writing import pending_graph, pending_lines
from kgbuild.errors import UsageError
from kgbuild.merging import Constraints
from kgbuild.merging.clustering import Pair, sorted_pair
from kgbuild.store import Change, Reader, Store, value_of
from kgbuild.store.changes import as_ntriples
from kgbuild.vocab import CKO, DCTERMS, RDF, XSD

_SAME, _DIFFERENT = "same", "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who decided, when (UTC), and why."""

    name: str
    when: datetime
    why: str


def constraints(store: Reader) -> Constraints:
    """All decisions in force."""
    graph = NamedNode(ids.decisions_graph_iri(store.base))
    pairs: dict[str, list[Pair]] = {_SAME: [], _DIFFERENT: []}
    for quad in store.quads(None, CKO.verdict, None, graph):
        first, second = (value_of(q.object) for q in store.quads(quad.subject, CKO.decidedReport, None, graph))
        pairs[value_of(quad.object)].append(sorted_pair(first, second))
    return Constraints(pairs[_SAME], pairs[_DIFFERENT])


def merge_incidents(store: Store, incidents: Iterable[str], author: Author) -> list[str]:
    """Decide that these are one incident; the reports concerned. UsageError where there are no two such incidents."""
    reports = _reports_of_several(store, incidents)
    first, *others = reports
    _decide(store, [(first[0], other[0]) for other in others], _SAME, author)
    return [report for told in reports for report in told]


def keep_apart(store: Store, incidents: Iterable[str], author: Author) -> list[str]:
    """Decide that no two of these are one incident; the reports concerned. UsageError where there are no two such."""
    reports = _reports_of_several(store, incidents)
    _decide(store, [pair for one, two in combinations(reports, 2) for pair in product(one, two)], _DIFFERENT, author)
    return [report for told in reports for report in told]


def split_incident(store: Store, incident: str, reports: Iterable[str], author: Author) -> list[str]:
    """Decide that these reports are of another incident than the rest; all the incident's reports.

    UsageError where that makes no sense.
    """
    told, leaving = reports_of(store, incident), set(reports)
    foreign = sorted(leaving - set(told))
    if foreign:
        raise UsageError(f"{foreign[0]}: not a report of {incident}; its reports are {', '.join(told)}")
    staying = [report for report in told if report not in leaving]
    if not leaving or not staying:
        raise UsageError(f"name some of the incident's reports, not all of them: {', '.join(told)}")
    _decide(store, list(product(sorted(leaving), staying)), _DIFFERENT, author)
    return told


def reports_of(store: Reader, incident: str) -> list[str]:
    """The reports of an incident, or of the one that has taken its place, in the order of their IRIs."""
    node = _node(incident)
    replaced = next(store.quads(node, DCTERMS.isReplacedBy), None)
    found = store.quads(node if replaced is None else replaced.object, CKO.describedBy)  # type: ignore[arg-type]
    reports = sorted(value_of(quad.object) for quad in found)
    if not reports:
        raise UsageError(_no_incident(store, node))
    return reports


def _no_incident(store: Reader, node: NamedNode) -> str:
    described = next(store.quads(node, CKO.describes), None)
    if described is not None:
        return f"{value_of(node)}: a report, not an incident; it tells of {value_of(described.object)}"
    return f"{node.value}: the store has no incident of this IRI; `kgbuild review` and the pages give them"


def _reports_of_several(store: Reader, incidents: Iterable[str]) -> list[list[str]]:
    """The reports of each incident; one that is named twice, or has taken another's place, counts once."""
    named = list(dict.fromkeys(incidents))
    reports = list(dict.fromkeys(tuple(reports_of(store, incident)) for incident in named))
    if len(reports) < 2:
        raise UsageError("these are one incident already" if len(named) > 1 else "name two incidents at least")
    return [list(told) for told in reports]


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise UsageError(f"{iri}: not an IRI; kgbuild review lists those of incidents and reports") from error


def _decide(store: Store, pairs: list[tuple[str, str]], verdict: str, author: Author) -> None:
    """Write decisions, and have merging look again at the articles of all reports concerned."""
    graph = NamedNode(ids.decisions_graph_iri(store.base))
    ordered = [sorted_pair(*pair) for pair in pairs]
    nodes = [NamedNode(ids.decision_iri(store.base, *pair)) for pair in ordered]
    former = [quad for node in nodes for quad in store.quads(node, None, None, graph)]
    wanted = [q for node, pair in zip(nodes, ordered, strict=True) for q in _quads(node, pair, verdict, author, graph)]
    articles = {_article(store, report) for pair in ordered for report in pair}
    pending = pending_lines(store, {graph: record_of(store, graph) for graph in sorted(articles)})
    insert = as_ntriples(wanted) | {pending_graph(store.base): "\n".join(pending)}
    store.apply(Change(delete=as_ntriples(former), insert=insert))


def _quads(node: NamedNode, pair: Pair, verdict: str, author: Author, graph: NamedNode) -> Iterator[Quad]:
    yield Quad(node, RDF.type, CKO.MergeDecision, graph)
    yield Quad(node, CKO.verdict, Literal(verdict), graph)
    for report in pair:
        yield Quad(node, CKO.decidedReport, NamedNode(report), graph)
    yield Quad(node, DCTERMS.creator, Literal(author.name), graph)
    yield Quad(node, DCTERMS.created, Literal(f"{author.when:%Y-%m-%dT%H:%M:%S}Z", datatype=XSD.dateTime), graph)
    yield Quad(node, DCTERMS.description, Literal(author.why), graph)


def _article(store: Reader, report: str) -> str:
    quad = next(store.quads(NamedNode(report), RDF.type, CKO.Report))
    return value_of(quad.graph_name)
