"""What the ontology calls its own terms, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, RDFS

_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=1)
def ontology() -> tuple[Quad, ...]:
    """All statements of the ontology and its code lists."""
    files = sorted(ontology_path().glob("*.ttl"))
    wanted = [path for path in files if path.name not in ("actors.ttl", "shapes.ttl")]
    return tuple(quad for path in wanted for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE))


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for quad in ontology():
        if quad.predicate == RDFS.label and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            found.setdefault(quad.subject.value, {})[quad.object.language or ""] = quad.object.value
    return found


def term_label(iri: str, language: str) -> str:
    """The label of a class or property; its local name in words where it has none."""
    labels = _labels().get(iri, {})
    if language in labels:
        return labels[language]
    name = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return labels.get("en") or _WORDS.sub(" ", name).lower()


def class_label(name: str, language: str) -> str:
    """The label of one of our classes by its local name."""
    return term_label(CKO.iri + name, language)
