"""Reports as merging finds them in a store: read from the articles' records as they are needed, by way of an index."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, QuerySolutions

from kgbuild.building.index import BlockIndex
from kgbuild.building.provenance import merging_version
from kgbuild.building.support import record_of
from kgbuild.merging import Account
from kgbuild.merging.blocks import asked, listed
from kgbuild.merging.records import accounts
from kgbuild.store import Store, value_of
from kgbuild.vocab import CKO, RDF

_MOST_ARTICLES = 5_000
_BETWEEN_COMMITS = 1_000
_NO_DAY = 0
_COUNT = f"SELECT (COUNT(*) AS ?count) {{ ?document {CKO.record} ?record }}"

Former = tuple[str, list[Account]]
"""An article's graph, and the reports it had when the index was last brought up to date."""


class StoredReports:
    """A neighbourhood of reports over a store. Holds a bounded number of them; make a new one when articles change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index = BlockIndex(store.scratch)
        self._articles: OrderedDict[str, list[tuple[Account, frozenset[int]]]] = OrderedDict()

    @property
    def merged_by_present_rules(self) -> bool:
        """Whether the store's reports were merged as this software would merge them."""
        return self._index.rules == merging_version()

    def begin(self) -> None:
        """Begin a new index; all articles have to be taken into it."""
        self._index.begin(merging_version())

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def bring_up_to_date(self, changed: Iterable[Former]) -> list[str]:
        """Take changed articles into the index; make it anew where it is not of this store.

        Returns the changed articles by day, so that those near in time are looked at together.
        """
        by_day: list[tuple[int, str]] = []
        for number, (graph, former) in enumerate(changed, start=1):
            self._update(graph, former)
            by_day.append((_first_day(self.of_article(graph)), graph))
            if number % _BETWEEN_COMMITS == 0:
                self._index.commit()
        self._index.commit()
        if len(self._index) != self._number_of_articles():
            self.begin()
            for quad in self._store.quads(None, CKO.record):
                self._update(value_of(quad.graph_name), [])
            self._index.commit()
        return [graph for _, graph in sorted(by_day)]

    def _update(self, graph: str, former: list[Account]) -> None:
        live = self._article(graph)
        keys = frozenset[int]().union(*(keys for _, keys in live))
        was = frozenset[int]().union(*map(listed, former))
        self._index.update(graph, was - keys, keys if live or self._exists(graph) else None)

    def _exists(self, graph: str) -> bool:
        return next(self._store.quads(None, CKO.record, None, NamedNode(graph)), None) is not None

    def _number_of_articles(self) -> int:
        rows = self._store.query(_COUNT)
        assert isinstance(rows, QuerySolutions)
        return int(next(rows)["count"].value)

    def of_article(self, graph: str) -> list[Account]:
        """The reports of the article whose graph this is; none where there is no such article."""
        return [account for account, _ in self._article(graph)]

    def _article(self, graph: str) -> list[tuple[Account, frozenset[int]]]:
        if graph in self._articles:
            self._articles.move_to_end(graph)
            return self._articles[graph]
        record = record_of(self._store, graph)
        found = self._articles[graph] = [] if record is None else [(a, listed(a)) for a in accounts(record)]
        if len(self._articles) > _MOST_ARTICLES:
            self._articles.popitem(last=False)
        return found

    def named(self, report: str) -> Account | None:
        """The report of this IRI, None where there is none (any more)."""
        quad = next(self._store.quads(NamedNode(report), RDF.type, CKO.Report), None)
        if quad is None:
            return None
        found = self.of_article(value_of(quad.graph_name))
        return next((a for a in found if a.report == report), None)

    def near(self, account: Account) -> Iterator[Account]:
        """The other reports worth comparing with this one, each once."""
        keys = asked(account)
        for graph in sorted(self._index.find(keys)):
            for other, others in self._article(graph):
                if other.report != account.report and not keys.isdisjoint(others):
                    yield other


def _first_day(found: list[Account]) -> int:
    return min((days[0] for a in found if (days := a.days) is not None), default=_NO_DAY)
