"""/ontology: the ontology as a page, where every term and code can be linked to, and as RDF."""

from __future__ import annotations

import json
from functools import lru_cache

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as AnyResponse

from kgbuild.reference import codes, facts, terms
from kgbuild.resources import ontology_path
from kgbuild.vocab import CKO, PREFIXES, RDF, RDFS
from server.context import this_edition
from server.formats import GRAPHS, HTML, Format, by_extension, names_of
from server.pages.term import statements_of, term_page
from server.problems import UNKNOWN_FORMAT, ProblemError
from server.rdf_text import described
from server.see_other import see_other, wanted_format
from server.terms import ontology

DIAGRAM, EXAMPLE = "diagram.svg", "example.trig"

ONTOLOGY = CKO.iri.rstrip("#")
COMPLETED = ("ObjectProperty", "DatatypeProperty")

blueprint = Blueprint("ontology", __name__)


@blueprint.get("/ontology")
def page() -> AnyResponse:
    if wanted_format() is not HTML:
        return see_other("/ontology")
    response = _page()
    response.vary.add("Accept")
    response.headers["Link"] = f'<{ONTOLOGY}>; rel="describes"'
    return response


@blueprint.get("/ontology/completion")
def completion() -> Response:
    """What an editor of queries completes: prefixes, classes, properties."""
    properties = [CKO.iri + term.name for term in terms.of_kind(*COMPLETED)]
    document = {
        "prefixes": dict(PREFIXES),
        "classes": [CKO.iri + term.name for term in terms.of_kind("Class")],
        "properties": [*properties, RDF.type.value, RDFS.label.value],
    }
    return Response(json.dumps(document), content_type="application/json")


@blueprint.get("/ontology/shapes.ttl")
def shapes() -> Response:
    """What data must look like, as SHACL."""
    return Response(ontology_path("shapes.ttl").read_bytes(), content_type="text/turtle; charset=utf-8")


@blueprint.get("/ontology/example.trig")
def example() -> Response:
    """One report as data."""
    return Response(ontology_path(EXAMPLE).read_bytes(), content_type="application/trig; charset=utf-8")


@blueprint.get("/ontology/<name>")
def term(name: str) -> AnyResponse:
    """A term by itself; its IRI, with a hash, leads to the whole ontology, which is where a browser finds it too."""
    local, dot, extension = name.rpartition(".")
    form = by_extension((HTML, *GRAPHS), extension) if dot else None
    iri = CKO.iri + (local if form else name)
    about = statements_of(iri)
    if not about:
        raise ProblemError(404, "The ontology has no term {name}. /ontology lists them.", name=name[:80])
    if form is None:
        return see_other(f"/ontology/{name}")
    if form is HTML:
        page = term_page(this_edition(), iri)
        values = {"page": page, "iri": iri, "path": f"/ontology/{local}", "formats": GRAPHS}
        response = Response(render_template("term.html", **values), content_type=HTML.content_type)
    else:
        response = Response(described(about, form), content_type=form.content_type)
    response.headers["Link"] = f'<{iri}>; rel="describes"'
    return response


@blueprint.get("/ontology.<extension>")
def data(extension: str) -> Response:
    if extension == "svg":
        return Response(ontology_path(DIAGRAM).read_bytes(), content_type="image/svg+xml")
    form = by_extension(GRAPHS, extension)
    if form is None or form.extension != extension:
        raise ProblemError(
            404,
            UNKNOWN_FORMAT,
            name=extension[:20],
            known=names_of((HTML, *GRAPHS)),
        )
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
        iri=ONTOLOGY,
        path="/ontology",
    )
    return Response(text, content_type=HTML.content_type)


@lru_cache(maxsize=len(GRAPHS))
def _serialized(form: Format) -> bytes:
    return described(ontology(), form)
