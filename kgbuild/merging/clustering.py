"""From pairs to incidents: agglomerative, by average score, under constraints; the same whatever the order of input.

Reports are joined best pair first. Two clusters may join where the mean score over all pairs between them reaches the
threshold and none of these pairs is forbidden: by a part that excludes it (other places, other days), by being of one
article (an article tells each incident once), or by a person's decision. Of joins that are equally good, the one whose
articles have most wording in common comes first. Scores are summed as whole thousandths, so that no order of additions
changes a bit. At the end whole clusters are brought together where a person decided so.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kgbuild import ids
from kgbuild.merging.accounts import Account
from kgbuild.merging.fingerprint import alike
from kgbuild.merging.scoring import PairScore, score_pair, weights

Pair = tuple[str, str]

_THOUSANDTHS = 1000
_MADE_BY_HAND = PairScore((("decision", "same"),), 0.0)


class Constraints:
    """What people decided: pairs of reports, each in sorted order, that are, or are not, of one incident."""

    def __init__(self, same: Iterable[Pair] = (), different: Iterable[Pair] = ()) -> None:
        self.same, self.different = frozenset(same), frozenset(different)
        self._partners: dict[str, list[str]] = defaultdict(list)
        for first, second in sorted(self.same):
            self._partners[first].append(second)
            self._partners[second].append(first)

    def partners(self, report: str) -> list[str]:
        """The reports decided to be of one incident with this one."""
        return self._partners.get(report, [])


@dataclass(frozen=True, slots=True)
class Link:
    """Why a report is in its cluster: the report of another article there that it agrees with best."""

    report: str
    other: str
    score: PairScore


@dataclass(frozen=True, slots=True)
class Cluster:
    """The reports of one incident, in the order in which they appeared."""

    accounts: tuple[Account, ...]
    links: tuple[Link, ...] = ()


@dataclass(slots=True)
class Scores:
    """The scores of pairs, each computed once."""

    constraints: Constraints = field(default_factory=Constraints)
    _known: dict[Pair, PairScore] = field(default_factory=dict)

    def of(self, a: Account, b: Account) -> PairScore:
        """The score of two reports."""
        pair = sorted_pair(a.report, b.report)
        found = self._known.get(pair)
        if found is None:
            first, second = (a, b) if pair[0] == a.report else (b, a)
            found = self._known[pair] = score_pair(first, second)
        return found

    def forbidden(self, a: Account, b: Account) -> bool:
        """Whether scores may never bring the two together."""
        pair = sorted_pair(a.report, b.report)
        return pair in self.constraints.different or a.document == b.document or self.of(a, b).forbidden

    def linked(self, a: Account, b: Account) -> bool:
        """Whether the two belong in one component: reports that are not linked never influence each other."""
        return not self.forbidden(a, b) and self.of(a, b).total >= weights().threshold


def sorted_pair(a: str, b: str) -> Pair:
    """The two in sorted order."""
    return (a, b) if a <= b else (b, a)


class Neighbourhood(Protocol):
    """Where reports are found."""

    def near(self, account: Account) -> Iterator[Account]:
        """The other reports worth comparing with this one, each once."""

    def named(self, report: str) -> Account | None:
        """The report of this IRI, None where there is none (any more)."""


def component(start: Account, where: Neighbourhood, scores: Scores) -> list[Account]:
    """The reports that hang together with this one, directly or over others; sorted by IRI."""
    found = {start.report: start}
    todo = [start]
    while todo:
        account = todo.pop()
        linked = [a for a in where.near(account) if a.report not in found and scores.linked(account, a)]
        decided = [a for r in scores.constraints.partners(account.report) if (a := where.named(r)) is not None]
        for other in (*linked, *decided):
            if other.report not in found:
                found[other.report] = other
                todo.append(other)
    return [found[iri] for iri in sorted(found)]


def cluster_component(accounts: Sequence[Account], scores: Scores) -> list[Cluster]:
    """Split reports that hang together into incidents."""
    members = [[account] for account in sorted(accounts, key=lambda a: a.report)]
    for joined in _joins(members, scores):
        members = joined
    groups = [sorted(group, key=lambda a: a.rank) for group in members if group]
    return [_finished(united, scores) for united in _united(groups, scores.constraints)]


def _united(groups: list[list[Account]], decided: Constraints) -> list[list[list[Account]]]:
    """Bring whole groups together where a person said so of a report in each, and the contrary of none."""
    united = [[group] for group in groups]
    for pair in sorted(decided.same):
        ends = [next((u for u in united if _holds(u, report)), None) for report in pair]
        one, two = ends
        if one is not None and two is not None and one is not two and not _parted(one, two, decided):
            one += two
            united.remove(two)
    return united


def _holds(groups: list[list[Account]], report: str) -> bool:
    return any(account.report == report for group in groups for account in group)


def _parted(one: list[list[Account]], two: list[list[Account]], decided: Constraints) -> bool:
    first, second = ([a.report for group in groups for a in group] for groups in (one, two))
    return any(sorted_pair(a, b) in decided.different for a in first for b in second)


@dataclass(frozen=True, slots=True)
class _Between:
    """What speaks for joining two groups: the sum of scores in thousandths, and the greatest likeness of two texts."""

    total: int
    likeness: float

    def __add__(self, other: _Between) -> _Between:
        return _Between(self.total + other.total, max(self.likeness, other.likeness))


def _joins(groups: list[list[Account]], scores: Scores) -> Iterator[list[list[Account]]]:
    """Join the best two groups, again and again; yields all groups after each join, emptied ones as empty lists."""
    between = {(i, j): _between(groups[i], groups[j], scores) for j in range(len(groups)) for i in range(j)}
    queue = [entry for (i, j), found in between.items() if (entry := _entry(i, j, found, groups)) is not None]
    heapq.heapify(queue)
    while queue:
        *_, size, i, j = heapq.heappop(queue)
        if not groups[i] or not groups[j] or size != len(groups[i]) + len(groups[j]):
            continue  # one of the two has grown or gone since
        groups[i], groups[j] = groups[i] + groups[j], []
        for k in range(len(groups)):
            if k in (i, j) or not groups[k]:
                continue
            key, gone = (min(i, k), max(i, k)), (min(j, k), max(j, k))
            first, second = between[key], between.pop(gone)
            between[key] = None if first is None or second is None else first + second
            entry = _entry(*key, between[key], groups)
            if entry is not None:
                heapq.heappush(queue, entry)
        yield groups


def _between(a: list[Account], b: list[Account], scores: Scores) -> _Between | None:
    """Over all pairs between two groups; None where one pair is forbidden."""
    if any(scores.forbidden(x, y) for x in a for y in b):
        return None
    total = sum(round(scores.of(x, y).total * _THOUSANDTHS) for x in a for y in b)
    return _Between(total, max(alike(x.words, y.words) for x in a for y in b))


def _entry(
    i: int, j: int, between: _Between | None, groups: list[list[Account]]
) -> tuple[float, float, str, int, int, int] | None:
    if between is None:
        return None
    mean = between.total / (len(groups[i]) * len(groups[j]) * _THOUSANDTHS)
    if mean < weights().threshold:
        return None
    # By a hash of both names: in their own order the first name would draw all that is equal into one great group.
    names = sorted(min(a.report for a in groups[n]) for n in (i, j))
    return (-mean, -between.likeness, ids.digest(*names), len(groups[i]) + len(groups[j]), i, j)


def _finished(groups: list[list[Account]], scores: Scores) -> Cluster:
    """One incident of one group by scores, or of several that a person brought together."""
    groups = sorted(groups, key=lambda group: group[0].rank)
    leader = groups[0][0]
    links = [_best_link(account, group, scores) for group in groups for account in group[1:]]
    links += [Link(group[0].report, leader.report, _MADE_BY_HAND) for group in groups[1:]]
    accounts = sorted((a for group in groups for a in group), key=lambda a: a.rank)
    return Cluster(tuple(accounts), tuple(sorted(links, key=lambda link: link.report)))


def _best_link(account: Account, group: Sequence[Account], scores: Scores) -> Link:
    best = min((a for a in group if a is not account), key=lambda a: (-scores.of(account, a).total, a.rank))
    return Link(account.report, best.report, scores.of(account, best))
