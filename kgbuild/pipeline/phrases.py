"""Tables of phrases, looked up token by token; the longest phrase wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar, cast

from spacy.language import Language

Payload = TypeVar("Payload")
Tokenize = Callable[[str], list[str]]
"""Splits a phrase as the document is split, into folded tokens."""


class _Tokenizer(Protocol):
    def norms(self, text: str) -> list[str]: ...


def tokenize_with(nlp: Language) -> Tokenize:
    """The function that splits a phrase as the pipeline's tokenizer does, without the cost of a `Doc`."""
    return cast("_Tokenizer", nlp.tokenizer).norms


@dataclass(slots=True)
class PhraseTable(Generic[Payload]):
    """Phrases by their first token."""

    by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = field(default_factory=dict)

    def add(self, tokens: Iterable[str], payload: Payload) -> None:
        """Add a phrase given as folded tokens; the first of two equal phrases stays first."""
        key = tuple(tokens)
        if key:
            self.by_first.setdefault(key[0], []).append((key, payload))

    def longest_at(self, norms: Sequence[str], index: int, limit: int) -> tuple[int, Payload] | None:
        """(end, payload) of the longest phrase that starts at `index` and ends at or before `limit`."""
        phrases = self.by_first.get(norms[index])
        if phrases is None:
            return None
        best: tuple[int, Payload] | None = None
        for tokens, payload in phrases:
            end = index + len(tokens)
            if end <= limit and (best is None or end > best[0]) and tuple(norms[index:end]) == tokens:
                best = (end, payload)
        return best

    def stands_in(self, norms: Sequence[str], start: int, end: int) -> bool:
        """Whether any of the phrases stands within [start, end)."""
        first = (index for index in range(start, end) if norms[index] in self.by_first)
        return any(self.longest_at(norms, index, end) is not None for index in first)

    def longest_before(self, norms: Sequence[str], index: int, floor: int) -> tuple[int, Payload] | None:
        """(start, payload) of the longest phrase that ends just before `index` and starts at or after `floor`."""
        best: tuple[int, Payload] | None = None
        for start in range(max(floor, index - 5), index):
            found = self.longest_at(norms, start, index) if norms[start] in self.by_first else None
            if found and found[0] == index:
                best = (start, found[1])
                break
        return best


def phrase_set(phrases: Iterable[str], tokenize: Tokenize) -> PhraseTable[str]:
    """A table in which each phrase stands for itself."""
    table: PhraseTable[str] = PhraseTable()
    for phrase in phrases:
        table.add(tokenize(phrase), phrase)
    return table
