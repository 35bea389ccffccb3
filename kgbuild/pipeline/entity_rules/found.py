"""What the rules propose, and which of the proposals stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from kgbuild.vocab import GROUP_OF


@dataclass(frozen=True, slots=True)
class Found:
    """A proposed mention over view words `start` to `end`; fields as in `EntityMention`.

    `rank` decides between proposals of equal length, higher first. `open` proposals may hold others (جامع حي السباهية
    holds حي السباهية). `name` is the entity's name where the words of the mention do not give it.
    """

    start: int
    end: int
    cls: str
    key: str | None = None
    head: str | None = None
    generic: bool = False
    confidence: float = 0.9
    rank: int = 1
    open: bool = False
    name: str | None = None

    @property
    def group(self) -> str:
        return GROUP_OF[self.cls]


class Rule(Protocol):
    """Reads a document's view and proposes mentions."""

    def __call__(self, start: int) -> Iterable[Found]: ...


def settle(found: Iterable[Found], size: int) -> list[Found]:
    """The proposals that stand, in order of the text: the longer first, then by rank; others only inside open ones.

    `size` is the number of words. Takes time in proportion to the words that the proposals cover.
    """
    owner: list[Found | None] = [None] * size
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, -f.rank, f.start)):
        owners = owner[one.start : one.end]
        holder = owners[0]
        inside = all(o is holder for o in owners)
        if not inside or (holder is not None and not _may_hold(holder, one)):
            continue
        kept.append(one)
        owner[one.start : one.end] = [one] * (one.end - one.start)
    return sorted(kept, key=lambda f: (f.start, -f.end))


def _may_hold(outer: Found, inner: Found) -> bool:
    shorter = inner.end - inner.start < outer.end - outer.start
    if outer.head == "ريف" and inner.cls != "City":
        return False
    return (
        outer.open
        and shorter
        and (inner.group in ("place", "actor") or (inner.cls == "Airport" and outer.group == "place"))
    )
