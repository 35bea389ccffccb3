"""Answers that are kept for who asks the same again, and which may be."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from server.engine.functions import NAMESPACE
from server.sparql_text import QueryOutline, outline

Kind = TypeVar("Kind")

_HINTS = ("RAND", "NOW", "UUID", "BNODE", "SERVICE", NAMESPACE.upper(), "\\U")
"""One of these is in whatever may change, and found in a moment; an escape may hide letters of a keyword."""


def is_volatile(text: str, found: QueryOutline | None = None) -> bool:
    """Whether a query may be answered otherwise over the same snapshot; `found` is its outline, where that is known.

    What searches is, too: it asks the catalogue, which may be of another snapshot.
    """
    upper = text.upper()
    if not any(hint in upper for hint in _HINTS):
        return False
    return (found or outline(text)).changing or NAMESPACE in text or "\\U" in upper


class Kept(Generic[Kind]):
    """What was asked last over the newest snapshot; what comes of older ones is never asked for again. Thread-safe.

    `size` is what all may weigh together, in the unit that `put` is told weights in.
    """

    def __init__(self, size: int) -> None:
        self._size, self._used, self._snapshot = size, 0, 0
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, tuple[Kind, int]] = OrderedDict()

    def get(self, snapshot: int, key: Hashable) -> Kind | None:
        with self._lock:
            found = self._answers.get(key) if snapshot == self._snapshot else None
            if found is None:
                return None
            self._answers.move_to_end(key)
            return found[0]

    def put(self, snapshot: int, key: Hashable, answer: Kind, weight: int) -> None:
        """Keep an answer over `snapshot`; the first of a newer one takes the place of all that there are."""
        with self._lock:
            if snapshot > self._snapshot:
                self._answers.clear()
                self._used, self._snapshot = 0, snapshot
            if snapshot < self._snapshot or key in self._answers or weight > self._size:
                return
            self._answers[key] = answer, weight
            self._used += weight
            while self._used > self._size:
                self._used -= self._answers.popitem(last=False)[1][1]
