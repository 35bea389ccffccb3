"""Items for what the vocabulary itself names: classes, values of code lists, and what `data/wikibase/items.tsv` adds.

A concept is known by its key: a class or status by its local name ("AirStrike"), a value by list and notation
("certainty/alleged"). One that Wikidata has, by an exact match in the ontology or in the table, is Wikidata's item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from kgbuild.export.wikibase.model import item_number
from kgbuild.export.wikibase.properties import in_languages, table
from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, CODE, GROUP_CLASS, GROUP_OF, RDFS, SKOS, STATUSES, SUPERCLASS, WD

_FILES = ("conflict.ttl", "code-lists.ttl")
_CLASSES = frozenset({*GROUP_OF, *GROUP_CLASS.values(), *STATUSES, "Entity"})
_LABELS = (RDFS.label, SKOS.prefLabel)


@dataclass(slots=True)
class Concept:
    """A class or a value; `above` is the IRI of the next wider class."""

    iri: str
    labels: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    wikidata: int | None = None
    above: str | None = None


def concept_iri(key: str) -> str:
    """The IRI of the concept that is known by `key`."""
    return f"{CKO.iri}{key}" if key in _CLASSES else f"{CODE}{key}"


@cache
def concepts() -> Mapping[str, Concept]:
    """All concepts by IRI."""
    found = {concept_iri(key): Concept(iri=concept_iri(key)) for key in sorted(_CLASSES)}
    for name in _FILES:
        for triple in pyoxigraph.parse(path=ontology_path(name)):
            iri = triple.subject.value
            if iri in found or (iri.startswith(CODE) and "/" in iri.removeprefix(CODE)):
                _learn(found.setdefault(iri, Concept(iri=iri)), triple.predicate, triple.object)
    for row in table("items.tsv"):
        concept = found.setdefault(concept_iri(row["key"]), Concept(iri=concept_iri(row["key"])))
        concept.labels |= in_languages(row, "label")
        concept.descriptions |= in_languages(row, "description")
        concept.wikidata = item_number(row["qid"]) or concept.wikidata
    for cls in _CLASSES & set(SUPERCLASS):
        found[concept_iri(cls)].above = concept_iri(SUPERCLASS[cls])
    return MappingProxyType(found)


def _learn(concept: Concept, predicate: NamedNode, value: object) -> None:
    if isinstance(value, Literal):
        language = value.language or "und"
        if predicate in _LABELS:
            concept.labels[language] = value.value
        elif predicate == SKOS.definition:
            concept.descriptions[language] = value.value
    elif predicate == SKOS.exactMatch and isinstance(value, NamedNode):
        number = item_number(value.value.removeprefix(WD))
        concept.wikidata = min(filter(None, (number, concept.wikidata)), default=None)
