"""What the SPARQL 1.1 Protocol has requests say, and how answers go out. https://www.w3.org/TR/sparql11-protocol/"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flask import Response, request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict

from server.engine.pool import Answer
from server.engine.tasks import Dataset, Reply
from server.formats import GRAPHS, RESULTS, Format, by_extension
from server.problems import ProblemError

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
NO_IRI = "Not an absolute IRI: {iri}. Write it whole, as https://example.org/graph."
DATASET_PARAMETERS = ("default-graph-uri", "named-graph-uri")


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks: the text of the operation, and all its other parameters."""

    text: str
    parameters: MultiDict[str, str]


def read_operation(name: str, direct_type: str, post: bool) -> Operation:
    """The operation of this request, under the parameter `name` or as a body of `direct_type`."""
    media_type = request.mimetype
    if not post:
        parameters = MultiDict(request.args.items(multi=True))
    elif media_type in FORM_TYPES:
        parameters = MultiDict([*request.args.items(multi=True), *request.form.items(multi=True)])
    elif media_type == direct_type:
        if name in request.args:
            raise ProblemError(400, "There is a {name} in the URL and another one in the body. Send one.", name=name)
        return Operation(_body(), MultiDict(request.args.items(multi=True)))
    else:
        raise ProblemError(415, "Send the {name} as a form or as {type}.", name=name, type=direct_type)
    texts = parameters.getlist(name)
    if len(texts) != 1:
        raise ProblemError(400, "There must be one parameter {name}, and there are {n}.", name=name, n=len(texts))
    if "�" in texts[0]:
        raise ProblemError(400, "The {name} is not UTF-8. Send it so.", name=name)
    return Operation(texts[0], parameters)


def _body() -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(415, "The body must be UTF-8, and says it is {charset}.", charset=charset[:40])
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(400, "The body is not UTF-8: byte {byte}. Save it so.", byte=error.start) from None


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
    except ValueError:
        raise ProblemError(400, NO_IRI, iri=iri[:200]) from None


def acceptable(result: Format | None, graph: Format | None) -> Mapping[str, str]:
    """The formats of each kind of answer, as `QueryTask` has them."""
    kinds = {"rows": result, "boolean": result, "graph": graph}
    return {kind: form.extension for kind, form in kinds.items() if form}


def content_type(head: Reply) -> str:
    return _content_type(head.kind == "graph", head.format or "")


@cache
def _content_type(graph: bool, extension: str) -> str:
    form = by_extension(GRAPHS if graph else RESULTS, extension)
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
