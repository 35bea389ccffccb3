"""What terms and codes are called, in both languages: those of the ontology, and those of others that it uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, CODE, RDFS, SKOS

_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OF_OTHERS = Path(__file__).resolve().parent / "data" / "terms-of-others.ttl"


@lru_cache(maxsize=1)
def ontology() -> tuple[Quad, ...]:
    """All statements of the ontology and its code lists."""
    files = sorted(ontology_path().glob("*.ttl"))
    wanted = [path for path in files if path.name not in ("actors.ttl", "shapes.ttl")]
    return tuple(quad for path in wanted for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE))


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for quad in (*ontology(), *pyoxigraph.parse(path=str(_OF_OTHERS), format=RdfFormat.TURTLE)):
        named = quad.predicate in (RDFS.label, SKOS.prefLabel) and isinstance(quad.subject, NamedNode)
        if named and isinstance(quad.object, Literal):
            found.setdefault(quad.subject.value, {})[quad.object.language or ""] = quad.object.value
    return found


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """The IRI of what a code of our own lists stands for; where two have the same code, the first."""
    lists = pyoxigraph.parse(path=str(ontology_path() / "code-lists.ttl"), format=RdfFormat.TURTLE)
    notations = [quad for quad in lists if quad.predicate == SKOS.notation]
    return {quad.object.value: quad.subject.value for quad in reversed(notations)}


def term_label(iri: str, language: str) -> str:
    """The label of a class or property; its local name in words where it has none."""
    labels = _labels().get(iri, {})
    if language in labels:
        return labels[language]
    name = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return labels.get("en") or _WORDS.sub(" ", name).lower()


def is_labelled(iri: str, language: str) -> bool:
    """Whether the term has a label in this language."""
    return language in _labels().get(iri, {})


def code_label(code: str, language: str) -> str | None:
    """The label of a code or of a bare local name of ours, as answers give them; None for any other word."""
    known = (CKO.iri + code, _codes().get(code, ""))
    return next((term_label(iri, language) for iri in known if is_labelled(iri, language)), None)


def list_label(iri: str, language: str) -> str | None:
    """The label of the list of codes, or of the codebook, that a code is of; None for what is no code."""
    folder = iri.rpartition("/")[0]
    return term_label(folder, language) if iri.startswith(CODE) and is_labelled(folder, language) else None


def class_label(name: str, language: str) -> str:
    """The label of one of our classes by its local name."""
    return term_label(CKO.iri + name, language)
