"""When two names are one: spelling folded, article and quotes apart, a title or clitic more allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from kgbuild.language.folding import fold_key, without_article

_NOT_WORD = re.compile(r"[^\w\s]")
_SHORTEST_PART = 4


def name_keys(names: Iterable[str | None]) -> frozenset[str]:
    """The comparable forms of some names."""
    return frozenset(key for key in (_key(name) for name in names if name) if key)


def same_name(a: frozenset[str], b: frozenset[str]) -> bool:
    """Equal keys, or one held in another as whole words."""
    if a & b:
        return True
    return any(
        len(min(x, y, key=len)) >= _SHORTEST_PART and (f" {x} " in f" {y} " or f" {y} " in f" {x} ")
        for x, y in product(a, b)
    )


def _key(name: str) -> str:
    words = _NOT_WORD.sub(" ", fold_key(name)).split()
    return " ".join(map(without_article, words))
