"""/ontology: the ontology as a page, where every term and code can be linked to, and as RDF."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph
from flask import Blueprint, Response, redirect, render_template, request
from pyoxigraph import RdfFormat
from werkzeug.wrappers import Response as AnyResponse

from kgbuild.reference import codes, facts, terms
from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, PREFIXES
from server.formats import GRAPHS, HTML, Format, by_extension, negotiate
from server.problems import ProblemError
from server.terms import ontology

DIAGRAM, EXAMPLE = "diagram.svg", "example.trig"

blueprint = Blueprint("ontology", __name__)


@blueprint.get("/ontology")
def page() -> AnyResponse:
    form = negotiate(request.headers.get("Accept", ""), (HTML, *GRAPHS))
    if form is None:
        raise ProblemError(406, "The ontology is a page, and data in the usual formats of RDF.")
    response: AnyResponse = _page() if form is HTML else redirect(f"/ontology.{form.extension}", 303)
    response.vary.add("Accept")
    return response


@blueprint.get("/ontology.<extension>")
def data(extension: str) -> Response:
    if extension == "svg":
        return Response(ontology_path(DIAGRAM).read_bytes(), content_type="image/svg+xml")
    form = by_extension(GRAPHS, extension)
    if form is None or form.extension != extension:
        raise ProblemError(404, f"The ontology is not there as {extension}.")
    return Response(_serialized(form), content_type=form.content_type)


def _page() -> Response:
    text = render_template(
        "ontology.html",
        terms=terms,
        codes=codes,
        short=facts.short,
        is_ours=lambda iri: iri.startswith(CKO.iri),
        example=ontology_path(EXAMPLE).read_text(encoding="utf-8"),
        formats=GRAPHS,
    )
    return Response(text, content_type=HTML.content_type)


@lru_cache(maxsize=len(GRAPHS))
def _serialized(form: Format) -> bytes:
    target = RdfFormat.from_extension(form.extension)
    assert target is not None
    prefixes = None if form.extension in ("nt", "nq") else dict(PREFIXES)
    return pyoxigraph.serialize((quad.triple for quad in ontology()), format=target, prefixes=prefixes) or b""
