"""One article's extraction as quads of the article's named graph.

Every node has an IRI that follows from the input, and nothing depends on the clock. A span of the text is one node,
`<document>#char=60,130` (the fragment of RFC 5147), however many statements rest on it. What belongs to a report or the
document is named below it: `<report>#casualty-1`, `<document>#m1`, `<document>#e1`, `<document>#relation-1`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild import ids
from kgbuild.config import BuildConfig
from kgbuild.extraction_json import canonical
from kgbuild.model import Article, Casualty, Entity, Extraction, Mention, Relation, Report, Run, Span
from kgbuild.rdf.terms import Statements, boolean, child, day, decimal, integer, point
from kgbuild.tolls import toll
from kgbuild.vocab import CKO, DCTERMS, GEO, GEONAMES, GROUP_OF, OA, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, WD, XSD

CONTEXT = 32
"""Code points of context that a quote carries on either side."""

_UNLISTED = re.compile(r"/entity/[0-9a-f]{20}$")

MUTUAL = frozenset({"ArmedClash", "Ceasefire", "Agreement"})
"""Classes in which those who "did it" took part on equal terms, whoever says so."""


def extraction_quads(extraction: Extraction, *, config: BuildConfig, run: Run) -> Iterator[Quad]:
    """All quads of the article's graph, each once, in an order that follows from the extraction."""
    graph = NamedNode(ids.graph_iri(config.base, extraction.article.id))
    written: set[Quad] = set()
    for subject, predicate, value in _Mapper(canonical(extraction), config, run).statements():
        quad = Quad(subject, predicate, value, graph)
        if quad not in written:
            written.add(quad)
            yield quad


def run_iri(base: str, run: Run) -> str:
    """The activity that made the statements; the same for the same software and pipeline."""
    return f"{base}run/{ids.digest(run.version, run.pipeline_hash)}"


