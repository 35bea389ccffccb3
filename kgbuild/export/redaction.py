"""Persons' names taken out of statements, for exports with `--redact persons`.

A person or family keeps its node and its part in incidents, and loses names and links to elsewhere. In what an article
says, its names are covered wherever it was recognised, sign by sign, so that offsets still hold. A name that was not
recognised, or that stands in an address, stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild import ontology
from kgbuild.export.ordering import NameSets
from kgbuild.store import Reader
from kgbuild.vocab import CKO, OA, OWL, RDF, RDFS, SKOS

COVER = "█"

_CLASSES = ("Person", "Family")
_KIND = "redacted"
_CUT = (OA.prefix, OA.suffix, OA.exact)
"""What is cut out of a text, so that a name may be cut in two at either end."""

_NAMES = (RDFS.label, SKOS.altLabel, OWL.sameAs)


class Redactor:
    """Redacts the quads of one store; `names` is where it notes whom."""

    def __init__(self, reader: Reader, names: NameSets) -> None:
        self._reader, self._names = reader, names
        for cls in _CLASSES:
            for quad in reader.quads(None, RDF.type, CKO[cls]):
                names.add(_KIND, quad.subject.value)  # type: ignore[union-attr]

    def entities(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Quads of entities: for the names of a redacted one those of its class."""
        for quad in quads:
            if not self._is_redacted(quad.subject):
                yield quad
            elif quad.predicate not in _NAMES:
                yield quad
                if quad.predicate == RDF.type:
                    yield from _named_as_class(quad)

    def article(self, graph: NamedNode, quads: Iterable[Quad]) -> Iterator[Quad]:
        """The quads of an article's graph."""
        forms = self._forms(graph)
        for quad in self.entities(quads):
            value = self._covered(quad, forms)
            yield quad if value is None else Quad(quad.subject, quad.predicate, value, quad.graph_name)

    def _covered(self, quad: Quad, forms: tuple[str, ...]) -> Literal | None:
        """The object without names, None where there are none in it."""
        if not isinstance(quad.object, Literal):
            return None
        if quad.predicate == CKO.record:
            return Literal(self._record(quad.object.value, forms))
        covered = _cover(quad.object.value, forms)
        if quad.predicate in _CUT:
            covered = _cover_ends(covered, forms)
        if covered == quad.object.value:
            return None
        return Literal(covered, language=quad.object.language)

    def _forms(self, graph: NamedNode) -> tuple[str, ...]:
        """How the article names redacted persons, the longest first."""
        found: set[str] = set()
        for mention in self._reader.quads(None, CKO.mentionOf, None, graph):
            if self._is_redacted(mention.object):
                found.update(q.object.value for q in self._reader.quads(mention.subject, OA.exact, None, graph))  # type: ignore[union-attr]
                found.update(
                    name.object.value  # type: ignore[union-attr]
                    for predicate in (RDFS.label, SKOS.altLabel)
                    for name in self._reader.quads(mention.object, predicate)  # type: ignore[arg-type]
                )
        return tuple(sorted((form for form in found if form.strip()), key=lambda form: (-len(form), form)))

    def _record(self, record: str, forms: tuple[str, ...]) -> str:
        data = json.loads(record)
        for entity in data["entities"]:
            if self._names.has(_KIND, entity["iri"]):
                entity |= {"label": dict(ontology.labels()[entity["class"]]), "wikidata": None, "geonames": None}
        return json.dumps(_cover_all(data, forms), ensure_ascii=False)

    def _is_redacted(self, node: object) -> bool:
        return isinstance(node, NamedNode) and self._names.has(_KIND, node.value)


def _named_as_class(typed: Quad) -> Iterator[Quad]:
    cls = CKO.local(typed.object) if isinstance(typed.object, NamedNode) else None
    for language, label in ontology.labels().get(cls or "", {}).items():
        yield Quad(typed.subject, RDFS.label, Literal(label, language=language), typed.graph_name)


def _cover(text: str, forms: Iterable[str]) -> str:
    for form in forms:
        text = text.replace(form, COVER * len(form))
    return text


def _cover_ends(text: str, forms: Iterable[str]) -> str:
    """Text without the end of a name at its beginning, and without the beginning of one at its end."""
    for form in forms:
        for length in range(len(form) - 1, 1, -1):
            if text.startswith(form[-length:]):
                text = COVER * length + text[length:]
            if text.endswith(form[:length]):
                text = text[:-length] + COVER * length
    return text


def _cover_all(data: Any, forms: tuple[str, ...]) -> Any:
    """All strings within JSON without the names; keys and IRIs hold none."""
    if isinstance(data, dict):
        return {key: _cover_all(value, forms) for key, value in data.items()}
    if isinstance(data, list):
        return [_cover_all(value, forms) for value in data]
    return _cover(data, forms) if isinstance(data, str) and "://" not in data else data
