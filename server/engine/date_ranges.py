"""Gives a range of dates as a list of them, where that provably keeps the answer and is likely to be quicker.

    ?s cko:startDate ?day . FILTER(?day >= "2016-01-01"^^xsd:date && ?day < "2017-01-01"^^xsd:date)

is the same as

    VALUES ?day { … } ?s cko:startDate ?day . FILTER(?day >= "2016-01-01"^^xsd:date && ?day < "2017-01-01"^^xsd:date)

if the list holds, once each, all objects of the property that may pass the filter: each solution has one of them, and
those that the list takes away, the filter would. The engine looks each of them up in its index, where for a filter
alone it reads all statements of the property.

Eleven queries over a million statements: a month, one statement of 200, is found in a tenth to a fifth of the time, a
year, one of fifteen, in a quarter to nine tenths; from an eighth on, some are slower. With a class, the engine may
begin with its members, so they must not be few.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgbuild.vocab import XSD
from server.engine.date_index import DateIndex, Range, day_number
from server.engine.group_patterns import Group, UnusualError, full_iri, read_body
from server.engine.insertions import Insertion
from server.sparql_text import LONGEST_KEPT, Token, tokens

MOST_TERMS = 2000
LARGEST_SHARE = 0.1
"""Of the statements of the property."""

LARGEST_SHARE_OF_CLASS = 0.5
"""As many statements may be in the range, of as many as there are members of the smallest class that is named."""

FEW_ROWS = "9999"
"""A query that wants no more, in no order, is done before it has seen much."""

_CONSTANT = re.compile(r"[\"']\d{4}-\d\d-\d\d")
OBJECT = re.compile(r":[\w-]+\s+<\w")
"""A predicate before an IRI: a constant, seen before the text is split into tokens, which takes a tenth millisecond."""

_FIRST, _LAST = ("=", ">", ">="), ("=", "<", "<=")
"""Operators before the first and the last day that pass."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """A list of days for a variable, and where it goes; `share` is that of all statements of the property."""

    position: int
    variable: str
    range: Range
    share: float


def listed(text: str, index: DateIndex) -> tuple[Insertion, ...]:
    """What makes the query quicker; nothing where that is not certain, or where the text is long."""
    if not index.dates or len(text) > LONGEST_KEPT or "\\" in text:
        return ()
    if not _CONSTANT.search(text) or OBJECT.search(text):
        return ()
    found = list(tokens(text))
    begin = next((i for i, token in enumerate(found) if token.text == "{"), len(found))
    prefixes = declared(found[:begin])
    if prefixes is None or not _reads_all(found):
        return ()
    try:
        body = read_body(found[begin:], prefixes)
    except UnusualError:
        return ()
    fewest = min((index.classes.get(name, 0) for name in body.classes), default=None)
    possible = [one for group in body.groups for one in _listings(group, prefixes, index) if _gains(one, fewest)]
    if not possible:
        return ()
    best = min(possible, key=lambda one: one.range.statements)
    return (value_list(best.position, best.variable, best.range.terms),)


def value_list(position: int, variable: str, terms: Sequence[str]) -> Insertion:
    """A list of terms for a variable; `position` is where a group begins that has it."""
    return position, f" VALUES ?{variable} {{ {' '.join(terms)} }}"


def declared(head: Sequence[Token]) -> Mapping[str, str] | None:
    """The prefixes that are declared before the body; None where one is declared twice."""
    found: dict[str, str] = {}
    for word, name, iri in zip(head, head[1:], head[2:], strict=False):
        if word.is_word("PREFIX"):
            if name.text in found:
                return None
            found[name.text] = iri.text[1:-1]
    return {name.removesuffix(":"): iri for name, iri in found.items()}


def _reads_all(found: Sequence[Token]) -> bool:
    """Whether it is a SELECT that has to see all its solutions, and that nothing from outside is joined with."""
    words = [token.text.upper() for token in found if token.depth == 0 and token.kind == "word"]
    if "SELECT" not in words or "VALUES" in words:
        return False
    limits = (number for word, number in itertools.pairwise(words) if word == "LIMIT")
    return "ORDER" in words or "GROUP" in words or all(len(number) > len(FEW_ROWS) for number in limits)


def _listings(group: Group, prefixes: Mapping[str, str], index: DateIndex) -> Iterator[_Listing]:
    for triple in group.triples:
        dates = index.dates.get(triple.predicate)
        if dates and triple.object != triple.subject:
            first, last = _limits(group, triple.object, prefixes)
            if first or last:
                within = dates.between(first, last)
                yield _Listing(group.start, triple.object, within, within.statements / dates.statements)


def _gains(listing: _Listing, fewest: int | None) -> bool:
    """`fewest` is the number of members of the smallest class that is named."""
    of_class = fewest is None or listing.range.statements <= LARGEST_SHARE_OF_CLASS * fewest
    return of_class and listing.share <= LARGEST_SHARE and len(listing.range.terms) <= MOST_TERMS


def _limits(group: Group, variable: str, prefixes: Mapping[str, str]) -> tuple[int | None, int | None]:
    """The first and the last day that pass all filters of a group, by their numbers; None where there is no end."""
    firsts, lasts = list[int](), list[int]()
    for condition in itertools.chain.from_iterable(map(_conditions, group.filters)):
        if len(condition) < 6 or not condition[0].is_variable or condition[0].name != variable:
            continue
        *operator, constant, sign, other, datatype = condition[1:]
        number = day_number(constant.text[1:-1]) if constant.kind == "string" else None
        if number is None or sign.text + other.text != "^^" or full_iri(datatype, prefixes) != XSD.date.value:
            continue
        written = "".join(token.text for token in operator)
        firsts += [number] if written in _FIRST else []
        lasts += [number] if written in _LAST else []
    return max(firsts, default=None), min(lasts, default=None)


def _conditions(expression: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What an expression joins by `&&`, all of which must be true for it to be so."""
    if len(expression) > 1 and expression[0].text == "(" and _closes(expression) == len(expression) - 1:
        yield from _conditions(expression[1:-1])
        return
    ends = [i for i, token in enumerate(expression) if token.depth == expression[0].depth and token.text == "&"]
    if any(token.depth == expression[0].depth and token.text == "|" for token in expression):
        return
    if not ends:
        yield expression
        return
    for begin, end in zip([-1, *ends], [*ends, len(expression)], strict=True):
        if begin + 1 < end:
            yield from _conditions(expression[begin + 1 : end])


def _closes(expression: Sequence[Token]) -> int:
    """The place of the bracket that closes the first one."""
    depth = expression[0].depth
    return next((i for i, token in enumerate(expression) if token.kind == "close" and token.depth == depth), -1)
