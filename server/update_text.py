"""Updates rewritten before they run, for what the engine does not take as an argument."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence

from pyoxigraph import NamedNode

from server.engine.guard import is_allowed
from server.sparql_text import Word, words

CLASH = "The parameters using-graph-uri and using-named-graph-uri exclude USING and WITH in the update."
_SILENT_LOAD = re.compile(r"LOAD\s+SILENT\s+(?:<([^>]*)>|\S+)(?:\s+INTO\s+GRAPH\s+(?:<[^>]*>|\S+))?", re.IGNORECASE)
_NOTHING = "DROP SILENT GRAPH <urn:kgbuild:no-such-graph>"


def with_using(text: str, default: Sequence[NamedNode], named: Sequence[NamedNode]) -> str:
    """The update with USING clauses before each outermost WHERE; ValueError if it has USING or WITH of its own.

    https://www.w3.org/TR/sparql11-protocol/#update-dataset
    """
    if any(word.text in ("USING", "WITH") for word in _outermost(text)):
        raise ValueError(CLASH)
    clauses = "".join(f"USING {iri} " for iri in default) + "".join(f"USING NAMED {iri} " for iri in named)
    parts, position = [], 0
    for before, word in itertools.pairwise(_outermost(text)):
        if word.text == "WHERE":
            parts += [text[position : word.start], _pattern_of_delete(text, before, word), clauses]
            position = word.start
    return "".join(parts) + text[position:]


def _outermost(text: str) -> Iterator[Word]:
    return (word for word in words(text) if word.depth == 0)


def _pattern_of_delete(text: str, before: Word, where: Word) -> str:
    """`DELETE WHERE { … }` takes no USING; it is short for `DELETE { … } WHERE { … }`."""
    if before.text != "DELETE" or text[before.end : where.start].strip():
        return ""
    begin = text.index("{", where.end)
    depth, position = 0, begin
    for position in range(begin, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            break
    return text[begin : position + 1] + " "


def without_silent_loads(text: str, hosts: Collection[str] = ()) -> str:
    """The update with each LOAD SILENT made an operation that does nothing, for that is what a failed one does.

    Those from `hosts` stay.

    https://www.w3.org/TR/sparql11-update/#load
    """
    starts = [word.start for word in _outermost(text) if word.text == "LOAD"]
    for start in reversed(starts):
        found = _SILENT_LOAD.match(text, start)
        if found and not is_allowed(found[1] or "", hosts):
            text = f"{text[:start]}{_NOTHING} {text[found.end() :]}"
    return text
