"""Reports as merging finds them in a store: read from the articles' records, a day at a time, as they are needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode

from kgbuild.building.support import record_of
from kgbuild.merging import Account
from kgbuild.merging.accounts import GUESSED_DAYS
from kgbuild.merging.blocks import Blocks, reach
from kgbuild.merging.records import accounts
from kgbuild.store import Reader
from kgbuild.vocab import CKO, DCTERMS, RDF, XSD

_MOST_LISTED = 20_000
_MOST_ARTICLES = 5_000
_LAST_DAY = date.max.toordinal()


class StoredReports:
    """A neighbourhood of reports over a store. Holds a bounded number of them; make a new one when articles change."""

    def __init__(self, store: Reader) -> None:
        self._store = store
        self._articles: OrderedDict[str, list[Account]] = OrderedDict()
        self._forget()

    def _forget(self) -> None:
        self._blocks, self._days, self._listed = Blocks(), set[int](), 0

    def of_article(self, graph: str) -> list[Account]:
        """The reports of the article whose graph this is; none where there is no such article."""
        if graph in self._articles:
            self._articles.move_to_end(graph)
            return self._articles[graph]
        record = record_of(self._store, graph)
        found = self._articles[graph] = [] if record is None else accounts(record)
        if len(self._articles) > _MOST_ARTICLES:
            self._articles.popitem(last=False)
        return found

    def named(self, report: str) -> Account | None:
        """The report of this IRI, None where there is none (any more)."""
        quad = next(self._store.quads(NamedNode(report), RDF.type, CKO.Report), None)
        if quad is None:
            return None
        found = self.of_article(quad.graph_name.value)  # type: ignore[union-attr]
        return next((a for a in found if a.report == report), None)

    def near(self, account: Account) -> Iterator[Account]:
        """The other reports worth comparing with this one, each once."""
        days = reach(account)
        if days is None:
            return iter(())
        if self._listed > _MOST_LISTED:
            self._forget()
        for day in days:
            if day not in self._days and 0 < day <= _LAST_DAY:
                self._list(day)
        return self._blocks.near(account)

    def _list(self, day: int) -> None:
        """List the reports that begin on a day."""
        self._days.add(day)
        for graph in sorted(self._graphs(day)):
            for account in self.of_article(graph):
                days = account.days
                if days is not None and days[0] == day:
                    self._blocks.add(account)
                    self._listed += 1

    def _graphs(self, day: int) -> set[str]:
        """The graphs of the articles that may hold a report beginning on this day."""
        begins = Literal(date.fromordinal(day).isoformat(), datatype=XSD.date)
        quads = [*self._store.quads(None, CKO.startDate, begins), *self._store.quads(None, CKO.endDate, begins)]
        if day + GUESSED_DAYS <= _LAST_DAY:
            issued = Literal(date.fromordinal(day + GUESSED_DAYS).isoformat(), datatype=XSD.date)
            quads += self._store.quads(None, DCTERMS.issued, issued)
        return {quad.graph_name.value for quad in quads}  # type: ignore[union-attr]
