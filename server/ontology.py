"""/ontology: the ontology as a page, where every term can be linked to, and as RDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph
from flask import Blueprint, Response, redirect, render_template, request
from pyoxigraph import Literal, NamedNode, RdfFormat
from werkzeug.wrappers import Response as AnyResponse

from kgbuild.vocab import CKO, OWL, PREFIXES, RDF, RDFS, SKOS
from server.formats import GRAPHS, HTML, Format, by_extension, negotiate
from server.graph import Text
from server.language import current
from server.problems import ProblemError
from server.terms import ontology, term_label

KINDS = (
    (OWL.Class, "Classes"),
    (OWL.ObjectProperty, "Relations"),
    (OWL.DatatypeProperty, "Properties"),
)

blueprint = Blueprint("ontology", __name__)


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of ours; `above` are the local names of what it specialises."""

    name: str
    labels: list[Text]
    definition: Text | None
    above: list[str]


@blueprint.get("/ontology")
def page() -> AnyResponse:
    form = negotiate(request.headers.get("Accept", ""), (HTML, *GRAPHS))
    if form is None:
        raise ProblemError(406, "The ontology is a page, and data in the usual formats of RDF.")
    if form is HTML:
        response: AnyResponse = Response(
            render_template("ontology.html", sections=_sections(current()), formats=GRAPHS),
            content_type=HTML.content_type,
        )
    else:
        response = redirect(f"/ontology.{form.extension}", 303)
    response.vary.add("Accept")
    return response


@blueprint.get("/ontology.<extension>")
def data(extension: str) -> Response:
    form = by_extension(GRAPHS, extension)
    if form is None or form.extension != extension:
        raise ProblemError(404, f"The ontology is not there as {extension}.")
    return Response(_serialized(form), content_type=form.content_type)


@lru_cache(maxsize=len(GRAPHS))
def _serialized(form: Format) -> bytes:
    target = RdfFormat.from_extension(form.extension)
    assert target is not None
    prefixes = None if form.extension in ("nt", "nq") else dict(PREFIXES)
    return pyoxigraph.serialize((quad.triple for quad in ontology()), format=target, prefixes=prefixes) or b""


@lru_cache(maxsize=2)
def _sections(language: str) -> list[tuple[str, list[Term]]]:
    types: dict[str, set[str]] = {}
    for quad in ontology():
        if (
            quad.predicate == RDF.type
            and isinstance(quad.subject, NamedNode)
            and quad.subject.value.startswith(CKO.iri)
        ):
            types.setdefault(str(getattr(quad.object, "value", "")), set()).add(quad.subject.value)
    return [(title, [_term(iri, language) for iri in sorted(types.get(kind.value, ()))]) for kind, title in KINDS]


def _term(iri: str, language: str) -> Term:
    about = [quad for quad in ontology() if isinstance(quad.subject, NamedNode) and quad.subject.value == iri]
    labels = [q.object for q in about if q.predicate == RDFS.label and isinstance(q.object, Literal)]
    definitions = {
        q.object.language: q.object.value
        for q in about
        if q.predicate == SKOS.definition and isinstance(q.object, Literal)
    }
    above = [
        q.object.value.removeprefix(CKO.iri)
        for q in about
        if q.predicate in (RDFS.subClassOf, RDFS.subPropertyOf)
        and isinstance(q.object, NamedNode)
        and q.object.value.startswith(CKO.iri)
    ]
    text = definitions.get(language)
    labels.sort(key=lambda label: label.language != language)
    return Term(
        name=iri.removeprefix(CKO.iri),
        labels=[Text(label.value, label.language) for label in labels] or [Text(term_label(iri, language), None)],
        definition=Text(text, language) if text else None,
        above=sorted(above),
    )
