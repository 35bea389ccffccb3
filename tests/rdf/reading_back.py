"""The reverse of the mapping, which shows that nothing is lost: an article's quads back to their extraction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kgbuild.canonical import canonical, id_key
from kgbuild.model import (
    Article,
    Casualty,
    DateInterval,
    Entity,
    Extraction,
    FacilityEffect,
    Mention,
    Relation,
    Report,
    Span,
)
from kgbuild.vocab import (
    CKO,
    DCTERMS,
    FACILITY_EFFECTS,
    GEO,
    GEONAMES,
    GROUP_OF,
    OA,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    WD,
)


def extraction_from_quads(quads: Iterable[Quad] | Iterable[Triple]) -> Extraction:
    """The extraction that these statements of one article's graph were made from.

    It is in canonical form, and every report knows its merged incident. The article's text is empty where the graph
    does not hold it.
    """
    return canonical(_Reader(quads).extraction())


class _Reader:
    """Statements by subject and predicate, and the records read off them."""

    def __init__(self, quads: Iterable[Quad] | Iterable[Triple]) -> None:
        self.values: dict[str, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        self.typed: dict[NamedNode, list[str]] = defaultdict(list)
        for quad in quads:
            subject = str(quad.subject.value)  # type: ignore[union-attr]
            self.values[subject][quad.predicate].append(quad.object)  # type: ignore[arg-type]
            if quad.predicate == RDF.type:
                self.typed[quad.object].append(subject)  # type: ignore[index]
        (self.document,) = self.typed[CKO.Document]
        listings = sorted(self.typed[CKO.Listing], key=lambda iri: id_key(_local(iri)))
        self.id_of = {self.need(listing, CKO.entity): _local(listing) for listing in listings}
        self.mentions = [self.mention(m) for m in self.typed[CKO.Mention]]

    def all(self, subject: str, predicate: NamedNode) -> list[str]:
        return [value.value for value in self.values[subject][predicate]]

    def one(self, subject: str, predicate: NamedNode) -> str | None:
        found = self.values[subject][predicate]
        return found[0].value if found else None

    def need(self, subject: str, predicate: NamedNode) -> str:
        found = self.one(subject, predicate)
        assert found is not None, f"{subject} has no {predicate.value}"
        return found

    def number(self, subject: str, predicate: NamedNode) -> int | None:
        found = self.one(subject, predicate)
        return None if found is None else int(found)

    def day(self, subject: str, predicate: NamedNode) -> date | None:
        found = self.one(subject, predicate)
        return None if found is None else date.fromisoformat(found)

    def ids(self, subject: str, *predicates: NamedNode) -> tuple[str, ...]:
        return tuple(self.id_of[entity] for p in predicates for entity in self.all(subject, p))

    def extraction(self) -> Extraction:
        reports = sorted((self.report(r) for r in self.typed[CKO.Report]), key=lambda r: id_key(r.id))
        relations = sorted(self.typed[CKO.RelationStatement], key=lambda iri: id_key(_local(iri)))
        return Extraction(
            article=self.article(),
            iri=self.document,
            mentions=tuple(self.mentions),
            entities=tuple(self.entity(iri, id_) for iri, id_ in self.id_of.items()),
            reports=tuple(reports),
            relations=tuple(self.relation(r) for r in relations),
        )

    def article(self) -> Article:
        document = self.document
        return Article(
            id=self.need(document, DCTERMS.identifier),
            source=self.need(document, CKO.sourceName),
            text=self.one(document, SCHEMA.articleBody) or "",
            title=self.one(document, DCTERMS.title),
            published=self.day(document, DCTERMS.issued),
            publisher=self.one(document, DCTERMS.publisher),
            url=self.one(document, SCHEMA.url),
            language=self.need(document, DCTERMS.language),
            retrieved=self.day(document, CKO.retrieved),
        )

    def mention(self, iri: str) -> Mention:
        entity = self.need(iri, CKO.mentionOf)
        differs = self.one(iri, CKO.mentionClass)
        return Mention(
            id=_local(iri),
            start=int(self.need(iri, OA.start)),
            end=int(self.need(iri, OA.end)),
            text=self.need(iri, OA.exact),
            entity=self.id_of[entity],
            cls=differs.removeprefix(CKO.iri) if differs else self.cls(entity),
            confidence=float(self.need(iri, CKO.confidence)),
        )

    def entity(self, iri: str, identifier: str) -> Entity:
        cls, geometry = self.cls(iri), self.one(iri, GEO.hasGeometry)
        labels = {v.language: v.value for v in self.values[iri][RDFS.label] if isinstance(v, Literal)}
        geonames = self.same_as(iri, GEONAMES)
        return Entity(
            id=identifier,
            iri=iri,
            cls=cls,
            group=GROUP_OF[cls],
            label={language: label for language, label in labels.items() if language in ("ar", "en")},
            wikidata=self.same_as(iri, WD),
            geonames=int(geonames) if geonames else None,
            point=_point(self.need(geometry, GEO.asWKT)) if geometry else None,
            precision=self.one(geometry, CKO.placePrecision) if geometry else None,
            within=self.ids(iri, CKO.within),
            mentions=tuple(m.id for m in self.mentions if m.entity == identifier),
            candidates=tuple(self.all(f"{self.document}#{identifier}", CKO.candidate)),
        )

    def same_as(self, iri: str, namespace: str) -> str | None:
        known = (v for v in self.all(iri, OWL.sameAs) if v.startswith(namespace))
        return next((v.removeprefix(namespace).rstrip("/") for v in known), None)

    def cls(self, iri: str) -> str:
        """The class of an entity or report: the one type that the contract lists."""
        names = (t.removeprefix(CKO.iri) for t in self.all(iri, RDF.type))
        return next(name for name in names if name in GROUP_OF)

    def report(self, iri: str) -> Report:
        return Report(
            id=self.need(iri, CKO.localId),
            iri=iri,
            cls=self.cls(iri),
            date=self.interval(iri),
            trigger=_span(self.need(iri, CKO.trigger)),
            evidence=self.spans(iri),
            places=self.ids(iri, CKO.place),
            perpetrators=self.ids(iri, CKO.perpetrator, CKO.allegedPerpetrator),
            targets=self.ids(iri, CKO.target),
            weapons=self.ids(iri, CKO.weapon),
            victims=self.ids(iri, CKO.victim),
            facilities=tuple(self.facilities(iri)),
            casualties=tuple(self.casualty(c) for c in sorted(self.all(iri, CKO.casualties), key=id_key)),
            sources=self.ids(iri, CKO.attributedTo),
            certainty=self.need(iri, CKO.certainty),
            confidence=float(self.need(iri, CKO.confidence)),
            incident=self.one(iri, CKO.describes),
        )

    def interval(self, iri: str) -> DateInterval | None:
        precision = self.one(iri, CKO.datePrecision)
        if precision is None:
            return None
        return DateInterval(
            earliest=self.day(iri, CKO.startDate),
            latest=self.day(iri, CKO.endDate),
            precision=precision,
            text=self.one(iri, CKO.dateText),
        )

    def facilities(self, iri: str) -> Iterator[FacilityEffect]:
        for effect in FACILITY_EFFECTS:
            for entity in self.ids(iri, CKO[effect]):
                yield FacilityEffect(entity=entity, effect=effect)
        for entity in self.ids(iri, CKO.affected):
            yield FacilityEffect(entity=entity, effect=None)

    def casualty(self, iri: str) -> Casualty:
        start, end = _span(self.need(iri, CKO.evidence))
        return Casualty(
            effect=self.need(iri, CKO.effect),
            min=self.number(iri, CKO.countMin),
            max=self.number(iri, CKO.countMax),
            group=self.need(iri, CKO.group),
            start=start,
            end=end,
            part=self.need(iri, CKO.part) == "true",
            superseded=self.need(iri, CKO.superseded) == "true",
            nationality=self.one(iri, CKO.victimNationality),
        )

    def relation(self, iri: str) -> Relation:
        return Relation(
            type=self.need(iri, CKO.relationType).removeprefix(CKO.iri),
            subject=self.id_of[self.need(iri, CKO.relationSubject)],
            object=self.id_of[self.need(iri, CKO.relationObject)],
            evidence=self.spans(iri),
            confidence=float(self.need(iri, CKO.confidence)),
        )

    def spans(self, iri: str) -> tuple[Span, ...]:
        return tuple(_span(node) for node in self.all(iri, CKO.evidence))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _span(node: str) -> Span:
    """The offsets that the IRI of a span's node holds."""
    start, _, end = node.rpartition("#char=")[2].partition(",")
    return int(start), int(end)


def _point(wkt: str) -> tuple[float, float]:
    longitude, latitude = wkt.removeprefix("POINT(").removesuffix(")").split()
    return float(longitude), float(latitude)
