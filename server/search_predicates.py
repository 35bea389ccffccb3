"""Properties that ask the catalogue's indexes from within SPARQL; see docs/sparql.md.

    ?place search:label "حلب" .      becomes      VALUES ?place { <…> <…> } .

before the query reaches the engine, which then starts from the few things that were found.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import NamedNode

from kgbuild.geography import kilometres
from server.catalogue.catalogue import Tables
from server.engine.functions import NAMESPACE
from server.sparql_text import Token, tokens
from server.word_keys import match_pattern

MOST_FOUND = 1000
LONGEST_TEXT = 200_000

_TEXT = "SELECT iri FROM incident WHERE number IN (SELECT incident FROM words WHERE words MATCH ?) LIMIT ?"
_BOX = "SELECT iri, longitude, latitude FROM place_point WHERE west <= ? AND east >= ? AND south <= ? AND north >= ?"
_KM_PER_DEGREE = 111.2
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


class SearchError(ValueError):
    """A use of a search property that cannot be understood; the text says which and what would be."""


def expand(text: str, tables: Callable[[], Tables]) -> str:
    """The query with each search property answered; SearchError where one stands in a place where it cannot be."""
    if NAMESPACE not in text:
        return text
    if len(text) > LONGEST_TEXT:
        raise SearchError(f"a query that searches may have {LONGEST_TEXT:,} characters")
    found = list(tokens(text))
    names = _names(found)
    parts, position = [], 0
    for i, token in enumerate(found):
        if (search := SEARCHES.get(names(token))) and not _is_text(found, i + 1, "("):
            _check(found, i)
            iris = search(tables(), _string(found[i + 1].text))
            subject = found[i - 1]
            values = f"VALUES {subject.text} {{ {' '.join(str(NamedNode(iri)) for iri in iris)} }}"
            parts += [text[position : subject.start], values]
            position = found[i + 1].end
            if _is_text(found, i + 2, ";"):
                parts.append(f" {subject.text}")
                position = found[i + 2].end
    return "".join(parts) + text[position:]


def _names(found: Sequence[Token]) -> Callable[[Token], str]:
    """What a token names in our namespace; an empty string for one that is not ours."""
    declared = zip(found, found[1:], found[2:], strict=False)
    ours = {p.text for word, p, iri in declared if word.is_word("PREFIX") and iri.text == f"<{NAMESPACE}>"}

    def name(token: Token) -> str:
        if token.kind == "iri":
            return token.text[1:-1].removeprefix(NAMESPACE) if token.text.startswith(f"<{NAMESPACE}") else ""
        prefix, colon, local = token.text.partition(":")
        return local if token.kind == "other" and prefix + colon in ours else ""

    return name


def _check(found: Sequence[Token], place: int) -> None:
    before, subject = found[max(place - 2, 0)], found[max(place - 1, 0)]
    begins = before.text in ("{", "}", ".") or before.kind == "word"
    ends = any(_is_text(found, place + 2, end) for end in (".", ";", "}")) or (
        place + 2 < len(found) and found[place + 2].kind == "word"
    )
    if not (begins and ends and subject.is_variable and found[place + 1].kind == "string"):
        raise SearchError(f'{found[place].text}: write it as a statement of its own: ?thing {found[place].text} "…" .')


def _is_text(found: Sequence[Token], place: int, text: str) -> bool:
    return place < len(found) and found[place].text == text


def _string(token: str) -> str:
    quotes = 3 if token[:3] in ('"""', "'''") and len(token) >= 6 else 1
    return _ESCAPE.sub(lambda escape: _ESCAPED.get(escape[1], escape[1]), token[quotes:-quotes])


def _by_label(tables: Tables, text: str) -> list[str]:
    return [hit.iri for hit in tables.find(text, MOST_FOUND)]


def _by_text(tables: Tables, text: str) -> list[str]:
    pattern = match_pattern(text)
    return [row["iri"] for row in tables.rows(_TEXT, (pattern, MOST_FOUND))] if pattern else []


def _by_box(tables: Tables, text: str) -> list[str]:
    west, south, east, north = _numbers(text, "west south east north")
    rows = tables.rows(_BOX, (east, west, north, south))
    return [r["iri"] for r in rows if west <= r["longitude"] <= east and south <= r["latitude"] <= north]


def _by_distance(tables: Tables, text: str) -> list[str]:
    longitude, latitude, radius = _numbers(text, "longitude latitude kilometres")
    high = radius / _KM_PER_DEGREE
    wide = high / max(math.cos(math.radians(min(abs(latitude) + high, 89))), 0.01)
    rows = tables.rows(_BOX, (longitude + wide, longitude - wide, latitude + high, latitude - high))
    away = ((kilometres((longitude, latitude), (r["longitude"], r["latitude"])), r["iri"]) for r in rows)
    return [iri for distance, iri in sorted(away) if distance <= radius]


def _numbers(text: str, names: str) -> list[float]:
    try:
        found = [float(part) for part in text.replace(",", " ").split()]
    except ValueError:
        found = []
    if len(found) != len(names.split()) or not all(map(math.isfinite, found)):
        raise SearchError(f"{text[:80]!r}: write the numbers as {names!r}")
    return found


SEARCHES: Mapping[str, Callable[[Tables, str], list[str]]] = {
    "label": _by_label,
    "text": _by_text,
    "within": _by_box,
    "near": _by_distance,
}
"""The IRIs that each property finds."""
