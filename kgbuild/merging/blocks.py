"""Which reports are worth comparing.

A report that knows its days is found by day and region: its places, the places around them but for countries, and their
names, for the same village may bear several IRIs. One that does not know its days is found by its place, or by its
article's words. A key is a number of 64 bits; two reports are compared where one asks for a key under which the other
is listed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from kgbuild.merging.accounts import Account
from kgbuild.merging.fingerprint import bands

_TOO_WIDE = frozenset({"Country"})
_WIDE = frozenset({"Country", "Governorate"})


def listed(account: Account) -> frozenset[int]:
    """The keys under which others find a report."""
    days = account.days
    if days is None:
        return _keys(("undated", key) for key in _timeless(account))
    dated = _keys(("dated", key) for key in _timeless(account))
    return dated | _by_day(range(days[0], days[1] + 1), account)


def asked(account: Account) -> frozenset[int]:
    """The keys that a report asks for: its days and those beside them, and reports without days at its place."""
    days = account.days
    undated = _keys(("undated", key) for key in _timeless(account))
    if days is None:
        return undated | _keys(("dated", key) for key in _timeless(account))
    return undated | _by_day(range(days[0] - 1, days[1] + 2), account)


def _by_day(days: Iterable[int], account: Account) -> frozenset[int]:
    regions = _regions(account)
    return _keys((str(day), region) for day in days for region in regions)


def _keys(texts: Iterable[tuple[str, str]]) -> frozenset[int]:
    return frozenset(
        int.from_bytes(hashlib.blake2b(f"{kind} {key}".encode(), digest_size=8).digest(), "big", signed=True)
        for kind, key in texts
    )


def _regions(account: Account) -> set[str]:
    """Places and what is around them, by IRI and, near ones, by name; "" for a report without places."""
    regions = set(account.places).union(*(account.things[p].within for p in account.places))
    narrow = {r for r in regions if account.things[r].cls not in _TOO_WIDE} or regions
    return narrow | set(_names(account)) or {""}


def _names(account: Account) -> Iterator[str]:
    for place in account.places:
        thing = account.things[place]
        if thing.cls not in _WIDE:
            yield from thing.names


def _timeless(account: Account) -> set[str]:
    return {*account.places, *_names(account), *bands(account.words)}
