"""The full SHACL report over a graph, by pySHACL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import Quad, Triple
from rdflib.namespace import RDF, SH

from kgbuild.resources import ontology_path
from kgbuild.validation.triples import n_triples
from kgbuild.validation.violation import Violation


@dataclass(frozen=True, slots=True)
class ShaclReport:
    """What pySHACL found. `turtle` is its validation report in RDF."""

    violations: tuple[Violation, ...]
    turtle: str

    @property
    def conforms(self) -> bool:
        return not self.violations

    def text(self, language: str = "en") -> str:
        """One violation a line, in Arabic ("ar") or English ("en")."""
        return "\n".join(violation.text(language) for violation in self.violations)

    def json(self) -> str:
        """An object with `conforms` and the list of `violations`."""
        listed = [
            {"focus": v.focus, "shape": v.shape, "value": v.value, "messages": dict(v.messages)}
            for v in self.violations
        ]
        return json.dumps({"conforms": self.conforms, "violations": listed}, ensure_ascii=False, indent=2)


def validate(statements: Iterable[Quad | Triple], *, shapes: Path | None = None) -> ShaclReport:
    """Check these statements, taken as one graph, against the shapes (the shipped ones if none are given)."""
    data = rdflib.Graph().parse(data=n_triples(statements), format="nt")
    rules = rdflib.Graph().parse(shapes or ontology_path("shapes.ttl"), format="turtle")
    _, results, _ = pyshacl.validate(data, shacl_graph=rules)
    found = {(v.focus, v.shape, v.value or ""): v for v in _violations(results, rules)}
    return ShaclReport(tuple(found[key] for key in sorted(found)), results.serialize(format="turtle"))


def _violations(results: rdflib.Graph, rules: rdflib.Graph) -> Iterable[Violation]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        shape, value = results.value(result, SH.sourceShape), results.value(result, SH.value)
        said = rules.objects(shape, SH.message)
        messages = {m.language or "": str(m) for m in said if isinstance(m, rdflib.Literal)}
        focus = str(results.value(result, SH.focusNode))
        yield Violation(focus, str(shape), None if value is None else str(value), messages)
