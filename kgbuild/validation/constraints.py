"""The constraint components of SHACL that the shapes use, each as a function that yields the offending values.

Names are those of the recommendation: https://www.w3.org/TR/shacl/#core-components
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode

from kgbuild.vocab import XSD

Node = NamedNode | BlankNode | Literal
Facts = Mapping[Node, Mapping[NamedNode, set[Node]]]
Check = Callable[[set[Node], Node, Facts], Iterator[Node | None]]
"""(values, focus, facts) → the offending values; None where values are missing or too many."""

_BOOLEANS = frozenset({"true", "false", "1", "0"})
_READERS: Mapping[NamedNode, Callable[[str], object]] = MappingProxyType(
    {
        XSD.date: date.fromisoformat,
        XSD.dateTime: datetime.fromisoformat,
        XSD.integer: int,
        XSD.decimal: Decimal,
        XSD.boolean: lambda text: {True: text}[text in _BOOLEANS],
    }
)


def read(node: Node) -> object:
    """A literal's value, None where it is ill-formed or of a datatype without order."""
    if not isinstance(node, Literal) or node.datatype not in _READERS:
        return None
    try:
        return _READERS[node.datatype](node.value)
    except (ValueError, KeyError, InvalidOperation):
        return None


def min_count(least: Node) -> Check:
    return lambda values, focus, facts: iter((None,) if len(values) < int(least.value) else ())


def max_count(most: Node) -> Check:
    return lambda values, focus, facts: iter((None,) if len(values) > int(most.value) else ())


def datatype(wanted: Node) -> Check:
    """Of this datatype and well-formed."""

    def right(node: Node) -> bool:
        known = isinstance(node, Literal) and node.datatype == wanted
        return known and (wanted not in _READERS or read(node) is not None)

    return _each(right)


def node_kind(kind: Node) -> Check:
    if not kind.value.endswith("#IRI"):
        raise ValueError(f"node kind {kind.value}")
    return _each(lambda node: isinstance(node, NamedNode))


def is_in(listed: Sequence[Node]) -> Check:
    allowed = frozenset(listed)
    return _each(lambda node: node in allowed)


def pattern(expression: Node) -> Check:
    compiled = re.compile(expression.value)
    return _each(lambda node: not isinstance(node, BlankNode) and compiled.search(node.value) is not None)


def language_in(languages: Sequence[Node]) -> Check:
    """`ar` admits `ar` and `ar-Latn`."""
    wanted = tuple(language.value.lower() for language in languages)

    def right(node: Node) -> bool:
        tag = node.language if isinstance(node, Literal) else None
        return tag is not None and any(tag.lower() == w or tag.lower().startswith(f"{w}-") for w in wanted)

    return _each(right)


def unique_lang(_: Node) -> Check:
    def check(values: set[Node], focus: Node, facts: Facts) -> Iterator[Node | None]:
        tags = [value.language for value in values if isinstance(value, Literal) and value.language]
        yield from (None for tag in {t for t in tags if tags.count(t) > 1} if tag)

    return check


def min_inclusive(least: Node) -> Check:
    bound = read(least)
    return _each(lambda node: _ordered(bound, read(node)))


def max_inclusive(most: Node) -> Check:
    bound = read(most)
    return _each(lambda node: _ordered(read(node), bound))


def less_than(predicate: Node) -> Check:
    return _compared(predicate, lambda a, b: a != b and _ordered(a, b))


def less_than_or_equals(predicate: Node) -> Check:
    return _compared(predicate, _ordered)


def disjoint(predicate: Node) -> Check:
    def check(values: set[Node], focus: Node, facts: Facts) -> Iterator[Node | None]:
        yield from values & _others(facts, focus, predicate)

    return check


def qualified(listed: Sequence[Node], least: int, most: int | None) -> Check:
    """Between `least` and `most` of the values are in the list."""
    allowed = frozenset(listed)

    def check(values: set[Node], focus: Node, facts: Facts) -> Iterator[Node | None]:
        count = len(values & allowed)
        if count < least or (most is not None and count > most):
            yield None

    return check


def _each(right: Callable[[Node], bool]) -> Check:
    return lambda values, focus, facts: (value for value in values if not right(value))


def _compared(predicate: Node, right: Callable[[object, object], bool]) -> Check:
    def check(values: set[Node], focus: Node, facts: Facts) -> Iterator[Node | None]:
        others = [read(other) for other in _others(facts, focus, predicate)]
        for value in values:
            if not all(right(read(value), other) for other in others):
                yield value

    return check


def _others(facts: Facts, focus: Node, predicate: Node) -> set[Node]:
    return facts[focus].get(predicate, set()) if isinstance(predicate, NamedNode) else set()


def _ordered(low: object, high: object) -> bool:
    """Whether `low` is not above `high`; False where the two cannot be compared."""
    if isinstance(low, int | Decimal) and isinstance(high, int | Decimal):
        return low <= high
    if isinstance(low, date) and isinstance(high, date) and type(low) is type(high):
        return low <= high
    return False
