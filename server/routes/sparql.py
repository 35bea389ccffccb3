"""/sparql: the query half of the SPARQL 1.1 Protocol. https://www.w3.org/TR/sparql11-protocol/#query-operation"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, request

from server import service_description
from server.access_log import QUERY
from server.context import engine
from server.fast_path import FAILURE
from server.formats import GRAPHS, HTML, RESULTS, by_extension, names_of, negotiate
from server.problems import ENDLESS, NO_FORMAT, UNKNOWN_FORMAT, ProblemError
from server.protocol import acceptable, dataset, read_operation, respond
from server.query_page import query_page

QUERY_TYPE = "application/sparql-query"

LONGEST_QUERY = 4 << 20
"""Characters. To read so many takes the server up to two seconds, in which it answers others more slowly."""

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"], provide_automatic_options=False)
def sparql() -> Response:
    failure = request.environ.get(FAILURE)
    if failure:
        raise failure
    response = _answer()
    response.vary.add("Accept")
    return response


@blueprint.route("/sparql", methods=["OPTIONS"])
def preflight() -> Response:
    """https://fetch.spec.whatwg.org/#cors-preflight-fetch"""
    headers = {
        "Allow": "GET, HEAD, POST, OPTIONS",
        "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
        "Access-Control-Allow-Headers": "Accept, Content-Type",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status=204, headers=headers)


def _answer() -> Response:
    if request.method in ("GET", "HEAD") and "query" not in request.args:
        return _without_query()
    operation = read_operation("query", QUERY_TYPE, request.method == "POST")
    if len(operation.text) > LONGEST_QUERY:
        raise ProblemError(413, ENDLESS, most=LONGEST_QUERY >> 20)
    request.environ[QUERY] = operation.text
    accept = request.headers.get("Accept", "")
    wanted = operation.parameters.get("format") or operation.parameters.get("output")
    if not wanted and negotiate(accept, (*RESULTS, *GRAPHS, HTML)) is HTML:
        return query_page(operation.text, dataset(operation.parameters))
    answer = engine().query(
        operation.text,
        _choices(wanted) if wanted else _acceptable(accept),
        dataset=dataset(operation.parameters),
        base_iri=request.base_url,
    )
    return respond(answer)


def _without_query() -> Response:
    form = negotiate(request.headers.get("Accept", ""), (*GRAPHS, HTML))
    if form is HTML:
        return query_page("", None)
    if form is None:
        raise ProblemError(406, "Without a query there is the service description, as RDF, and the query page.")
    return service_description.describe(form)


def _choices(name: str) -> Mapping[str, str]:
    """The formats that `?format=` names: one for rows, one for graphs."""
    result, graph = by_extension(RESULTS, name), by_extension(GRAPHS, name)
    if not result and not graph:
        known = names_of((*RESULTS, *GRAPHS))
        raise ProblemError(406, UNKNOWN_FORMAT, name=name[:40], known=known)
    return acceptable(result, graph)


def _acceptable(accept: str) -> Mapping[str, str]:
    result, graph = negotiate(accept, RESULTS), negotiate(accept, GRAPHS)
    if not result and not graph:
        raise ProblemError(406, NO_FORMAT, known=names_of((*RESULTS, *GRAPHS)))
    return acceptable(result, graph)
