"""The fast check of `ontology/shapes.ttl`, for every batch of a build.

It compiles the part of SHACL that the shapes use: targets by class and by property, predicate and sequence paths, the
constraints of `_CONSTRAINTS`. It finds what pySHACL finds, which `kgbuild validate` runs; a test compares the two. A
shape that uses anything else is refused when it is loaded, so that nothing is left unchecked in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kgbuild.errors import UsageError
from kgbuild.resources import ontology_path
from kgbuild.validation import constraints
from kgbuild.validation.constraints import Check, Facts, Node
from kgbuild.validation.violation import Violation
from kgbuild.vocab import RDF, RDFS

SH = "http://www.w3.org/ns/shacl#"

_CONSTRAINTS: Mapping[str, Callable[[Node], Check]] = MappingProxyType(
    {
        "minCount": constraints.min_count,
        "maxCount": constraints.max_count,
        "datatype": constraints.datatype,
        "nodeKind": constraints.node_kind,
        "pattern": constraints.pattern,
        "uniqueLang": constraints.unique_lang,
        "minInclusive": constraints.min_inclusive,
        "maxInclusive": constraints.max_inclusive,
        "lessThan": constraints.less_than,
        "lessThanOrEquals": constraints.less_than_or_equals,
        "disjoint": constraints.disjoint,
    }
)
_LIST_CONSTRAINTS: Mapping[str, Callable[[list[Node]], Check]] = MappingProxyType(
    {"in": constraints.is_in, "languageIn": constraints.language_in}
)
_QUALIFIED = frozenset({"qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount"})
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")


@dataclass(frozen=True, slots=True)
class _PropertyShape:
    """The values along `path` go through every check."""

    iri: str
    path: tuple[NamedNode, ...]
    checks: tuple[Check, ...]
    messages: Mapping[str, str]

    def violations(self, focus: Node, facts: Facts) -> Iterator[Violation]:
        values: set[Node] = {focus}
        for predicate in self.path:
            values = {value for node in values for value in facts.get(node, {}).get(predicate, ())}
        for check in self.checks:
            for offending in check(values, focus, facts):
                value = offending.value if offending is not None else None
                yield Violation(focus.value, self.iri, value, self.messages)


@dataclass(frozen=True, slots=True, eq=False)
class _NodeShape:
    properties: tuple[_PropertyShape, ...]


@dataclass(slots=True)
class Shapes:
    """Compiled node shapes, by target kind and target."""

    targets: dict[str, dict[Node, list[_NodeShape]]] = field(
        default_factory=lambda: {kind: defaultdict(list) for kind in _TARGETS}
    )

    def violations(self, statements: Iterable[Quad | Triple]) -> list[Violation]:
        """What breaks a shape in these statements, taken as one graph; each once, sorted by focus and shape."""
        facts: dict[Node, dict[NamedNode, set[Node]]] = defaultdict(lambda: defaultdict(set))
        asked: dict[Node, set[_NodeShape]] = defaultdict(set)
        by_class, subjects_of, objects_of = (self.targets[kind] for kind in _TARGETS)
        for statement in statements:
            subject: Any = statement.subject
            predicate, value = statement.predicate, statement.object
            facts[subject][predicate].add(value)  # type: ignore[arg-type]
            if predicate == RDF.type and value in by_class:
                asked[subject].update(by_class[value])  # type: ignore[index]
            if predicate in subjects_of:
                asked[subject].update(subjects_of[predicate])
            if predicate in objects_of:
                asked[value].update(objects_of[predicate])  # type: ignore[index]
        found: dict[tuple[str, str, str], Violation] = {}
        for focus, shapes in asked.items():
            for shape in shapes:
                for violation in (v for p in shape.properties for v in p.violations(focus, facts)):
                    found[violation.focus, violation.shape, violation.value or ""] = violation
        return [found[key] for key in sorted(found)]


@cache
def shipped() -> Shapes:
    """The shapes of `ontology/shapes.ttl`."""
    return load(ontology_path("shapes.ttl"))


def load(path: Path) -> Shapes:
    """Compile the shapes of a Turtle file; UsageError where one uses what this check does not know."""
    reader = _Reader(pyoxigraph.parse(path=path))
    shapes = Shapes()
    for node in reader.subjects_of(RDF.type, NamedNode(SH + "NodeShape")):
        compiled = _NodeShape(tuple(reader.property_shape(p) for p in reader.all(node, "property")))
        for kind in _TARGETS:
            for target in reader.all(node, kind):
                shapes.targets[kind][target].append(compiled)
    return shapes


class _Reader:
    """The statements of a shapes file by subject and local name of the SHACL predicate."""

    def __init__(self, triples: Iterable[Any]) -> None:
        self.facts: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self.facts[triple.subject][triple.predicate.value].append(triple.object)

    def subjects_of(self, predicate: NamedNode, value: Node) -> list[Node]:
        return [node for node, said in self.facts.items() if value in said.get(predicate.value, ())]

    def all(self, node: Node, name: str) -> list[Node]:
        return self.facts[node].get(SH + name, [])

    def list(self, head: Node) -> list[Node]:
        items: list[Node] = []
        while head.value != RDF.iri + "nil":
            items += self.facts[head][RDF.iri + "first"]
            head = self.facts[head][RDF.iri + "rest"][0]
        return items

    def property_shape(self, node: Node) -> _PropertyShape:
        names = {key.removeprefix(SH) for key in self.facts[node] if not key.startswith(RDFS.iri)}
        unknown = names - {"path", "message", *_CONSTRAINTS, *_LIST_CONSTRAINTS, *_QUALIFIED}
        if unknown:
            raise UsageError(f"{node.value}: the fast check does not know {', '.join(sorted(unknown))}")
        checks = [make(value) for name, make in _CONSTRAINTS.items() for value in self.all(node, name)]
        checks += [make(self.list(v)) for name, make in _LIST_CONSTRAINTS.items() for v in self.all(node, name)]
        checks += [self.qualified(node, shape) for shape in self.all(node, "qualifiedValueShape")]
        messages = {m.language or "": m.value for m in self.all(node, "message") if isinstance(m, Literal)}
        return _PropertyShape(node.value, self.path(self.all(node, "path")[0]), tuple(checks), messages)

    def path(self, node: Node) -> tuple[NamedNode, ...]:
        steps = [node] if isinstance(node, NamedNode) else self.list(node)
        return tuple(step for step in steps if isinstance(step, NamedNode))

    def qualified(self, node: Node, shape: Node) -> Check:
        least = [int(count.value) for count in self.all(node, "qualifiedMinCount")]
        most = [int(count.value) for count in self.all(node, "qualifiedMaxCount")]
        listed = self.list(self.all(shape, "in")[0])
        return constraints.qualified(listed, least[0] if least else 0, most[0] if most else None)
