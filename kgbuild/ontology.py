"""What the ontology says of its own names, read from the Turtle files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pyoxigraph

from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, RDFS


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """The labels of every name of the ontology, by local name and language ("ar", "en")."""
    found: dict[str, dict[str, str]] = {}
    with ontology_path("conflict.ttl").open("rb") as file:
        for quad in pyoxigraph.parse(file, format=pyoxigraph.RdfFormat.TURTLE):
            name = quad.subject.value.removeprefix(CKO.iri) if isinstance(quad.subject, pyoxigraph.NamedNode) else ""
            if name in CKO and quad.predicate == RDFS.label and isinstance(quad.object, pyoxigraph.Literal):
                found.setdefault(name, {})[quad.object.language or ""] = quad.object.value
    return found
