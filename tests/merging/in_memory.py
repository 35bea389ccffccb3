"""Merging over reports that are all in memory: all at once, with no store and no index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kgbuild.merging import Account, Cluster, Constraints, Scores, cluster_component, component
from kgbuild.merging.blocks import asked, listed


class InMemory:
    """The neighbourhood of a set of reports."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._by_iri = {a.report: a for a in accounts}
        self._listed: dict[int, list[Account]] = defaultdict(list)
        for account in self._by_iri.values():
            for key in listed(account):
                self._listed[key].append(account)

    def named(self, report: str) -> Account | None:
        return self._by_iri.get(report)

    def all(self) -> Iterable[Account]:
        return self._by_iri.values()

    def near(self, account: Account) -> Iterator[Account]:
        """The other reports worth comparing with this one, each once."""
        seen = {account.report}
        for key in sorted(asked(account)):
            for other in self._listed.get(key, ()):
                if other.report not in seen:
                    seen.add(other.report)
                    yield other


def cluster(accounts: Iterable[Account], constraints: Constraints | None = None) -> list[Cluster]:
    """All reports, each in exactly one cluster; sorted by the rank of their first report."""
    where = InMemory(accounts)
    scores = Scores(constraints or Constraints())
    clusters: list[Cluster] = []
    done: set[str] = set()
    for account in where.all():
        if account.report not in done:
            members = component(account, where, scores)
            done |= {a.report for a in members}
            clusters += cluster_component(members, scores)
    return sorted(clusters, key=lambda c: c.accounts[0].rank)
