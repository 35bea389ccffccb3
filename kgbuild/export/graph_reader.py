"""Incidents, entities and documents out of a store, one at a time, so that memory does not grow with the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kgbuild import ids, literals
from kgbuild.errors import StoreError
from kgbuild.export.facts import Facts, said
from kgbuild.export.ordering import in_order
from kgbuild.export.records import Account, Document, Event, Link, Said, Thing
from kgbuild.store import Reader, value_of
from kgbuild.vocab import (
    CKO,
    DCTERMS,
    GEO,
    GEONAMES,
    GROUP_CLASSES,
    GROUP_OF,
    OA,
    PROV,
    RDF,
    RDFS,
    RELATION_TYPES,
    SCHEMA,
    SKOS,
    WD,
)

_REMEMBERED = 20_000
"""How many entities and documents are kept at hand: towns and armed groups come again and again."""

_CONTAINERS = 20
_INCIDENTS = frozenset(GROUP_CLASSES["incident"])
_INCIDENT_NODES = frozenset(CKO[name] for name in _INCIDENTS)
_THINGS = frozenset(GROUP_OF) - _INCIDENTS


class GraphReader:
    """Reads the records of `kgbuild.export.records`. It remembers entities, so use one for one state of the store."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.thing = lru_cache(_REMEMBERED)(self._thing)
        self.document = lru_cache(_REMEMBERED)(self._document)

    def event_iris(self) -> Iterator[str]:
        """The incidents, in no order; each once."""
        graph = NamedNode(ids.incidents_graph_iri(self.reader.base))
        for cls in _INCIDENTS:
            for quad in self.reader.quads(None, RDF.type, CKO[cls], graph):
                yield value_of(quad.subject)

    def events(self) -> Iterator[Event]:
        """The incidents with their accounts, by first day; those without one at the end."""
        yield from map(self.event, in_order((self._first_day(iri), iri) for iri in self.event_iris()))

    def _first_day(self, incident: str) -> str:
        graph = NamedNode(ids.incidents_graph_iri(self.reader.base))
        quad = next(self.reader.quads(NamedNode(incident), CKO.startDate, None, graph), None)
        return value_of(quad.object) if quad else "~"

    def is_event(self, iri: str) -> bool:
        """Whether the store has an incident of this IRI."""
        graph = NamedNode(ids.incidents_graph_iri(self.reader.base))
        return any(quad.object in _INCIDENT_NODES for quad in self.reader.quads(NamedNode(iri), RDF.type, None, graph))

    def thing_iris(self) -> Iterator[str]:
        """The entities, in no order; some come several times."""
        for cls in _THINGS:
            for quad in self.reader.quads(None, RDF.type, CKO[cls]):
                yield value_of(quad.subject)

    def document_iris(self) -> Iterator[str]:
        """The documents that something was read out of, in no order; most come several times."""
        for quad in self.reader.quads(None, PROV.wasDerivedFrom):
            yield value_of(quad.object)

    def replaced_iris(self) -> Iterator[str]:
        """Would-be incidents of reports that tell of another's, in no order."""
        for quad in self.reader.quads(None, DCTERMS.isReplacedBy):
            yield value_of(quad.subject)

    def successor(self, replaced: str) -> str:
        """The incident that a replaced one is."""
        return self.facts(replaced).iri(DCTERMS.isReplacedBy) or replaced

    def event(self, iri: str) -> Event:
        """The incident with its accounts, those first that appeared first."""
        facts = self.facts(iri)
        cls = facts.cls(_INCIDENTS)
        if cls is None:
            raise StoreError(f"{iri} has no class of the ontology: rebuild the store")
        reported = [t.removeprefix(CKO.iri) for t in facts.iris(CKO.reportedType)]
        accounts = (
            self.account(value_of(quad.subject)) for quad in self.reader.quads(None, CKO.describes, NamedNode(iri))
        )
        return Event(
            iri=iri,
            cls=cls,
            types=(cls, *(name for name in reported if name in _INCIDENTS and name != cls)),
            labels=tuple(said(v) for v in facts.terms(RDFS.label) if isinstance(v, Literal)),
            date=facts.interval(),
            roles=facts.roles(),
            killed=facts.toll("killed"),
            injured=facts.toll("injured"),
            certainty=facts.first(CKO.certainty),
            status=facts.local(CKO.status),
            report_count=facts.number(CKO.reportCount),
            accounts=tuple(sorted(accounts, key=lambda a: (a.document.issued or "9", a.iri))),
        )

    def account(self, iri: str) -> Account:
        """One report, with its document and its sentences."""
        facts = self.facts(iri)
        figures = tuple(self.facts(node).figure() for node in facts.iris(CKO.casualties))
        return Account(
            iri=iri,
            # A report without a document stands for itself: somebody wrote it into the store by hand.
            document=self.document(facts.iri(PROV.wasDerivedFrom) or iri),
            cls=facts.cls(_INCIDENTS),
            date=facts.interval(),
            roles=facts.roles(),
            totals=facts.totals(figures),
            figures=figures,
            sources=facts.iris(CKO.attributedTo),
            certainty=facts.first(CKO.certainty) or "asserted",
            confidence=facts.first(CKO.confidence),
            evidence=facts.iris(CKO.evidence),
        )

    def quotes(self, evidence: Iterable[str]) -> tuple[Said, ...]:
        """The sentences that evidence points to, in the order of the text."""
        found: list[tuple[int, Said]] = []
        for target in evidence:
            for selector in self.facts(target).iris(OA.hasSelector):
                marked = self.facts(selector)
                words = marked.terms(OA.exact)
                if words and isinstance(words[0], Literal):
                    found.append((marked.number(OA.start) or 0, said(words[0])))
        return tuple(dict.fromkeys(said for _, said in sorted(found)))

    def links(self, subject: str) -> list[Link]:
        """The relations of an entity: each as often as an article states it, once where none does."""
        facts, found = self.facts(subject), list[Link]()
        for quad in self.reader.quads(None, CKO.relationSubject, NamedNode(subject)):
            stated = self.facts(value_of(quad.subject))
            found.append(self._link(subject, stated))
        known = {(link.type, link.object) for link in found}
        for name in RELATION_TYPES:
            for value in () if name == "within" else facts.iris(CKO[name]):
                if (name, value) not in known:
                    found.append(Link(type=name, subject=subject, object=value))
        return sorted(found, key=lambda a: (a.type, a.object, a.document.iri if a.document else "", a.evidence))

    def containers(self, iri: str) -> tuple[str, ...]:
        """Everything around an entity, the nearest first; a circle ends where it began."""
        found: dict[str, None] = {}
        todo = [iri]
        while todo and len(found) < _CONTAINERS:
            around = [c for thing in todo for c in self.thing(thing).within if c not in found and c != iri]
            found |= dict.fromkeys(around)
            todo = around
        return tuple(found)

    def facts(self, iri: str) -> Facts:
        """What all graphs say of a subject."""
        return Facts(self.reader.quads(NamedNode(iri)))

    def _thing(self, iri: str) -> Thing:
        facts = self.facts(iri)
        labels: dict[str, str] = {}
        others: list[Said] = []
        point, precision = self._geometry(facts)
        for value in (*facts.terms(RDFS.label), *facts.terms(SKOS.altLabel)):
            words, language = said(value)  # type: ignore[arg-type]
            if labels.setdefault(language, words) != words:
                others.append((words, language))
        return Thing(
            iri=iri,
            cls=facts.cls(_THINGS) or "Entity",
            labels=labels,
            names=tuple(dict.fromkeys(others)),
            wikidata=facts.same_as(WD),
            geonames=facts.same_as(GEONAMES),
            within=facts.iris(CKO.within),
            point=point,
            precision=precision,
        )

    def _geometry(self, facts: Facts) -> tuple[tuple[float, float] | None, str | None]:
        for geometry in facts.iris(GEO.hasGeometry):
            shape = self.facts(geometry)
            point = literals.point(shape.first(GEO.asWKT) or "")
            if point is not None:
                return point, shape.first(CKO.placePrecision)
        return None, None

    def _document(self, iri: str) -> Document:
        facts = self.facts(iri)
        title, publisher = facts.terms(DCTERMS.title), facts.terms(DCTERMS.publisher)
        named = publisher[0] if publisher else None
        return Document(
            iri=iri,
            title=said(title[0]) if title and isinstance(title[0], Literal) else None,
            url=facts.first(SCHEMA.url),
            publisher=named.value if isinstance(named, Literal) else None,
            publisher_iri=named.value if isinstance(named, NamedNode) else None,
            issued=_written(facts.day(DCTERMS.issued)),
            language=facts.first(DCTERMS.language),
            retrieved=_written(facts.day(CKO.retrieved)),
        )

    def _link(self, subject: str, stated: Facts) -> Link:
        document = stated.iri(PROV.wasDerivedFrom)
        return Link(
            type=stated.local(CKO.relationType) or "affiliatedWith",
            subject=subject,
            object=stated.iri(CKO.relationObject) or subject,
            document=self.document(document) if document else None,
            confidence=stated.first(CKO.confidence),
            evidence=stated.iris(CKO.evidence),
        )


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None
