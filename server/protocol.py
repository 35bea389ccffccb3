"""/sparql: the query half of the SPARQL 1.1 Protocol. https://www.w3.org/TR/sparql11-protocol/#query-operation"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict

from server import service_description
from server.access_log import QUERY
from server.context import engine
from server.engine.pool import Answer
from server.engine.tasks import Dataset, Reply
from server.formats import GRAPHS, HTML, RESULTS, Format, by_extension, negotiate
from server.problems import ProblemError
from server.query_page import query_page

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
QUERY_TYPE = "application/sparql-query"
DATASET_PARAMETERS = ("default-graph-uri", "named-graph-uri")

blueprint = Blueprint("protocol", __name__)


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks: the text of the operation, and all its other parameters."""

    text: str
    parameters: MultiDict[str, str]


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    failure = request.environ.get("kgbuild.failure")
    if failure:
        raise failure
    response = _answer()
    response.vary.add("Accept")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.route("/sparql", methods=["OPTIONS"])
def preflight() -> Response:
    """https://fetch.spec.whatwg.org/#cors-preflight-fetch"""
    headers = {
        "Allow": "GET, HEAD, POST, OPTIONS",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
        "Access-Control-Allow-Headers": "Accept, Content-Type",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status=204, headers=headers)


def _answer() -> Response:
    if request.method in ("GET", "HEAD") and "query" not in request.args:
        return _without_query()
    operation = read_operation("query", QUERY_TYPE, request.method == "POST")
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


def read_operation(name: str, direct_type: str, post: bool) -> Operation:
    """The operation of this request, under the parameter `name` or as a body of `direct_type`."""
    media_type = request.mimetype
    if not post:
        parameters = MultiDict(request.args.items(multi=True))
    elif media_type in FORM_TYPES:
        parameters = MultiDict([*request.args.items(multi=True), *request.form.items(multi=True)])
    elif media_type == direct_type:
        if name in request.args:
            raise ProblemError(400, f"There is a {name} in the URL and another one in the body.")
        return Operation(_body(), MultiDict(request.args.items(multi=True)))
    else:
        raise ProblemError(415, f"Send the {name} as a form or as {direct_type}.")
    texts = parameters.getlist(name)
    if len(texts) != 1:
        raise ProblemError(400, f"There must be one parameter {name}, and there are {len(texts)}.")
    if "�" in texts[0]:
        raise ProblemError(400, f"The {name} is not UTF-8.")
    return Operation(texts[0], parameters)


def _body() -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(415, "The body must be UTF-8.")
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(400, f"The body is not UTF-8: byte {error.start}.") from None


def dataset(parameters: MultiDict[str, str]) -> Dataset | None:
    """The dataset that the protocol's parameters name, None if they name none."""
    default, named = (tuple(parameters.getlist(name)) for name in DATASET_PARAMETERS)
    if not default and not named:
        return None
    for iri in (*default, *named):
        check_iri(iri)
    return Dataset(default=default, named=named)


def check_iri(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise ProblemError(400, f"Not an absolute IRI: {iri[:200]} ({error})") from None


def _choices(name: str) -> Mapping[str, str]:
    """The formats that `?format=` names: one for rows, one for graphs."""
    result, graph = by_extension(RESULTS, name), by_extension(GRAPHS, name)
    if not result and not graph:
        known = ", ".join(f.extension for f in (*RESULTS, *GRAPHS))
        raise ProblemError(406, f"There is no format {name[:40]!r}. There are: {known}.")
    return acceptable(result, graph)


def _acceptable(accept: str) -> Mapping[str, str]:
    result, graph = negotiate(accept, RESULTS), negotiate(accept, GRAPHS)
    if not result and not graph:
        raise ProblemError(406, "None of the formats that you accept can be written.")
    return acceptable(result, graph)


def acceptable(result: Format | None, graph: Format | None) -> Mapping[str, str]:
    """The formats of each kind of answer, as `QueryTask` has them."""
    kinds = {"rows": result, "boolean": result, "graph": graph}
    return {kind: form.extension for kind, form in kinds.items() if form}


def content_type(head: Reply) -> str:
    table = GRAPHS if head.kind == "graph" else RESULTS
    form = by_extension(table, head.format or "")
    assert form is not None
    return form.content_type


def respond(answer: Answer) -> Response:
    """The engine's answer as it comes; a long one streams."""
    kind = content_type(answer.head)
    if answer.head.complete:
        return Response(answer.head.body, content_type=kind, headers=answer.notes())
    response = Response(answer.pieces, content_type=kind, headers=answer.notes())
    response.call_on_close(answer.close)
    return response
