"""Chooses the first rows before their optional parts are looked up, where that provably keeps the answer.

    SELECT … { A OPTIONAL { B } } ORDER BY ?key LIMIT 50

has the same first rows as

    SELECT … { { SELECT * { A } ORDER BY ?key LIMIT 50 } OPTIONAL { B } } ORDER BY ?key LIMIT 50

if each key is a variable that every solution of A binds: OPTIONAL takes no row away and changes no variable that is
bound, so that the first 50 rows come of the first 50 solutions of A. The engine does not see this by itself, and looks
the optional parts up for each solution of A before it sorts.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from server.sparql_text import LONGEST_KEPT, MOST_DIGITS, Token, tokens

MOST_ROWS = 10_000

_UNCERTAIN = ("OPTIONAL", "UNION", "MINUS", "SELECT", "VALUES", "BIND", "SERVICE", "EXISTS", "LATERAL")
"""With one of these, a variable of the pattern need not be bound in all its solutions."""


def first_rows_first(text: str) -> str:
    """The query in its quicker form; as it is where it has none, or where that is not certain, or the text is long."""
    return _first_rows_first(text) if len(text) <= LONGEST_KEPT else text


@lru_cache(maxsize=512)
def _first_rows_first(text: str) -> str:
    upper = text.upper()
    if "OPTIONAL" not in upper or "LIMIT" not in upper:
        return text
    found = list(tokens(text))
    begin, end = _body(found)
    split = next((i for i in range(begin, end) if found[i].is_word("OPTIONAL") and found[i].depth == 1), end)
    order = _order(found[end + 1 :])
    if split == end or order is None or not _plain_select(found[:begin]) or not _only_optional(found[split:end]):
        return text
    bound = _bound(found[begin + 1 : split])
    if bound is None or not order.keys or not order.keys <= bound or order.rows > MOST_ROWS:
        return text
    inside, optional, behind = found[begin].end, found[split].start, found[end].end
    sorting = text[behind : order.end]
    chosen = f"{{ SELECT * WHERE {{{text[inside:optional]}}}{sorting} LIMIT {order.rows} }}"
    return f"{text[:inside]} {chosen} {text[optional:]}"


@dataclass(frozen=True, slots=True)
class _Order:
    """The variables that rows are sorted by, where that clause ends, and how many rows are wanted or skipped."""

    keys: set[str]
    end: int
    rows: int


def _body(found: Sequence[Token]) -> tuple[int, int]:
    """The outermost braces, by their places in the list; (0, 0) where there is not one pair."""
    braces = [i for i, token in enumerate(found) if token.depth == 0 and token.text in "{}"]
    return (braces[0], braces[1]) if len(braces) == 2 else (0, 0)


def _plain_select(head: Sequence[Token]) -> bool:
    """Whether the query selects variables: no expressions, no DISTINCT."""
    after = list(itertools.dropwhile(lambda token: not token.is_word("SELECT"), head))
    rows = list(itertools.takewhile(lambda token: not token.is_word("FROM", "WHERE"), after[1:]))
    return bool(rows) and all(token.is_variable or token.text == "*" for token in rows)


def _only_optional(tail: Sequence[Token]) -> bool:
    """Whether there is nothing but OPTIONAL groups."""
    outermost = [token.text.upper() for token in tail if token.depth == 1 and token.text != "."]
    return len(outermost) % 3 == 0 and outermost == ["OPTIONAL", "{", "}"] * (len(outermost) // 3)


def _order(modifiers: Sequence[Token]) -> _Order | None:
    """What stands behind the pattern, if it is ORDER BY variables, LIMIT, and perhaps OFFSET."""
    words = [token.text.upper() for token in modifiers]
    cut = next((i for i, word in enumerate(words) if word in ("LIMIT", "OFFSET")), 0)
    numbers = dict(zip(words[cut::2], words[cut + 1 :: 2], strict=False))
    if words[:2] != ["ORDER", "BY"] or len(words) != cut + 2 * len(numbers) or "LIMIT" not in numbers:
        return None
    if not numbers.keys() <= {"LIMIT", "OFFSET"} or not all(map(_is_number, numbers.values())):
        return None
    sorting = modifiers[2:cut]
    if any(not (token.is_variable or token.is_word("ASC", "DESC") or token.text in "()") for token in sorting):
        return None
    keys = {token.name for token in sorting if token.is_variable}
    return _Order(keys, sorting[-1].end if sorting else 0, sum(map(int, numbers.values())))


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) < MOST_DIGITS


def _bound(pattern: Sequence[Token]) -> set[str] | None:
    """The variables that each solution of a pattern binds; None where that or a filter's scope is not certain."""
    if any(token.is_word(*_UNCERTAIN) for token in pattern):
        return None
    bound, filtered = set[str](), set[str]()
    depth: int | None = None  # that of the filter we are in
    for token in pattern:
        if depth is None and token.is_word("FILTER"):
            depth = token.depth
        elif token.text == ")" and token.depth == depth:
            depth = None
        elif token.is_variable:
            (bound if depth is None else filtered).add(token.name)
    return bound if filtered <= bound else None
