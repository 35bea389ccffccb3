"""How often Arabic words are written, from the `wordfreq` package, under their folded spelling."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.util import find_spec
from math import log10
from pathlib import Path

from kgbuild.language.folding import fold_text
from kgbuild.resources import package_path
from kgbuild.table_cache import cached_table

_RAREST_CENTIBELS = 750
"""Words rarer than 10^-7.5 are mostly misspellings; without them the table takes half as long to load."""

_FLOOR = 1e-8


@cache
def frequency_table() -> dict[str, float]:
    """Folded word -> share of all words, spellings that fold together added up; loaded on first use, about 0.1 s."""
    path = _word_list()
    modules = (package_path("arabic", "frequencies.py"), package_path("language", "folding.py"))
    return cached_table("arabic-frequencies", (path, *modules), lambda: _folded(path))


def _word_list() -> Path:
    """The package's file; importing the package would take longer than reading it."""
    spec = find_spec("wordfreq")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "data" / "large_ar.msgpack.gz"


def _folded(path: Path) -> dict[str, float]:
    """The lists of the file, a list of words for each hundredth of a power of ten, made one table."""
    import msgpack

    with gzip.open(path) as file:
        header, *lists = msgpack.load(file)
    if header.get("format") != "cB" or header.get("version") != 1:
        raise ValueError(f"{path}: unknown format {header}; kgbuild needs another version of wordfreq")
    table: dict[str, float] = {}
    for centibels, words in enumerate(lists[:_RAREST_CENTIBELS]):
        share = 10 ** (-centibels / 100)
        for word in fold_text("\n".join(words)).split("\n") if words else ():
            table[word] = table.get(word, 0.0) + share
    return table


def strength(share: float) -> float:
    """A share on a logarithmic scale: 0 for an unseen word, about 6.5 for the commonest."""
    return log10(share + _FLOOR) - log10(_FLOOR)
