"""/search and /suggest: names in Arabic and Latin script, spelling variants folded."""

from __future__ import annotations

import json

from flask import Blueprint, Response, render_template, request

from kgbuild.vocab import CKO
from server.catalogue.catalogue import Hit
from server.context import config, engine, tables, this_edition
from server.formats import HTML, Format, names_of, negotiate
from server.graph import Description, describe, path_of
from server.language import current
from server.pages.links import short
from server.problems import NO_FORMAT, ProblemError
from server.terms import class_label

JSON = Format("json", "application/json", "JSON", ("text/json",))
SUGGESTIONS = Format("json", "application/x-suggestions+json", "Suggestions", ("application/json",))
FOUND, SUGGESTED = 50, 10
LONGEST = 200

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def search() -> Response:
    """What a name finds: a page, or JSON with IRI, label, class and page of each thing."""
    text = _text()
    hits = tables().find(text, FOUND)
    things = describe(engine(), [hit.iri for hit in hits])
    form = negotiate(request.headers.get("Accept", ""), (HTML, JSON))
    if form is None:
        raise ProblemError(406, NO_FORMAT, known=names_of((HTML, JSON)))
    if form is HTML:
        names = this_edition().names(things)
        found = [(names.link(hit.iri), hit, _kind(things[hit.iri])) for hit in hits]
        response = Response(render_template("search.html", text=text, found=found), content_type=HTML.content_type)
    else:
        document = {"query": text, "results": [_result(hit, things[hit.iri]) for hit in hits]}
        response = Response(json.dumps(document, ensure_ascii=False), content_type=JSON.content_type)
    response.vary.add("Accept")
    return response


@blueprint.get("/suggest")
def suggest() -> Response:
    """Completions as OpenSearch has them: the text, names, classes, pages.

    https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1
    """
    text = _text()
    hits = tables().find(text, SUGGESTED)
    things = describe(engine(), [hit.iri for hit in hits])
    kinds = [_kind(things[hit.iri]) for hit in hits]
    pages = [_page(hit.iri) or hit.iri for hit in hits]
    document = [text, [hit.label for hit in hits], kinds, pages]
    return Response(json.dumps(document, ensure_ascii=False), content_type=SUGGESTIONS.content_type)


def _text() -> str:
    text = request.args.get("q", "").strip()
    if len(text) > LONGEST:
        raise ProblemError(400, "A name of more than {most} letters is too long to search for.", most=LONGEST)
    return text


def _kind(thing: Description) -> str:
    return class_label(thing.cls, current()) if thing.cls else ""


def _result(hit: Hit, thing: Description) -> dict[str, object]:
    return {
        "iri": hit.iri,
        "label": hit.label,
        "language": hit.language,
        "class": f"{CKO.iri}{thing.cls}" if thing.cls else None,
        "page": _page(hit.iri) or short(hit.iri, config().base),
    }


def _page(iri: str) -> str | None:
    """The path of a thing's page on this server."""
    path = path_of(iri, config().base)
    return path and request.script_root + path
