"""/reconcile: the Reconciliation Service API 0.2, for OpenRefine and the like.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Blueprint, Response, render_template, request

from server.catalogue.selection import entity
from server.context import config, this_edition
from server.formats import HTML
from server.graph import describe
from server.problems import ProblemError
from server.reconciliation import answers
from server.reconciliation.properties import Values
from server.terms import class_label

MOST_QUERIES = 200
MOST_IDS = 500
MOST_LETTERS = 500
LAST_SUGGESTION = 100_000
NO_ENTITY = "The graph has no entity {name}. /reconcile/suggest/entity?prefix= completes names."
CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,100}")
FRAMED = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors *"
"""Clients show the preview inside their own page."""

blueprint = Blueprint("reconcile", __name__, url_prefix="/reconcile")


@blueprint.route("", methods=["GET", "POST"])
def service() -> Response:
    """The manifest; with `queries` candidates for each of them; with `extend` values of properties."""
    asked = request.values
    if "queries" in asked:
        return _json(_batch(_parsed(asked["queries"])))
    if "extend" in asked:
        return _json(_extension(_parsed(asked["extend"])))
    return _json(answers.manifest(request.url_root.rstrip("/"), config().base))


def _batch(document: Any) -> dict[str, object]:
    if not isinstance(document, dict):
        raise answers.QueryError(
            "queries is a JSON object of queries, such as {example}.", example='{"q0": {"query": "Raqqa"}}'
        )
    if len(document) > MOST_QUERIES:
        raise ProblemError(413, "At most {most} queries at once.", most=MOST_QUERIES)
    queries = {key: answers.Query.of(query) for key, query in document.items()}
    if any(len(query.text) > MOST_LETTERS for query in queries.values()):
        raise ProblemError(413, "A name of more than {most} letters is too long to search for.", most=MOST_LETTERS)
    edition = this_edition()
    return {key: {"result": answers.results(edition, query)} for key, query in queries.items()}


def _extension(document: Any) -> dict[str, object]:
    ids = document.get("ids") if isinstance(document, dict) else None
    if isinstance(ids, list) and len(ids) > MOST_IDS:
        raise ProblemError(413, "At most {most} entities at once.", most=MOST_IDS)
    return answers.extension(this_edition(), document)


@blueprint.get("/suggest/<any(entity, property, type):kind>")
def suggest(kind: str) -> Response:
    prefix, cursor = request.args.get("prefix", "")[:MOST_LETTERS], request.args.get("cursor", 0, type=int)
    return _json({"result": answers.suggested(this_edition(), kind, prefix, min(max(cursor, 0), LAST_SUGGESTION))})


@blueprint.get("/properties")
def properties() -> Response:
    """What can be fetched of entities of `type`."""
    limit = max(request.args.get("limit", 0, type=int), 0)
    return _json(answers.proposed(request.args.get("type", ""), limit))


@blueprint.get("/preview")
def preview() -> Response:
    """An entity in short, for a frame in the client's page."""
    html = render_template("preview.html", **_entity(request.args.get("id", "")))
    return Response(html, content_type=HTML.content_type, headers={"Content-Security-Policy": FRAMED})


@blueprint.get("/flyout/<any(entity, property, type):kind>")
def flyout(kind: str) -> Response:
    """The same as a piece of HTML inside JSON."""
    name = request.args.get("id", "")
    if kind == "entity":
        html = render_template("preview.html", flyout=True, **_entity(name))
    else:
        html = render_template("preview.html", flyout=True, title=answers.definition(name), kind=name)
    return _json({"id": name, "html": html})


def _entity(name: str) -> dict[str, object]:
    edition = this_edition()
    iri = entity(name, edition.base)
    try:
        thing = describe(edition.engine, [iri])[iri]
    except ValueError:
        raise ProblemError(404, NO_ENTITY, name=name[:100]) from None
    if not thing.values:
        raise ProblemError(404, NO_ENTITY, name=name[:100])
    values = Values(edition, [iri])
    shown = ("within", "wikidata", "incidents", "first_incident", "last_incident")
    facts = [
        (key, [next(iter(cell.values())) if "id" not in cell else cell["name"] for cell in values.of(iri, key)])
        for key in shown
    ]
    title = edition.names({iri: thing}).link(iri)
    others = thing.other_names(title.text.text)
    kind = class_label(thing.cls, edition.language) if thing.cls else ""
    return {
        "title": title.text.text,
        "kind": kind,
        "others": others,
        "facts": [fact for fact in facts if fact[1]],
        "href": f"{request.url_root.rstrip('/')}{title.href}",
    }


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise answers.QueryError("This is no JSON: {reason}", reason=error) from None


def _json(document: object) -> Response:
    """With `?callback=` a script that calls it, as the protocol has it for old clients."""
    text, callback = json.dumps(document, ensure_ascii=False), request.args.get("callback")
    if callback is None:
        return Response(text, content_type="application/json")
    if not CALLBACK.fullmatch(callback):
        raise ProblemError(400, "The callback is no name of a function, such as answer.")
    return Response(f"/**/{callback}({text});", content_type="text/javascript; charset=utf-8")
