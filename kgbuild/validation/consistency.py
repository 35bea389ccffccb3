"""Whether ontology and data contradict each other, by the OWL reasoner HermiT (through owlready2, which needs Java)."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import owlready2
import pyoxigraph
from pyoxigraph import Quad, Triple

from kgbuild.errors import UsageError
from kgbuild.resources import ontology_path
from kgbuild.validation.triples import n_triples


@dataclass(frozen=True, slots=True)
class Consistency:
    """What the reasoner found: whether there is a model at all, and classes that can have no member."""

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return self.consistent and not self.unsatisfiable


def ontology_triples() -> Iterator[Triple]:
    """All triples of the ontology itself, without code lists, crosswalks and actors."""
    for quad in pyoxigraph.parse(path=ontology_path("conflict.ttl")):
        yield Triple(quad.subject, quad.predicate, quad.object)


def check(statements: Iterable[Quad | Triple]) -> Consistency:
    """Reason over these statements as one graph.

    Datatypes outside the OWL 2 map (xsd:date, geo:wktLiteral) are taken as opaque. Raises UsageError without Java.
    """
    if shutil.which("java") is None:
        raise UsageError("the reasoner HermiT needs Java: install a Java runtime, such as default-jre-headless")
    world = owlready2.World()
    try:
        world.get_ontology("urn:x-kgbuild:checked#").load(fileobj=io.BytesIO(n_triples(statements)), format="ntriples")
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
        classes = (cls for cls in world.inconsistent_classes() if cls is not owlready2.Nothing)
        return Consistency(True, tuple(sorted(cls.iri for cls in classes)))
    except owlready2.OwlReadyInconsistentOntologyError:
        return Consistency(False)
    finally:
        world.close()
