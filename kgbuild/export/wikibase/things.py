"""Entities, documents, concepts and properties as items and property entities."""

from __future__ import annotations

from datetime import date

from pyoxigraph import NamedNode

from kgbuild.export.records import Document, Thing
from kgbuild.export.wikibase.claims import Draft, clean, snak
from kgbuild.export.wikibase.concepts import Concept, concept_iri, concepts
from kgbuild.export.wikibase.context import Context, phrased
from kgbuild.export.wikibase.model import Property, Text
from kgbuild.export.wikibase.properties import LANGUAGES, rendering
from kgbuild.export.wikibase.times import on
from kgbuild.store import value_of
from kgbuild.vocab import CKO, GROUP_OF, PROV

_PLACED = ("place", "facility")


def draft_thing(context: Context, thing: Thing) -> Draft:
    """The item of an entity, with its names, where it is and its relations to others."""
    draft = Draft(str(context.item(thing.iri)))
    for language, words in thing.labels.items():
        draft.name(words, language)
    for words, language in thing.names:
        draft.name(words, language)
    cls = concepts()[concept_iri(thing.cls)].labels
    around = [context.graph.thing(container).labels for container in thing.within[:1]]
    draft.describe(phrased("thing", {"cls": cls, "place": around[0] if around else {}}))
    draft.add(snak("instance-of", context.code(thing.cls)))
    draft.add(snak("graph-iri", thing.iri))
    if thing.geonames is not None:
        draft.add(snak("geonames", thing.geonames))
    for part in context.places_of(thing) if GROUP_OF.get(thing.cls) in _PLACED else ():
        draft.add(part)
    for link in context.graph.links(thing.iri):
        related = snak(_relation(link.type), context.item(link.object))
        draft.add(related, references=context.link_references(link))
    return draft


def draft_document(context: Context, document: Document) -> Draft:
    """The item of an article: what references are stated in."""
    draft = Draft(str(context.item(document.iri)))
    if document.title is not None:
        draft.name(*document.title)
        draft.add(snak("title", Text(clean(document.title[0]), document.title[1])))
    draft.describe(_document_description(context, document))
    draft.add(snak("instance-of", context.code("document")))
    draft.add(snak("graph-iri", document.iri))
    if document.issued is not None:
        draft.add(snak("publication-date", on(date.fromisoformat(document.issued))))
    if document.publisher_iri is not None:
        draft.add(snak("publisher", context.item(document.publisher_iri)))
    elif document.publisher is not None:
        draft.add(snak("publisher", None), qualifiers=[snak("stated-as", clean(document.publisher))])
    if (language := f"language/{document.language}") and concept_iri(language) in concepts():
        draft.add(snak("language", context.code(language)))
    for incident in _incidents(context, document):
        draft.add(snak("main-subject", context.item(incident)))
    return draft


def draft_concept(context: Context, concept: Concept) -> Draft:
    """The item of a class or of a value of a code list."""
    draft = Draft(str(context.item(concept.iri)))
    for language, words in concept.labels.items():
        draft.name(words, language)
    draft.describe(concept.descriptions)
    draft.add(snak("graph-iri", concept.iri))
    if concept.above is not None:
        draft.add(snak("subclass-of", context.item(concept.above)))
    return draft


def draft_property(prop: Property) -> Draft:
    """A property entity; one that renders a property of our ontology names it."""
    draft = Draft(prop.id, labels=dict(prop.labels), descriptions=dict(prop.descriptions))
    if prop.term is not None:
        draft.add(snak("graph-iri", f"{CKO.iri}{prop.term}"))
    return draft


def _relation(name: str) -> str:
    """The property of a relation; what lies in something is somewhere, as incidents are."""
    return rendering("place" if name == "locatedIn" else name).key


def _document_description(context: Context, document: Document) -> dict[str, str]:
    publisher = dict.fromkeys(LANGUAGES, document.publisher)
    if document.publisher_iri is not None:
        publisher = {**context.graph.thing(document.publisher_iri).labels}
    return phrased("document", {"name": publisher, "day": dict.fromkeys(LANGUAGES, document.issued)})


def _incidents(context: Context, document: Document) -> list[str]:
    """The incidents that the document reports."""
    reader = context.graph.reader
    reports = [quad.subject for quad in reader.quads(None, PROV.wasDerivedFrom, NamedNode(document.iri))]
    found = {value_of(quad.object) for report in reports for quad in reader.quads(report, CKO.describes)}
    return sorted(found)
