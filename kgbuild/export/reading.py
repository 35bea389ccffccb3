"""Incidents, entities and documents out of a store, one at a time, so that memory does not grow with the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kgbuild import ids, tolls
from kgbuild.errors import StoreError
from kgbuild.export.ordering import in_order
from kgbuild.export.records import ROLES, Account, Document, Event, Link, Said, Thing
from kgbuild.model import Casualty, DateInterval, Toll
from kgbuild.store import Reader
from kgbuild.store.protocol import Term
from kgbuild.tolls import Range
from kgbuild.vocab import (
    CASUALTY_EFFECTS,
    CKO,
    DATE_PRECISIONS,
    DCTERMS,
    GEO,
    GEONAMES,
    GROUP_CLASSES,
    GROUP_OF,
    OA,
    OWL,
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

Facts = Mapping[NamedNode, list[Term]]
"""What is said of one subject: objects by predicate, each list in an order that follows from its content."""

_TOTALS = {"killed": (CKO.killedMin, CKO.killedMax), "injured": (CKO.injuredMin, CKO.injuredMax)}
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
                yield quad.subject.value  # type: ignore[union-attr]

    def events(self) -> Iterator[Event]:
        """The incidents with their accounts, by first day; those without one at the end."""
        yield from map(self.event, in_order((self._first_day(iri), iri) for iri in self.event_iris()))

    def _first_day(self, incident: str) -> str:
        graph = NamedNode(ids.incidents_graph_iri(self.reader.base))
        quad = next(self.reader.quads(NamedNode(incident), CKO.startDate, None, graph), None)
        return quad.object.value if quad else "~"  # type: ignore[union-attr]

    def is_event(self, iri: str) -> bool:
        """Whether the store has an incident of this IRI."""
        graph = NamedNode(ids.incidents_graph_iri(self.reader.base))
        return any(quad.object in _INCIDENT_NODES for quad in self.reader.quads(NamedNode(iri), RDF.type, None, graph))

    def thing_iris(self) -> Iterator[str]:
        """The entities, in no order; some come several times."""
        for cls in _THINGS:
            for quad in self.reader.quads(None, RDF.type, CKO[cls]):
                yield quad.subject.value  # type: ignore[union-attr]

    def document_iris(self) -> Iterator[str]:
        """The documents that something was read out of, in no order; most come several times."""
        for quad in self.reader.quads(None, PROV.wasDerivedFrom):
            yield quad.object.value  # type: ignore[union-attr]

    def replaced_iris(self) -> Iterator[str]:
        """Would-be incidents of reports that tell of another's, in no order."""
        for quad in self.reader.quads(None, DCTERMS.isReplacedBy):
            yield quad.subject.value  # type: ignore[union-attr]

    def successor(self, replaced: str) -> str:
        """The incident that a replaced one is."""
        return _first(self.facts(replaced), DCTERMS.isReplacedBy) or replaced

    def event(self, iri: str) -> Event:
        """The incident with its accounts, those first that appeared first."""
        facts = self.facts(iri)
        cls = _cls(facts, _INCIDENTS)
        if cls is None:
            raise StoreError(f"{iri} has no class of the ontology: rebuild the store")
        reported = [t.removeprefix(CKO.iri) for t in _values(facts, CKO.reportedType)]
        accounts = (self.account(quad.subject.value) for quad in self.reader.quads(None, CKO.describes, NamedNode(iri)))  # type: ignore[union-attr]
        return Event(
            iri=iri,
            cls=cls,
            types=(cls, *(name for name in reported if name in _INCIDENTS and name != cls)),
            labels=tuple(_said(v) for v in facts[RDFS.label] if isinstance(v, Literal)),
            date=_interval(facts),
            roles=_roles(facts),
            killed=_toll(facts, "killed"),
            injured=_toll(facts, "injured"),
            certainty=_first(facts, CKO.certainty),
            status=_local(facts, CKO.status),
            report_count=_number(facts, CKO.reportCount),
            accounts=tuple(sorted(accounts, key=lambda a: (a.document.issued or "9", a.iri))),
        )

    def account(self, iri: str) -> Account:
        """One report, with its document and its sentences."""
        facts = self.facts(iri)
        figures = tuple(_figure(self.facts(node.value)) for node in facts[CKO.casualties])  # type: ignore[union-attr]
        return Account(
            iri=iri,
            # A report without a document stands for itself: somebody wrote it into the store by hand.
            document=self.document(_first(facts, PROV.wasDerivedFrom) or iri),
            cls=_cls(facts, _INCIDENTS),
            date=_interval(facts),
            roles=_roles(facts),
            totals=_totals(facts, figures),
            figures=figures,
            sources=_values(facts, CKO.attributedTo),
            certainty=_first(facts, CKO.certainty) or "asserted",
            confidence=_first(facts, CKO.confidence),
            evidence=_values(facts, CKO.evidence),
        )

    def quotes(self, evidence: Iterable[str]) -> tuple[Said, ...]:
        """The sentences that evidence points to, in the order of the text."""
        found: list[tuple[int, Said]] = []
        for target in evidence:
            for selector in _values(self.facts(target), OA.hasSelector):
                marked = self.facts(selector)
                words = marked[OA.exact]
                if words and isinstance(words[0], Literal):
                    found.append((_number(marked, OA.start) or 0, _said(words[0])))
        return tuple(dict.fromkeys(said for _, said in sorted(found)))

    def links(self, subject: str) -> list[Link]:
        """The relations of an entity: each as often as an article states it, once where none does."""
        facts, found = self.facts(subject), list[Link]()
        for quad in self.reader.quads(None, CKO.relationSubject, NamedNode(subject)):
            stated = self.facts(quad.subject.value)  # type: ignore[union-attr]
            found.append(self._link(subject, stated))
        known = {(link.type, link.object) for link in found}
        for name in RELATION_TYPES:
            for value in () if name == "within" else _values(facts, CKO[name]):
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
        """What all graphs say of a subject; what two graphs say counts once."""
        found: defaultdict[NamedNode, list[Term]] = defaultdict(list)
        for quad in self.reader.quads(NamedNode(iri)):
            value, objects = quad.object, found[quad.predicate]
            if value not in objects:
                objects.append(value)
        for objects in found.values():
            if len(objects) > 1:
                objects.sort(key=str)
        return found

    def _thing(self, iri: str) -> Thing:
        facts = self.facts(iri)
        labels: dict[str, str] = {}
        others: list[Said] = []
        point, precision = self._geometry(facts)
        for value in facts[RDFS.label] + facts[SKOS.altLabel]:
            words, language = _said(value)  # type: ignore[arg-type]
            if labels.setdefault(language, words) != words:
                others.append((words, language))
        return Thing(
            iri=iri,
            cls=_cls(facts, _THINGS) or "Entity",
            labels=labels,
            names=tuple(dict.fromkeys(others)),
            wikidata=_same_as(facts, WD),
            geonames=_same_as(facts, GEONAMES),
            within=_values(facts, CKO.within),
            point=point,
            precision=precision,
        )

    def _geometry(self, facts: Facts) -> tuple[tuple[float, float] | None, str | None]:
        for geometry in _values(facts, GEO.hasGeometry):
            shape = self.facts(geometry)
            point = _point(_first(shape, GEO.asWKT) or "")
            if point is not None:
                return point, _first(shape, CKO.placePrecision)
        return None, None

    def _document(self, iri: str) -> Document:
        facts = self.facts(iri)
        title, publisher = facts[DCTERMS.title], facts[DCTERMS.publisher]
        named = publisher[0] if publisher else None
        return Document(
            iri=iri,
            title=_said(title[0]) if title and isinstance(title[0], Literal) else None,
            url=_first(facts, SCHEMA.url),
            publisher=named.value if isinstance(named, Literal) else None,
            publisher_iri=named.value if isinstance(named, NamedNode) else None,
            issued=_first(facts, DCTERMS.issued),
            language=_first(facts, DCTERMS.language),
            retrieved=_first(facts, CKO.retrieved),
        )

    def _link(self, subject: str, stated: Facts) -> Link:
        document = _first(stated, PROV.wasDerivedFrom)
        return Link(
            type=_local(stated, CKO.relationType) or "affiliatedWith",
            subject=subject,
            object=_first(stated, CKO.relationObject) or subject,
            document=self.document(document) if document else None,
            confidence=_first(stated, CKO.confidence),
            evidence=_values(stated, CKO.evidence),
        )


