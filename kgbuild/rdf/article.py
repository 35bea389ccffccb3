"""One article's extraction as quads of the article's named graph.

Every node has an IRI that follows from the input, and nothing depends on the clock. A span of the text is one node,
`<document>#char=60,130` (the fragment of RFC 5147), however many statements rest on it. What belongs to a report or the
document is named below it: `<report>#casualty-1`, `<document>#m1`, `<document>#e1`, `<document>#relation-1`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild import ids
from kgbuild.canonical import canonical
from kgbuild.config import BuildConfig
from kgbuild.model import Article, Entity, Extraction, Mention, Relation, Run, Span
from kgbuild.rdf.nodes import ArticleNodes
from kgbuild.rdf.other_names import other_names
from kgbuild.rdf.report import report_statements
from kgbuild.rdf.terms import Statements, child, day, decimal, integer, point
from kgbuild.vocab import CKO, DCTERMS, GEO, GEONAMES, OA, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, WD, XSD

CONTEXT = 32
"""Code points of context that a quote carries on either side."""


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
        self.nodes = ArticleNodes(extraction, run_iri(config.base, run))

    def statements(self) -> Statements:
        yield from self.about_run()
        yield from self.about_document(self.article)
        for mention in self.extraction.mentions:
            yield from self.about_mention(mention)
        for entity in self.extraction.entities:
            yield from self.about_entity(entity)
        for report in self.extraction.reports:
            yield from report_statements(report, self.nodes, self.config.base)
        for number, relation in enumerate(self.extraction.relations, start=1):
            yield from self.about_relation(number, relation)
        for span in sorted(self.nodes.spans):
            yield from self.about_span(span)

    def about_run(self) -> Statements:
        yield self.nodes.activity, RDF.type, PROV.Activity
        yield self.nodes.activity, CKO.softwareVersion, Literal(self.run.version)
        yield self.nodes.activity, CKO.pipelineHash, Literal(self.run.pipeline_hash)

    def about_document(self, article: Article) -> Statements:
        document = self.nodes.document
        yield document, RDF.type, CKO.Document
        yield document, DCTERMS.identifier, Literal(article.id)
        yield document, DCTERMS.language, Literal(article.language)
        yield document, CKO.sourceName, Literal(article.source)
        yield document, CKO.contentHash, Literal(hashlib.sha256(article.text.encode()).hexdigest())
        yield document, PROV.wasGeneratedBy, self.nodes.activity
        if article.title is not None:
            yield document, DCTERMS.title, self.nodes.said(article.title)
        if article.publisher is not None:
            yield document, DCTERMS.publisher, Literal(article.publisher)
        if article.published is not None:
            yield document, DCTERMS.issued, day(article.published)
        if article.retrieved is not None:
            yield document, CKO.retrieved, day(article.retrieved)
        if article.url is not None:
            yield document, SCHEMA.url, Literal(article.url, datatype=XSD.anyURI)
        if self.config.store_text:
            yield document, SCHEMA.articleBody, self.nodes.said(article.text)

    def about_mention(self, mention: Mention) -> Statements:
        node = child(self.nodes.document, mention.id)
        entity = self.nodes.entities[mention.entity]
        yield node, RDF.type, CKO.Mention
        yield node, CKO.inDocument, self.nodes.document
        yield node, CKO.mentionOf, entity
        if mention.cls != self.nodes.classes[mention.entity]:
            yield node, CKO.mentionClass, CKO[mention.cls]
        yield node, CKO.confidence, decimal(mention.confidence)
        yield node, OA.start, integer(mention.start)
        yield node, OA.end, integer(mention.end)
        yield node, OA.exact, self.nodes.said(mention.text)
        yield self.nodes.document, SCHEMA.mentions, entity

    def about_entity(self, entity: Entity) -> Statements:
        node, listing = self.nodes.entities[entity.id], child(self.nodes.document, entity.id)
        yield listing, RDF.type, CKO.Listing
        yield listing, CKO.entity, node
        for candidate in entity.candidates:
            yield listing, CKO.candidate, Literal(candidate)
        yield node, RDF.type, CKO[entity.cls]
        for language, label in sorted(entity.label.items()):
            yield node, RDFS.label, Literal(label, language=language)
        if self.is_named_by_rule(entity):
            yield node, CKO.transliteration, Literal(entity.label["en"], language="en")
        for name in other_names(entity, self.extraction):
            yield node, SKOS.altLabel, self.nodes.said(name)
        if entity.wikidata is not None:
            yield node, OWL.sameAs, NamedNode(WD + entity.wikidata)
        if entity.geonames is not None:
            yield node, OWL.sameAs, NamedNode(f"{GEONAMES}{entity.geonames}/")
        if entity.point is not None:
            yield from self.geometry(node, entity.point, entity.precision)
        for container in entity.within:
            yield node, CKO.within, self.nodes.entities[container]

    def is_named_by_rule(self, entity: Entity) -> bool:
        """Whether the English name was made from the Arabic one: no list knows the entity of an Arabic article."""
        unlisted = ids.is_unknown_entity(entity.iri)
        return unlisted and {"ar", "en"} <= entity.label.keys() and self.article.language == "ar"

    def geometry(self, node: NamedNode, at: tuple[float, float], precision: str | None) -> Statements:
        """One geometry a point, so that two articles that differ over a place do not blur into one."""
        place = point(*at)
        geometry = child(node, f"geometry-{ids.digest(place.value, precision or '')[:8]}")
        yield node, GEO.hasGeometry, geometry
        yield geometry, RDF.type, GEO.Geometry
        yield geometry, GEO.asWKT, place
        if precision is not None:
            yield geometry, CKO.placePrecision, Literal(precision)

    def about_relation(self, number: int, relation: Relation) -> Statements:
        node = child(self.nodes.document, f"relation-{number}")
        subject, value = self.nodes.entities[relation.subject], self.nodes.entities[relation.object]
        predicate = CKO[relation.type]
        yield subject, predicate, value
        yield node, RDF.type, CKO.RelationStatement
        yield node, CKO.relationSubject, subject
        yield node, CKO.relationType, predicate
        yield node, CKO.relationObject, value
        yield node, CKO.confidence, decimal(relation.confidence)
        yield node, PROV.wasDerivedFrom, self.nodes.document
        if self.article.published is not None:
            yield node, CKO.asOf, day(self.article.published)
        for span in relation.evidence:
            yield node, CKO.evidence, self.nodes.span(span)

    def about_span(self, span: Span) -> Statements:
        """A Web Annotation target whose selector gives both the position and the quote with its surroundings."""
        (start, end), text = span, self.article.text
        target = self.nodes.span(span)
        selector = child(self.nodes.document, f"selector={start},{end}")
        yield target, RDF.type, OA.SpecificResource
        yield target, OA.hasSource, self.nodes.document
        yield target, OA.hasSelector, selector
        yield selector, RDF.type, OA.TextPositionSelector
        yield selector, RDF.type, OA.TextQuoteSelector
        yield selector, OA.start, integer(start)
        yield selector, OA.end, integer(end)
        yield selector, OA.exact, self.nodes.said(text[start:end])
        yield selector, OA.prefix, self.nodes.said(text[max(0, start - CONTEXT) : start])
        yield selector, OA.suffix, self.nodes.said(text[end : end + CONTEXT])
