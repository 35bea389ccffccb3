"""Which reports are worth comparing: those whose days and regions touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kgbuild.merging.accounts import WIDEST_INTERVAL, Account

_TOO_WIDE = frozenset({"Country"})


def block_keys(account: Account) -> Iterator[tuple[int, str]]:
    """Day and region under which a report is listed: reports that share no key are never compared."""
    days = account.days
    if days is None:
        return
    regions = set(account.places).union(*(account.things[p].within for p in account.places))
    narrow = {r for r in regions if account.things[r].cls not in _TOO_WIDE} or regions or {""}
    for day in range(days[0], days[1] + 1):
        for region in narrow:
            yield day, region


def reach(account: Account) -> range | None:
    """The days on which a report that agrees with this one may begin; None where the report has no usable date."""
    days = account.days
    return None if days is None else range(days[0] - WIDEST_INTERVAL, days[1] + 2)


class Blocks:
    """Reports listed by day and region, to find those worth comparing."""

    def __init__(self, accounts: Iterable[Account] = ()) -> None:
        self._listed: dict[tuple[int, str], list[Account]] = defaultdict(list)
        for account in accounts:
            self.add(account)

    def add(self, account: Account) -> None:
        """List a report under all its keys."""
        for key in block_keys(account):
            self._listed[key].append(account)

    def near(self, account: Account) -> Iterator[Account]:
        """The other reports whose day and region touch those of this one, each once."""
        seen = {account.report}
        for day, region in block_keys(account):
            for touching in (day - 1, day, day + 1):
                for other in self._listed.get((touching, region), ()):
                    if other.report not in seen:
                        seen.add(other.report)
                        yield other
