"""/store: the SPARQL 1.1 Graph Store Protocol. https://www.w3.org/TR/sparql11-http-rdf-update/"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pyoxigraph
from flask import Blueprint, Response, request
from pyoxigraph import RdfFormat

from server.authorization import require_token
from server.context import engine
from server.engine.tasks import DumpTask, GraphTask
from server.formats import GRAPHS, Format, by_extension, by_media_type, names_of, negotiate
from server.problems import NO_FORMAT, NO_GRAPH, ProblemError
from server.protocol import check_iri, respond

METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE"]

blueprint = Blueprint("graph_store", __name__)


@blueprint.route("/store", methods=METHODS)
def indirect() -> Response:
    """A graph named by `?graph=`, the default graph by `?default`; POST to neither makes a new graph."""
    require_token()
    graphs, default = request.args.getlist("graph"), "default" in request.args
    if request.method == "POST" and not graphs and not default:
        return _create()
    if len(graphs) + default != 1:
        raise ProblemError(400, "Name one graph: ?graph=IRI or ?default.")
    return _operate(None if default else check_iri(graphs[0]).value)


@blueprint.route("/store/<path:_rest>", methods=METHODS)
def direct(_rest: str) -> Response:
    """A graph whose IRI is the URL of the request."""
    require_token()
    return _operate(request.base_url)


def _operate(graph: str | None) -> Response:
    if request.method in ("GET", "HEAD"):
        return _read(graph)
    action = request.method.lower()
    triples = b"" if action == "delete" else _triples(graph)
    reply = engine().write(GraphTask(action=action, graph=graph, triples=triples))
    existed = bool(reply.facts.get("existed"))
    if action == "delete" and not existed:
        raise ProblemError(404, NO_GRAPH, graph=str(graph)[:200])
    return Response(status=204 if existed else 201)


def _create() -> Response:
    graph = f"{request.base_url}/{secrets.token_hex(10)}"
    engine().write(GraphTask(action="post", graph=graph, triples=_triples(graph)))
    return Response(status=201, headers={"Location": graph})


def _read(graph: str | None) -> Response:
    name, accept = request.args.get("format"), request.headers.get("Accept", "")
    form = by_extension(GRAPHS, name) if name else negotiate(accept, GRAPHS)
    if form is None:
        raise ProblemError(406, NO_FORMAT, known=names_of(GRAPHS))
    response = respond(engine().read(DumpTask(graph=graph, snapshot=engine().snapshot(), format=form.extension)))
    response.vary.add("Accept")
    return response


def _triples(graph: str | None) -> bytes:
    """The statements of the body as N-Triples; of a multipart body, those of all its files."""
    base = graph or request.base_url
    if request.mimetype == "multipart/form-data":
        files = [file for _, file in request.files.items(multi=True)]
        parts = [(file.read(), _format(file.mimetype, file.filename)) for file in files]
        parts += [(text.encode(), GRAPHS[0]) for _, text in request.form.items(multi=True)]
    else:
        parts = [(request.get_data(), _format(request.mimetype, None))]
    try:
        return pyoxigraph.serialize(_statements(parts, base), format=RdfFormat.N_TRIPLES) or b""
    except SyntaxError as error:
        raise ProblemError(400, "The body cannot be read: {reason}", reason=error) from None


def _statements(parts: list[tuple[bytes, Format]], base: str) -> Iterator[pyoxigraph.Triple]:
    for data, form in parts:
        source = RdfFormat.from_extension(form.extension)
        assert source is not None
        quads = pyoxigraph.parse(data, format=source, base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
        yield from (quad.triple for quad in quads)


def _format(media_type: str, filename: str | None) -> Format:
    form = by_media_type(GRAPHS, media_type) if media_type else GRAPHS[0]
    if filename and (form is None or media_type in ("text/plain", "application/octet-stream")):
        form = by_extension(GRAPHS, filename.rpartition(".")[2]) or form
    if form is None:
        known = ", ".join(form.media_type for form in GRAPHS)
        raise ProblemError(415, "Graphs are read from {known}, not {type}.", type=media_type[:80], known=known)
    return form
