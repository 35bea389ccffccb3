"""Persons' names taken out of statements, for exports with `--redact persons`.

A person or family keeps its class, its part in incidents and its relations, under another IRI: its own follows from its
name, or holds it. In what an article says its names are covered, and so is each word of them that the article does not
also use to name something that the lists know. A name of several words is covered in every article. What would give
names away goes: hashes of the text, the words around a quote, addresses that hold a name, what people decided and why.
A name that was not recognised anywhere stays, and whoever has the article can read it there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild import ids, ontology
from kgbuild.export.covering import Cover, NameIndex, covered, words
from kgbuild.export.ordering import NameSets
from kgbuild.export.pseudonyms import Pseudonyms
from kgbuild.store import Reader, value_of
from kgbuild.vocab import CKO, DCTERMS, OA, RDF, RDFS, SCHEMA, SKOS, XSD

_CLASSES = ("Person", "Family")
_KIND = "redacted"
_NAMES = (RDFS.label, SKOS.altLabel, CKO.transliteration)
_TELLTALE = (CKO.contentHash, OA.prefix, OA.suffix)
"""What names can be tried out on, and what may hold half of one."""

_TEXTS = frozenset((f"{XSD.iri}string", f"{RDF.iri}langString", XSD.anyURI.value))
_RECORD = ("document", "mentions", "entities", "incidents", "relations", "run", "retrieved")
"""The parts of a record that stay: the others are hashes of the text."""

_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+")
_LEAST_WORD = 3
"""Letters of a word of a name that is covered where it stands alone."""

_REMEMBERED = 5_000


class Redactor:
    """Redacts the quads of one store; `names` is where it notes whom, and how they are called."""

    def __init__(self, reader: Reader, names: NameSets) -> None:
        self._reader, self._noted = reader, names
        self._index = NameIndex(names)
        self._pseudonyms = Pseudonyms(reader)
        self._entities, self._incidents = f"{reader.base}entity/", f"{reader.base}incident/"
        self._own_words = lru_cache(_REMEMBERED)(self._own_words_of)
        self._words_around = lru_cache(_REMEMBERED)(self._words_around_of)
        for cls in _CLASSES:
            for quad in reader.quads(None, RDF.type, CKO[cls]):
                if names.add(_KIND, value_of(quad.subject)):
                    for form in self._called(quad.subject):  # type: ignore[arg-type]
                        self._index.add(words(form))

    def quads(self, quads: Iterable[Quad], *, article: NamedNode | None = None) -> Iterator[Quad]:
        """The quads without names; `article` is the graph of the article that says them."""
        own = self._own_words(article.value) if article else frozenset[str]()
        for quad in quads:
            if self._is_redacted(_above(quad.subject)):
                yield from self._of_person(quad)
            elif not self._gives_away(quad):
                yield self._covered(quad, own)

    def _of_person(self, quad: Quad) -> Iterator[Quad]:
        """What stays of a redacted person: the class, named as the person, and links to others of our entities."""
        subject = self._other(quad.subject)
        if quad.predicate == RDF.type and isinstance(quad.object, NamedNode) and (cls := CKO.local(quad.object)):
            yield Quad(subject, RDF.type, quad.object, quad.graph_name)
            for language, label in ontology.labels().get(cls, {}).items():
                yield Quad(subject, RDFS.label, Literal(label, language=language), quad.graph_name)
        elif self._is_entity(quad.object):
            yield Quad(subject, quad.predicate, self._other(quad.object), quad.graph_name)

    def _gives_away(self, quad: Quad) -> bool:
        """Whether a statement gives names away, or which persons were thought of."""
        if quad.predicate == CKO.candidate:
            listed = next(self._reader.quads(quad.subject, CKO.entity), None)
            return listed is not None and self._is_redacted(listed.object)
        below = self._is_redacted(_above(quad.object)) and not self._is_redacted(quad.object)
        return below or quad.predicate in _TELLTALE

    def _covered(self, quad: Quad, own: frozenset[str]) -> Quad:
        value = self._value(quad, own)
        return quad if value is quad.object else Quad(quad.subject, quad.predicate, value, quad.graph_name)

    def _value(self, quad: Quad, own: frozenset[str]) -> Any:
        """The object without names, itself where there are none in it."""
        value = quad.object
        if isinstance(value, NamedNode):
            named = self._cover(quad, own).address(value.value) if quad.predicate == SCHEMA.url else None
            return NamedNode(named) if named else self._other(value)
        if not isinstance(value, Literal) or value.datatype.value not in _TEXTS or self._is_listed(quad.subject):
            return value
        if quad.predicate == CKO.record:
            return Literal(self._record(value.value, own))
        cover = self._cover(quad, own)
        text = cover.address if _URL.fullmatch(value.value) else partial(cover.text, cut=quad.predicate == OA.exact)
        return _like(value, text(value.value))

    def _cover(self, quad: Quad, own: frozenset[str]) -> Cover:
        """What covers names in a statement, by the articles that it is from."""
        subject = value_of(quad.subject)
        if quad.predicate == DCTERMS.publisher:
            return Cover(None, own)  # what was taken for a person in one article publishes others
        if subject.startswith(self._entities):
            return Cover(self._index, self._words_around(CKO.mentionOf, _above(quad.subject)))
        if subject.startswith(self._incidents):
            return Cover(self._index, self._words_around(CKO.describes, quad.subject))
        return Cover(self._index, own)

    def _words_around_of(self, predicate: NamedNode, node: NamedNode) -> frozenset[str]:
        """The words that are covered in any of the articles that mention or describe something."""
        graphs = {value_of(quad.graph_name) for quad in self._reader.quads(None, predicate, node)}
        return frozenset().union(*map(self._own_words, graphs))

    def _own_words_of(self, graph: str) -> frozenset[str]:
        """The words that are covered where they stand alone in an article."""
        whole, parts, known = set[str](), set[str](), set[str]()
        for mention in self._reader.quads(None, CKO.mentionOf, None, NamedNode(graph)):
            if self._is_redacted(mention.object):
                for name in map(words, self._called(mention.object)):  # type: ignore[arg-type]
                    (whole if len(name) == 1 else parts).update(name)
            elif not ids.is_unknown_entity(value_of(mention.object)):
                known.update(*map(words, self._exact(mention.subject)))  # type: ignore[arg-type]
        return frozenset(whole | {word for word in parts - known if len(word) >= _LEAST_WORD})

    def _called(self, person: NamedNode) -> set[str]:
        """Everything that a person is called."""
        found = {value_of(q.object) for name in _NAMES for q in self._reader.quads(person, name)}
        for mention in self._reader.quads(None, CKO.mentionOf, person):
            found |= self._exact(mention.subject)  # type: ignore[arg-type]
        return found

    def _exact(self, mention: NamedNode) -> set[str]:
        return {value_of(quad.object) for quad in self._reader.quads(mention, OA.exact)}

    def _record(self, record: str, own: frozenset[str]) -> str:
        data = json.loads(record)
        redacted = {entity["id"] for entity in data["entities"] if self._noted.has(_KIND, entity["iri"])}
        for entity in data["entities"]:
            if entity["id"] in redacted:
                entity |= {"label": dict(ontology.labels()[entity["class"]]), "point": None, "candidates": []}
                entity |= {"wikidata": None, "geonames": None, "iri": self._other(NamedNode(entity["iri"])).value}
        for mention in data["mentions"]:
            if mention["entity"] in redacted:
                mention["text"] = covered(mention["text"])
        cover = Cover(self._index, own)
        kept = {part: data[part] for part in _RECORD if part in data}
        return json.dumps(_cover_all(kept, cover, self._reader.base), ensure_ascii=False)

    def _is_redacted(self, node: object) -> bool:
        return isinstance(node, NamedNode) and self._noted.has(_KIND, node.value)

    def _is_listed(self, node: object) -> bool:
        """Whether a node is an entity of our lists, whose names are not an article's."""
        return (
            isinstance(node, NamedNode)
            and node.value.startswith(self._entities)
            and not ids.is_unknown_entity(_above(node).value)
        )

    def _is_entity(self, node: object) -> bool:
        return isinstance(node, NamedNode) and node.value.startswith(self._entities) and "#" not in node.value

    def _other(self, node: Any) -> Any:
        """The IRI under which a redacted person stands, any other node itself."""
        return NamedNode(self._pseudonyms.iri(node.value)) if self._is_redacted(node) else node


def _above(node: Any) -> NamedNode:
    """The node that another one is named below, else itself."""
    if not isinstance(node, NamedNode):
        return node  # type: ignore[no-any-return]
    return NamedNode(node.value.partition("#")[0])


def _like(value: Literal, text: str) -> Literal:
    """Other text, of the same language or datatype."""
    if text == value.value:
        return value
    return Literal(text, language=value.language) if value.language else Literal(text, datatype=value.datatype)


def _cover_all(data: Any, cover: Cover, base: str) -> Any:
    """All strings within JSON without names; keys and our own IRIs hold none."""
    if isinstance(data, dict):
        return {key: _cover_all(value, cover, base) for key, value in data.items()}
    if isinstance(data, list):
        return [_cover_all(value, cover, base) for value in data]
    if not isinstance(data, str):
        return data
    if _URL.fullmatch(data):
        return data if data.startswith(base) else cover.address(data)
    return cover.text(data)