def _values(facts: Facts, predicate: NamedNode) -> tuple[str, ...]:
    return tuple(value.value for value in facts[predicate])  # type: ignore[union-attr]


def _first(facts: Facts, predicate: NamedNode) -> str | None:
    found = facts[predicate]
    return found[0].value if found else None  # type: ignore[union-attr]


def _local(facts: Facts, predicate: NamedNode) -> str | None:
    found = facts[predicate]
    return CKO.local(found[0]) if found and isinstance(found[0], NamedNode) else None


def _number(facts: Facts, predicate: NamedNode) -> int | None:
    found = _first(facts, predicate)
    return None if found is None else int(found)


def _day(facts: Facts, predicate: NamedNode) -> date | None:
    found = _first(facts, predicate)
    return None if found is None else date.fromisoformat(found)


def _said(value: Literal) -> Said:
    return value.value, value.language or "und"


def _cls(facts: Facts, among: frozenset[str]) -> str | None:
    """The class that the contract lists, of those in `among`."""
    names = (CKO.local(t) for t in facts[RDF.type] if isinstance(t, NamedNode))
    return next((name for name in names if name in among), None)


def _same_as(facts: Facts, namespace: str) -> str | None:
    known = (iri.removeprefix(namespace).rstrip("/") for iri in _values(facts, OWL.sameAs) if iri.startswith(namespace))
    return min(known, key=lambda name: (len(name), name), default=None)


