"""Counts of right, wrong and missed, and the rates made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and their harmonic mean, each 0 to 1, beside the counts they come from."""

    precision: float
    recall: float
    f1: float
    right: int
    wrong: int
    missed: int


@dataclass(slots=True)
class Tally:
    """Counts by kind: "entity:place", "incident", "slot:date" …; `notes` says in words what was wrong."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, kind: str, *, right: int = 0, wrong: int = 0, missed: int = 0, note: str = "") -> None:
        self.right[kind] += right
        self.wrong[kind] += wrong
        self.missed[kind] += missed
        if note:
            self.notes.append(note)

    def take_in(self, other: Tally) -> None:
        self.right.update(other.right)
        self.wrong.update(other.wrong)
        self.missed.update(other.missed)

    def kinds(self, prefix: str = "") -> list[str]:
        return sorted({k for counts in (self.right, self.wrong, self.missed) for k in counts if k.startswith(prefix)})

    def rates(self, kinds: Iterable[str]) -> Rates:
        """The rates over several kinds together; nothing asked and nothing given is 1."""
        names = list(kinds)
        right, wrong, missed = (sum(c[k] for k in names) for c in (self.right, self.wrong, self.missed))
        precision = right / (right + wrong) if right + wrong else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        both = precision + recall
        return Rates(precision, recall, 2 * precision * recall / both if both else 0.0, right, wrong, missed)
