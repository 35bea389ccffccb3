"""Looks for the first rows by date among the first days, before it looks at all of them.

    SELECT … { ?s cko:startDate ?day … } ORDER BY DESC(?day) LIMIT 50

has the same first rows as

    SELECT … { VALUES ?day { … } ?s cko:startDate ?day … } ORDER BY DESC(?day) LIMIT 50

if the list holds the latest days of the property, and there are fifty such rows: all others are of earlier days. The
engine would make all rows and sort them. If there are fewer, a longer list is tried, or else the query as it is.

Over a million statements, the fifty latest reports that hold a word are found in 11 to 56 ms instead of 170 to 210.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.engine.date_index import DateIndex, Dates
from server.engine.date_ranges import OBJECT, declared, value_list
from server.engine.group_patterns import Body, UnusualError, read_body
from server.engine.insertions import Insertion
from server.engine.top_rows import RowOrder, outermost_braces, plain_select, row_order
from server.sparql_text import LONGEST_KEPT, tokens

MOST_ROWS = 500
FIRST_SHARE, LARGEST_SHARE = 1 / 32, 1 / 4
"""Of the statements of the property: a list that is too short is tried in vain."""

MARGIN = 1.5
"""How much longer a second list is than the rows of the first one ask for."""


@dataclass(frozen=True, slots=True)
class FirstByDate:
    """A query for its first `rows` by the values of a variable, which are `dates`; a list may stand at `position`."""

    position: int
    variable: str
    dates: Dates
    descending: bool
    rows: int

    def list_of(self, share: float) -> Insertion:
        """The first days, which so much of the statements have."""
        days = self.dates.first(int(share * self.dates.statements), latest=self.descending)
        return value_list(self.position, self.variable, days)

    def longer(self, share: float, rows: int) -> float:
        """What share to try where one had so many rows."""
        return share * max(2.0, MARGIN * self.rows / max(rows, 1))


def first_by_date(text: str, index: DateIndex) -> FirstByDate | None:
    """None where it asks for something else, or that is not certain, or a list is of no use."""
    if not index.dates or len(text) > LONGEST_KEPT or "\\" in text or OBJECT.search(text):
        return None
    upper = text.upper()
    if "ORDER" not in upper or "LIMIT" not in upper:
        return None
    found = list(tokens(text))
    begin, end = outermost_braces(found)
    order, prefixes = row_order(found[end + 1 :]), declared(found[:begin])
    if not end or order is None or not order.keys or prefixes is None or not plain_select(found[:begin]):
        return None
    try:
        body = read_body(found[begin : end + 1], prefixes)
    except UnusualError:
        return None
    return _chosen(body, order, index)


def _chosen(body: Body, order: RowOrder, index: DateIndex) -> FirstByDate | None:
    variable, descending = order.keys[0]
    fewest = min((index.classes.get(name, 0) for name in body.classes), default=None)
    for group in body.groups:
        for triple in group.triples if group.joined else ():
            dates = index.dates.get(triple.predicate)
            if not dates or not dates.sortable or triple.object != variable or triple.subject == variable:
                continue
            seen = FIRST_SHARE * dates.statements
            if order.seen <= min(seen, MOST_ROWS) and (fewest is None or seen <= fewest):
                return FirstByDate(group.start, variable, dates, descending, order.limit)
    return None