def _point(wkt: str) -> tuple[float, float] | None:
    head, _, numbers = wkt.partition("(")
    if head.strip().upper() != "POINT":
        return None
    longitude, latitude = numbers.removesuffix(")").split()
    return float(longitude), float(latitude)


def _interval(facts: Facts) -> DateInterval | None:
    earliest, latest = _day(facts, CKO.startDate), _day(facts, CKO.endDate)
    precision = _first(facts, CKO.datePrecision)
    if earliest is None and latest is None and precision is None:
        return None
    known = precision if precision in DATE_PRECISIONS else "days"
    return DateInterval(earliest=earliest, latest=latest, precision=known)


def _roles(facts: Facts) -> dict[str, tuple[str, ...]]:
    return {role: values for role in ROLES if (values := _values(facts, CKO[role]))}


def _toll(facts: Facts, effect: str) -> Toll:
    low, high, best = (_number(facts, CKO[effect + bound]) for bound in ("Min", "Max", "Best"))
    return Toll(min=low, max=high, best=best)


def _figure(facts: Facts) -> Casualty:
    return Casualty(
        effect=_first(facts, CKO.effect) or "killed",
        group=_first(facts, CKO.group) or "unknown",
        min=_number(facts, CKO.countMin),
        max=_number(facts, CKO.countMax),
        part=_first(facts, CKO.part) == "true",
        superseded=_first(facts, CKO.superseded) == "true",
        nationality=_first(facts, CKO.victimNationality),
        start=0,
        end=0,
    )


def _totals(facts: Facts, figures: tuple[Casualty, ...]) -> dict[str, Range]:
    """The report's own reckoning of the killed and injured; the other effects are reckoned from its figures."""
    found: dict[str, Range] = {}
    for effect in CASUALTY_EFFECTS:
        if effect in _TOTALS:
            low, high = _TOTALS[effect]
            found[effect] = _number(facts, low), _number(facts, high)
        else:
            found[effect] = tolls.toll(figures, effect)
    return {effect: bounds for effect, bounds in found.items() if bounds != (None, None)}
