"""Pieces of text that are put into a query: a rewriting adds some, and takes nothing away."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import TypeAlias

Insertion: TypeAlias = tuple[int, str]
"""Where it goes, as a place in the text before all insertions, and what."""


def inserted(text: str, insertions: Iterable[Insertion]) -> str:
    """The text with all of them; those at one place in the order in which they come."""
    parts, position = list[str](), 0
    for place, piece in sorted(insertions, key=itemgetter(0)):
        parts += [text[position:place], piece]
        position = place
    return "".join(parts) + text[position:]
