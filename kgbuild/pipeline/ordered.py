"""Records of a document by where they stand, so that a sentence finds its own without looking at all others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Generic, TypeVar

Record = TypeVar("Record")


class Ordered(Generic[Record]):
    """The records in the order of the token that `at` gives, by default their first."""

    def __init__(self, records: Iterable[Record], at: Callable[[Record], Any] = attrgetter("start")) -> None:
        self._records = sorted(records, key=at)
        self._places: list[int] = [at(record) for record in self._records]

    def within(self, start: int, end: int) -> list[Record]:
        """Those that stand in [start, end)."""
        return self._records[bisect_left(self._places, start) : bisect_left(self._places, end)]
