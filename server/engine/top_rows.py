"""Chooses the first rows before their optional parts are looked up, where that provably keeps the answer.

    SELECT … { A OPTIONAL { B } } ORDER BY ?key LIMIT 50

has the same first rows as

    SELECT … { { SELECT * { A } ORDER BY ?key LIMIT 50 } LATERAL { OPTIONAL { B } } } ORDER BY ?key LIMIT 50

if each key is a variable that every solution of A binds: OPTIONAL takes no row away and changes no variable that is
bound, so that the first 50 rows come of the first 50 solutions of A. The engine does not see this by itself, and looks
the optional parts up for each solution of A before it sorts.

LATERAL (https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006/sep-0006.md) has it look B up for one row after the
other, where it would work B out for the whole graph first. That is the same if no filter in B sees a variable that its
own group does not bind, and quicker if B and A have a variable in common: 9 to 43 ms instead of 63 to 101 for five
optional parts over a million statements.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from server.engine.insertions import Insertion
from server.sparql_text import LONGEST_KEPT, MOST_DIGITS, Token, tokens

MOST_ROWS = 10_000
MOST_ROWS_ONE_BY_ONE = 2000

_UNCERTAIN = ("OPTIONAL", "UNION", "MINUS", "SELECT", "VALUES", "BIND", "SERVICE", "EXISTS", "LATERAL")
"""With one of these, a variable of the pattern need not be bound in all its solutions."""


def first_rows_first(text: str) -> tuple[Insertion, ...]:
    """What makes the query quicker; nothing where that is not certain, or where the text is long."""
    return _first_rows_first(text) if len(text) <= LONGEST_KEPT else ()


@lru_cache(maxsize=512)
def _first_rows_first(text: str) -> tuple[Insertion, ...]:
    upper = text.upper()
    if "OPTIONAL" not in upper or "LIMIT" not in upper:
        return ()
    found = list(tokens(text))
    begin, end = outermost_braces(found)
    split = next((i for i in range(begin, end) if found[i].is_word("OPTIONAL") and found[i].depth == 1), end)
    order = row_order(found[end + 1 :])
    if split == end or order is None or not plain_select(found[:begin]) or not _only_optional(found[split:end]):
        return ()
    bound = _bound(found[begin + 1 : split])
    keys = {name for name, _ in order.keys}
    if bound is None or not keys or not keys <= bound or order.seen > MOST_ROWS:
        return ()
    inside, optional, behind = found[begin].end, found[split].start, found[end].end
    chosen = f"}}{text[behind : order.end]} LIMIT {order.seen} }} "
    laterals = _one_by_one(found[split:end], bound) if order.seen <= MOST_ROWS_ONE_BY_ONE else ()
    return ((inside, " { SELECT * WHERE {"), (optional, chosen), *laterals)


def _one_by_one(optional: Sequence[Token], bound: set[str]) -> Iterator[Insertion]:
    """What has the optional parts looked up row by row."""
    ends = (i for i, token in enumerate(optional) if token.depth == 1 and token.text == "}")
    begins = (i for i, token in enumerate(optional) if token.depth == 1 and token.is_word("OPTIONAL"))
    for begin, end in zip(begins, ends, strict=True):
        own = _bound(optional[begin + 2 : end])
        if own and own & bound:
            yield optional[begin].start, "LATERAL { "
            yield optional[end].end, " }"


@dataclass(frozen=True, slots=True)
class RowOrder:
    """How rows are sorted and cut: variables with whether they descend, where ORDER BY ends, LIMIT and OFFSET."""

    keys: Sequence[tuple[str, bool]]
    end: int
    limit: int
    offset: int

    @property
    def seen(self) -> int:
        """How many rows must be known."""
        return self.limit + self.offset


def outermost_braces(found: Sequence[Token]) -> tuple[int, int]:
    """By their places in the list; (0, 0) where there is not one pair."""
    braces = [i for i, token in enumerate(found) if token.depth == 0 and token.text in "{}"]
    return (braces[0], braces[1]) if len(braces) == 2 else (0, 0)


def plain_select(head: Sequence[Token]) -> bool:
    """Whether the query selects variables: no expressions, no DISTINCT."""
    after = list(itertools.dropwhile(lambda token: not token.is_word("SELECT"), head))
    rows = list(itertools.takewhile(lambda token: not token.is_word("FROM", "WHERE"), after[1:]))
    return bool(rows) and all(token.is_variable or token.text == "*" for token in rows)


def _only_optional(tail: Sequence[Token]) -> bool:
    """Whether there is nothing but OPTIONAL groups."""
    outermost = [token.text.upper() for token in tail if token.depth == 1 and token.text != "."]
    return len(outermost) % 3 == 0 and outermost == ["OPTIONAL", "{", "}"] * (len(outermost) // 3)


def row_order(modifiers: Sequence[Token]) -> RowOrder | None:
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
    end = sorting[-1].end if sorting else 0
    return RowOrder(tuple(_keys(sorting)), end, int(numbers["LIMIT"]), int(numbers.get("OFFSET", 0)))


def _keys(sorting: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    descending = False
    for token in sorting:
        if token.is_variable:
            yield token.name, descending
        if token.kind == "word":
            descending = token.is_word("DESC")
        elif token.text == ")":
            descending = False


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) < MOST_DIGITS


def _bound(pattern: Sequence[Token]) -> set[str] | None:
    """The variables that each solution of a pattern binds.

    None where that is not certain, or where a filter sees one that its own group does not bind.
    """
    if any(token.is_word(*_UNCERTAIN) for token in pattern):
        return None
    groups = [_Seen()]
    depth: int | None = None  # that of the filter we are in
    for token in pattern:
        if token.is_variable:
            (groups[-1].bound if depth is None else groups[-1].filtered).add(token.name)
        elif depth is not None:
            depth = None if token.text == ")" and token.depth == depth else depth
        elif token.is_word("FILTER"):
            depth = token.depth
        elif token.text == "{":
            groups.append(_Seen())
        elif token.text == "}":
            inner = groups.pop()
            if not groups or not inner.filtered <= inner.bound:
                return None
            groups[-1].bound |= inner.bound
    return groups[0].bound if groups[0].filtered <= groups[0].bound else None


@dataclass(slots=True)
class _Seen:
    """The variables of a group, in its patterns and in its filters."""

    bound: set[str] = field(default_factory=set)
    filtered: set[str] = field(default_factory=set)
