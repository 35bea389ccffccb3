"""A table of phrases by their words, where a word of the text may stand for several words of the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

Payload = TypeVar("Payload")


class _Node(Generic[Payload]):
    __slots__ = ("following", "payload")

    def __init__(self) -> None:
        self.following: dict[str, _Node[Payload]] = {}
        self.payload: Payload | None = None


class Trie(Generic[Payload]):
    """Phrases of words with a payload each; the longest phrase wins. A lookup costs one dictionary access a word."""

    def __init__(self) -> None:
        self._root: _Node[Payload] = _Node()
        self._begin_none = self._root.following.keys().isdisjoint  # a call into C: it is asked of every word

    def add(self, words: Sequence[str], payload: Payload) -> None:
        """Enter a phrase; of two equal phrases the first one stays."""
        if not words:
            return
        node = self._root
        for word in words:
            node = node.following.setdefault(word, _Node())
        if node.payload is None:
            node.payload = payload

    def longest(
        self, readings: Sequence[Sequence[str]], start: int, limit: int, *, passing: str = ""
    ) -> tuple[int, Payload] | None:
        """(end, payload) of the longest phrase from `start` that ends at or before `limit`.

        `readings[i]` are the words that word i of the text may stand for; inside a phrase, `passing` is skipped.
        """
        if start >= limit or self._begin_none(readings[start]):
            return None
        best: tuple[int, Payload] | None = None
        nodes = [self._root]
        for index in range(start, limit):
            if passing and index > start and readings[index][0] == passing:
                continue
            nodes = [node.following[word] for node in nodes for word in readings[index] if word in node.following]
            if not nodes:
                break
            for node in nodes:
                if node.payload is not None:
                    best = (index + 1, node.payload)
                    break
        return best
