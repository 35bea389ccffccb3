"""/queries: the saved queries as forms, their answers as a table, map or chart, or in any result format."""

from __future__ import annotations

import json

from flask import Blueprint, Response, render_template, request

from kgbuild.errors import UsageError
from kgbuild.saved_queries import SavedQuery, load, load_all
from server.context import config, engine, this_edition
from server.formats import GRAPHS, HTML, RESULTS, Format, by_extension, names_of, negotiate
from server.language import current
from server.pages.saved import shown
from server.problems import ENGINE_ERRORS, NO_FORMAT, UNKNOWN_FORMAT, ProblemError, as_problem
from server.protocol import respond

RESERVED = ("format",)
WRONG_VALUES = {
    "date": "{name}: {value} is no date. Write it like {example}.",
    "integer": "{name}: {value} is no whole number. Write it like {example}.",
    "decimal": "{name}: {value} is no number. Write it like {example}.",
    "iri": "{name}: {value} is no IRI. Write it like {example}.",
    "string": "{name}: {value} cannot be understood. Write it like {example}.",
}
"""What is said of a value by the parameter's type."""

blueprint = Blueprint("saved", __name__)


@blueprint.get("/queries")
def index() -> Response:
    """Every saved query with its summary, as a page or as JSON."""
    queries = list(load_all().values())
    if negotiate(request.headers.get("Accept", ""), (HTML, RESULTS[0])) is HTML:
        return Response(render_template("queries.html", queries=queries), content_type=HTML.content_type)
    document = [{"name": q.name, "summary": {"en": q.summary, "ar": q.summary_ar}, "view": q.view} for q in queries]
    return Response(json.dumps(document, ensure_ascii=False), content_type="application/json")


@blueprint.get("/queries/<name>")
def run(name: str) -> Response:
    """The answer of a saved query; parameters are those that it declares, and `format`."""
    query = _query(name)
    form = _format()
    response = _page(query) if form is HTML else _answer(query, form)
    response.vary.add("Accept")
    return response


def _query(name: str) -> SavedQuery:
    try:
        return load(name)
    except UsageError:
        raise ProblemError(404, "There is no saved question {name}. /queries lists them.", name=name[:80]) from None


def _format() -> Format:
    name = request.args.get("format", "")
    found = by_extension((*RESULTS, *GRAPHS), name) if name else None
    if name and found is None:
        raise ProblemError(406, UNKNOWN_FORMAT, name=name[:40], known=names_of((*RESULTS, *GRAPHS)))
    found = found or negotiate(request.headers.get("Accept", ""), (HTML, *RESULTS, *GRAPHS))
    if found is None:
        raise ProblemError(406, NO_FORMAT, known=names_of((*RESULTS, *GRAPHS)))
    return found


def _values(query: SavedQuery) -> dict[str, str]:
    """What the request says of the query's parameters; names come in the reader's language if it says nothing."""
    known = {parameter.name for parameter in query.parameters}
    values = {name: value for name, value in request.args.items() if name in known}
    if "lang" in known and not values.get("lang"):
        values["lang"] = current()
    unknown = set(request.args) - known - {*RESERVED, "lang"}
    if unknown:
        raise ProblemError(
            400,
            "{query} has no parameter {names}. There are: {known}.",
            query=query.name,
            names=", ".join(sorted(unknown))[:80],
            known=", ".join([*sorted(known), *RESERVED]),
        )
    return values


def _filled(query: SavedQuery) -> str:
    values = _values(query)
    for parameter in query.parameters:
        try:
            parameter.term(values.get(parameter.name) or parameter.example)
        except UsageError:
            raise ProblemError(
                400,
                WRONG_VALUES[parameter.type],
                name=parameter.name,
                value=values[parameter.name][:80],
                example=parameter.example,
            ) from None
    return query.filled(values)


def _answer(query: SavedQuery, form: Format) -> Response:
    kinds = {"rows": form.extension, "boolean": form.extension} if form in RESULTS else {"graph": form.extension}
    return respond(engine().query(_filled(query), kinds))


def _page(query: SavedQuery) -> Response:
    """The form with the first rows; what is wrong is said above them."""
    values: dict[str, object] = {"query": query, "formats": RESULTS, "base": config().base}
    status = 200
    try:
        values |= {"given": _values(query), **shown(this_edition(), query, _filled(query))}
    except (ProblemError, *ENGINE_ERRORS) as error:
        values["problem"] = problem = as_problem(error)
        status = problem.status
    values.setdefault("given", request.args)
    return Response(render_template("saved.html", **values), status=status, content_type=HTML.content_type)
