"""What a person should look at: reports that nearly were merged, and reports that only just were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kgbuild.building.decisions import constraints
from kgbuild.building.reports import StoredReports
from kgbuild.merging import Account, Constraints, PairScore, Scores
from kgbuild.merging.clustering import sorted_pair
from kgbuild.merging.scoring import weights
from kgbuild.store import Reader, Store, value_of
from kgbuild.vocab import CKO


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two reports and what speaks for their being of one incident.

    `incidents` are two for a near miss, in the order of `reports`, else one. `pairs` is how many pairs of reports are
    in doubt between these incidents; of these, the two agree best.
    """

    reports: tuple[Account, Account]
    incidents: tuple[str, ...]
    score: PairScore
    pairs: int = 1

    @property
    def merged(self) -> bool:
        return len(self.incidents) == 1


def doubts(store: Store) -> list[Doubt]:
    """All doubts that nobody has decided, the most doubtful first.

    A near miss scores at least `doubtful` (weights.toml); there is one for each two incidents. A merge is doubtful
    where the best agreement of a report with the others is as close above the threshold.
    """
    where = StoredReports(store)
    try:
        where.bring_up_to_date([])
        decided = constraints(store)
        found = [*_best(_near_misses(store, where, decided)), *_doubtful_merges(store, where, decided)]
    finally:
        where.close()
    middle = weights().threshold
    return sorted(found, key=lambda d: (abs(d.score.total - middle), [a.report for a in d.reports]))


def _best(near_misses: Iterable[Doubt]) -> list[Doubt]:
    """One doubt for each two incidents."""
    by_incidents: dict[tuple[str, ...], list[Doubt]] = defaultdict(list)
    for doubt in near_misses:
        by_incidents[tuple(sorted(doubt.incidents))].append(doubt)
    best = (max(found, key=lambda d: d.score.total) for found in by_incidents.values())
    return [replace(d, pairs=len(by_incidents[tuple(sorted(d.incidents))])) for d in best]


def _near_misses(store: Reader, where: StoredReports, decided: Constraints) -> Iterator[Doubt]:
    for graph in sorted(value_of(q.graph_name) for q in store.quads(None, CKO.record)):
        scores = Scores(decided)
        for account in where.of_article(graph):
            for other in where.near(account):
                if account.report >= other.report or scores.forbidden(account, other):
                    continue
                score = scores.of(account, other)
                incidents = _incidents(store, account, other)
                if score.total >= weights().doubtful and len(incidents) == 2:
                    yield Doubt(reports=(account, other), incidents=incidents, score=score)


def _doubtful_merges(store: Reader, where: StoredReports, decided: Constraints) -> Iterator[Doubt]:
    highest = 2 * weights().threshold - weights().doubtful
    for quad in store.quads(None, CKO.score):
        if float(value_of(quad.object)) > highest:
            continue
        ends = [next(store.quads(quad.subject, p)).object for p in (CKO.linkedReport, CKO.linkedTo)]
        first, second = (where.named(value_of(end)) for end in ends)
        if first is None or second is None or sorted_pair(first.report, second.report) in decided.same:
            continue
        score = Scores(decided).of(first, second)
        yield Doubt(reports=(first, second), incidents=_incidents(store, first, second), score=score)


def _incidents(store: Reader, *reports: Account) -> tuple[str, ...]:
    described = (next(store.quads(NamedNode(r.report), CKO.describes)).object for r in reports)
    return tuple(dict.fromkeys(value_of(incident) for incident in described))
