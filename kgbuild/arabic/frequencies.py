"""How often Arabic words are written, from the `wordfreq` package, under their folded spelling."""

from __future__ import annotations

from functools import cache
from math import log10
from pathlib import Path

import wordfreq

from kgbuild.arabic.normalise import fold_text

_RAREST_CENTIBELS = 750
"""Words rarer than 10^-7.5 are mostly misspellings; without them the table takes a third of a second less to load."""

_FLOOR = 1e-8


@cache
def frequency_table() -> dict[str, float]:
    """Folded word -> share of all words, spellings that fold together added up; loaded on first use, about 0.3 s."""
    path = Path(wordfreq.__file__).parent / "data" / "large_ar.msgpack.gz"
    table: dict[str, float] = {}
    for centibels, words in enumerate(wordfreq.read_cBpack(str(path))[:_RAREST_CENTIBELS]):
        share = 10 ** (-centibels / 100)
        for word in fold_text("\n".join(words)).split("\n") if words else ():
            table[word] = table.get(word, 0.0) + share
    return table


def strength(share: float) -> float:
    """A share on a logarithmic scale: 0 for an unseen word, about 6.5 for the commonest."""
    return log10(share + _FLOOR) - log10(_FLOOR)
