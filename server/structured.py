"""Pages as search engines and reference managers read them: schema.org in JSON-LD. https://schema.org/docs/datamodel.html"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from markupsafe import Markup

from kgbuild.vocab import CKO, DCTERMS, GROUP_OF, SCHEMA
from server.graph import Description, describe
from server.pages.edition import Edition
from server.pages.geography import locate
from server.pages.links import Names

Document: TypeAlias = Mapping[str, object]

CONTEXT = "https://schema.org"
TYPES = {"actor": "Organization", "person": "Person", "place": "Place", "facility": "Place", "weapon": "DefinedTerm"}


def embedded(document: Document) -> Markup:
    """JSON that can stand in a script element: no `<` ends it early."""
    text = json.dumps({"@context": CONTEXT, **_kept(document)}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))


def thing(edition: Edition, kind: str, iri: str, url: str) -> Document | None:
    """The description of one of our things, None for those that schema.org has no words for."""
    write = _WRITERS.get(kind)
    if write is None:
        return None
    about = describe(edition.engine, [iri])[iri]
    name = about.name(edition.language)
    return {"@id": iri, "url": url, "name": name.text if name else None, **write(edition, about)}


def site(name: str, root: str, totals: Mapping[str, int]) -> Document:
    """The whole, with its search box and the dataset behind it."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{root}/search?q={{text}}"},
        "query-input": "required name=text",
    }
    size = "; ".join(f"{number} {what}" for what, number in totals.items())
    dataset = {
        "@type": "Dataset",
        "name": name,
        "description": size,
        "url": f"{root}/",
        "sameAs": f"{root}/.well-known/void",
    }
    return {"@type": "WebSite", "name": name, "url": f"{root}/", "potentialAction": search, "mainEntity": dataset}


def _incident(edition: Edition, about: Description) -> Document:
    return {
        "@type": "Event",
        "startDate": about.one(CKO.startDate),
        "endDate": about.one(CKO.endDate),
        "location": _places(edition, about.iris(CKO.place)),
    }


def _entity(edition: Edition, about: Description) -> Document:
    name = about.name(edition.language)
    found: dict[str, object] = {
        "@type": TYPES.get(GROUP_OF.get(about.cls or "", ""), "Thing"),
        "alternateName": [other.text for other in about.other_names(name.text if name else "")],
        "sameAs": about.same_as,
    }
    if found["@type"] == "Place":
        (place,) = _places(edition, [about.iri])
        found |= {"geo": place["geo"], "containedInPlace": [{"@id": iri} for iri in about.iris(CKO.within)]}
    return found


def _document(edition: Edition, about: Description) -> Document:
    publisher = next(iter(about.all(DCTERMS.publisher)), None)
    known = describe(edition.engine, [publisher.text]) if publisher and publisher.kind == "uri" else {}
    names = Names(known, edition.language, base="")  # what has no name is given by its whole IRI
    title = about.name(edition.language)
    shown = names.words(publisher).text if publisher else None
    return {
        "@type": "NewsArticle",
        "headline": title.text if title else None,
        "datePublished": about.one(DCTERMS.issued),
        "inLanguage": about.one(DCTERMS.language),
        "publisher": {"@type": "Organization", "name": shown} if shown else None,
        "sameAs": about.one(SCHEMA.url),
    }


def _graph(_edition: Edition, _about: Description) -> Document:
    return {"@type": "Dataset"}


_WRITERS: Mapping[str, Callable[[Edition, Description], Document]] = {
    "incident": _incident,
    "entity": _entity,
    "document": _document,
    "graph": _graph,
}


def _places(edition: Edition, iris: Iterable[str]) -> list[dict[str, object]]:
    places = locate(edition.engine, iris)
    names = edition.names(describe(edition.engine, places))
    found = []
    for iri, place in places.items():
        point = place.point and {"@type": "GeoCoordinates", "longitude": place.point[0], "latitude": place.point[1]}
        found.append(dict(_kept({"@type": "Place", "@id": iri, "name": names.link(iri).text.text})) | {"geo": point})
    return found


def _kept(document: Document) -> Document:
    return {name: value for name, value in document.items() if value not in (None, [], "")}