class _Mapper:
    """Writes one extraction; each method yields the statements of one kind of record."""

    def __init__(self, extraction: Extraction, config: BuildConfig, run: Run) -> None:
        self.extraction, self.config, self.run = extraction, config, run
        self.article = extraction.article
        self.document = NamedNode(extraction.iri)
        self.activity = NamedNode(run_iri(config.base, run))
        self.entities = {e.id: NamedNode(e.iri) for e in extraction.entities}
        self.classes = {e.id: e.cls for e in extraction.entities}
        self.spans: set[Span] = set()

    def statements(self) -> Statements:
        yield from self.about_run()
        yield from self.about_document(self.article)
        for mention in self.extraction.mentions:
            yield from self.about_mention(mention)
        for entity in self.extraction.entities:
            yield from self.about_entity(entity)
        for report in self.extraction.reports:
            yield from self.about_report(report)
        for number, relation in enumerate(self.extraction.relations, start=1):
            yield from self.about_relation(number, relation)
        for span in sorted(self.spans):
            yield from self.about_span(span)

    def about_run(self) -> Statements:
        yield self.activity, RDF.type, PROV.Activity
        yield self.activity, CKO.softwareVersion, Literal(self.run.version)
        yield self.activity, CKO.pipelineHash, Literal(self.run.pipeline_hash)

    def about_document(self, article: Article) -> Statements:
        document = self.document
        yield document, RDF.type, CKO.Document
        yield document, DCTERMS.identifier, Literal(article.id)
        yield document, DCTERMS.language, Literal(article.language)
        yield document, CKO.sourceName, Literal(article.source)
        yield document, CKO.contentHash, Literal(hashlib.sha256(article.text.encode()).hexdigest())
        yield document, PROV.wasGeneratedBy, self.activity
        if article.title is not None:
            yield document, DCTERMS.title, self.said(article.title)
        if article.publisher is not None:
            yield document, DCTERMS.publisher, Literal(article.publisher)
        if article.published is not None:
            yield document, DCTERMS.issued, day(article.published)
        if article.retrieved is not None:
            yield document, CKO.retrieved, day(article.retrieved)
        if article.url is not None:
            yield document, SCHEMA.url, Literal(article.url, datatype=XSD.anyURI)
        if self.config.store_text:
            yield document, SCHEMA.articleBody, self.said(article.text)

    def about_mention(self, mention: Mention) -> Statements:
        node = child(self.document, mention.id)
        entity = self.entities[mention.entity]
        yield node, RDF.type, CKO.Mention
        yield node, CKO.inDocument, self.document
        yield node, CKO.mentionOf, entity
        if mention.cls != self.classes[mention.entity]:
            yield node, CKO.mentionClass, CKO[mention.cls]
        yield node, CKO.confidence, decimal(mention.confidence)
        yield node, OA.start, integer(mention.start)
        yield node, OA.end, integer(mention.end)
        yield node, OA.exact, self.said(mention.text)
        yield self.document, SCHEMA.mentions, entity

    def about_entity(self, entity: Entity) -> Statements:
        node, listing = self.entities[entity.id], child(self.document, entity.id)
        yield listing, RDF.type, CKO.Listing
        yield listing, CKO.entity, node
        for candidate in entity.candidates:
            yield listing, CKO.candidate, Literal(candidate)
        yield node, RDF.type, CKO[entity.cls]
        for language, label in sorted(entity.label.items()):
            yield node, RDFS.label, Literal(label, language=language)
        if self.is_named_by_rule(entity):
            yield node, CKO.transliteration, Literal(entity.label["en"], language="en")
        yield from self.other_names(entity, node)
        if entity.wikidata is not None:
            yield node, OWL.sameAs, NamedNode(WD + entity.wikidata)
        if entity.geonames is not None:
            yield node, OWL.sameAs, NamedNode(f"{GEONAMES}{entity.geonames}/")
        if entity.point is not None:
            yield from self.geometry(node, entity.point, entity.precision)
        for container in entity.within:
            yield node, CKO.within, self.entities[container]

    def is_named_by_rule(self, entity: Entity) -> bool:
        """Whether the English name was made from the Arabic one: no list knows the entity of an Arabic article."""
        unlisted = _UNLISTED.search(entity.iri) is not None
        return unlisted and {"ar", "en"} <= entity.label.keys() and self.article.language == "ar"

    def other_names(self, entity: Entity, node: NamedNode) -> Statements:
        """The forms under which the text names an entity, where they differ from its label."""
        own = set(entity.mentions)
        named = {" ".join(m.text.split()) for m in self.extraction.mentions if m.id in own}
        for name in sorted(named - {entity.label.get(self.article.language), ""}, key=str):
            yield node, SKOS.altLabel, self.said(name)

    def geometry(self, node: NamedNode, at: tuple[float, float], precision: str | None) -> Statements:
        """One geometry a point, so that two articles that differ over a place do not blur into one."""
        place = point(*at)
        geometry = child(node, f"geometry-{ids.digest(place.value, precision or '')[:8]}")
        yield node, GEO.hasGeometry, geometry
        yield geometry, RDF.type, GEO.Geometry
        yield geometry, GEO.asWKT, place
        if precision is not None:
            yield geometry, CKO.placePrecision, Literal(precision)

    def about_report(self, report: Report) -> Statements:
        node = NamedNode(report.iri)
        incident = report.incident or ids.incident_iri(self.config.base, report.iri)
        yield node, RDF.type, CKO.Report
        yield node, RDF.type, CKO[report.cls]
        yield node, CKO.localId, Literal(report.id)
        yield node, CKO.describes, NamedNode(incident)
        yield node, PROV.wasDerivedFrom, self.document
        yield node, PROV.wasGeneratedBy, self.activity
        yield node, CKO.certainty, Literal(report.certainty)
        yield node, CKO.confidence, decimal(report.confidence)
        yield node, CKO.trigger, self.span(report.trigger)
        yield from self.links(node, CKO.attributedTo, report.sources)
        for span in report.evidence:
            yield node, CKO.evidence, self.span(span)
        yield from self.when(node, report)
        yield from self.who_and_what(node, report)
        yield from self.tolls(node, report)

    def when(self, node: NamedNode, report: Report) -> Statements:
        if report.date is None:
            return
        yield node, CKO.datePrecision, Literal(report.date.precision)
        if report.date.earliest is not None:
            yield node, CKO.startDate, day(report.date.earliest)
        if report.date.latest is not None:
            yield node, CKO.endDate, day(report.date.latest)
        if report.date.text is not None:
            yield node, CKO.dateText, self.said(report.date.text)

    def who_and_what(self, node: NamedNode, report: Report) -> Statements:
        sure = report.certainty == "asserted"
        yield from self.links(node, CKO.place, report.places)
        yield from self.links(node, CKO.perpetrator if sure else CKO.allegedPerpetrator, report.perpetrators)
        involved = report.perpetrators if sure or report.cls in MUTUAL else ()
        actors = tuple(t for t in report.targets if GROUP_OF[self.classes[t]] == "actor")
        yield from self.links(node, CKO.participant, (*involved, *actors))
        yield from self.links(node, CKO.target, report.targets)
        yield from self.links(node, CKO.weapon, report.weapons)
        yield from self.links(node, CKO.victim, report.victims)
        for facility in report.facilities:
            effect = CKO[facility.effect] if facility.effect else CKO.affected
            yield node, effect, self.entities[facility.entity]

    def tolls(self, node: NamedNode, report: Report) -> Statements:
        for effect, low, high in (
            ("killed", CKO.killedMin, CKO.killedMax),
            ("injured", CKO.injuredMin, CKO.injuredMax),
        ):
            for predicate, number in zip((low, high), toll(report.casualties, effect), strict=True):
                if number is not None:
                    yield node, predicate, integer(number)
        for number, casualty in enumerate(report.casualties, start=1):
            yield from self.about_casualty(node, child(node, f"casualty-{number}"), casualty)

    def about_casualty(self, report: NamedNode, node: NamedNode, casualty: Casualty) -> Statements:
        yield report, CKO.casualties, node
        yield node, RDF.type, CKO.CasualtyCount
        yield node, CKO.effect, Literal(casualty.effect)
        yield node, CKO.group, Literal(casualty.group)
        yield node, CKO.part, boolean(casualty.part)
        yield node, CKO.superseded, boolean(casualty.superseded)
        yield node, CKO.evidence, self.span((casualty.start, casualty.end))
        if casualty.min is not None:
            yield node, CKO.countMin, integer(casualty.min)
        if casualty.max is not None:
            yield node, CKO.countMax, integer(casualty.max)
        if casualty.nationality is not None:
            yield node, CKO.victimNationality, Literal(casualty.nationality)

    def about_relation(self, number: int, relation: Relation) -> Statements:
        node = child(self.document, f"relation-{number}")
        subject, value = self.entities[relation.subject], self.entities[relation.object]
        predicate = CKO[relation.type]
        yield subject, predicate, value
        yield node, RDF.type, CKO.RelationStatement
        yield node, CKO.relationSubject, subject
        yield node, CKO.relationType, predicate
        yield node, CKO.relationObject, value
        yield node, CKO.confidence, decimal(relation.confidence)
        yield node, PROV.wasDerivedFrom, self.document
        if self.article.published is not None:
            yield node, CKO.asOf, day(self.article.published)
        for span in relation.evidence:
            yield node, CKO.evidence, self.span(span)

    def about_span(self, span: Span) -> Statements:
        """A Web Annotation target whose selector gives both the position and the quote with its surroundings."""
        (start, end), text = span, self.article.text
        target = self.span(span)
        selector = child(self.document, f"selector={start},{end}")
        yield target, RDF.type, OA.SpecificResource
        yield target, OA.hasSource, self.document
        yield target, OA.hasSelector, selector
        yield selector, RDF.type, OA.TextPositionSelector
        yield selector, RDF.type, OA.TextQuoteSelector
        yield selector, OA.start, integer(start)
        yield selector, OA.end, integer(end)
        yield selector, OA.exact, self.said(text[start:end])
        yield selector, OA.prefix, self.said(text[max(0, start - CONTEXT) : start])
        yield selector, OA.suffix, self.said(text[end : end + CONTEXT])

    def links(self, node: NamedNode, predicate: NamedNode, entities: Iterable[str]) -> Statements:
        for entity in entities:
            yield node, predicate, self.entities[entity]

    def span(self, span: Span) -> NamedNode:
        self.spans.add(span)
        return child(self.document, f"char={span[0]},{span[1]}")

    def said(self, words: str) -> Literal:
        """Words in the article's language."""
        return Literal(words, language=self.article.language)
