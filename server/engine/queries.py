"""The server's own queries: files of `server/queries`, with `$placeholders` for terms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

QUERIES = Path(__file__).resolve().parent.parent / "queries"

Argument: TypeAlias = NamedNode | Literal | int | Sequence[NamedNode]


def filled(name: str, terms: Mapping[str, Argument]) -> str:
    """The text of a query of ours; its `$name` are replaced by terms as SPARQL writes them, several with blanks."""
    return re.sub(r"\$(\w+)", lambda found: _written(terms[found[1]]), _text(name))


def _written(argument: Argument) -> str:
    if isinstance(argument, int):
        return str(argument)
    return str(argument) if isinstance(argument, NamedNode | Literal) else " ".join(map(str, argument))


@lru_cache(maxsize=128)
def _text(name: str) -> str:
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
