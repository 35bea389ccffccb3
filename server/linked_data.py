"""Every IRI of ours can be looked up: 303 from the thing to its page or its data, by Accept or by suffix.

The data's base IRI need not be the address of this server: base + rest is answered at /rest.
https://www.w3.org/TR/cooluris/
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyoxigraph
from flask import Blueprint, Response, abort, redirect, render_template, request
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, RdfFormat
from werkzeug.wrappers import Response as AnyResponse

from kgbuild.vocab import PREFIXES
from server import language
from server.context import config, engine, tables
from server.engine.engine import Engine
from server.engine.queries import filled
from server.engine.tasks import Dataset, DumpTask, QueryTask
from server.formats import GRAPHS, HTML, Format, by_extension, negotiate
from server.graph import path_of
from server.pages.document import document_page
from server.pages.entity import entity_page
from server.pages.graph import graph_page
from server.pages.incident import incident_page
from server.pages.thing import thing_page
from server.problems import ProblemError
from server.protocol import respond

INCOMING = 1000
"""How many incoming statements one page of data holds."""

PAGES: dict[str, tuple[str, Callable[[Engine, str, str], object]]] = {
    "incident": ("incident.html", incident_page),
    "document": ("document.html", document_page),
    "graph": ("graph.html", graph_page),
    "entity": (
        "entity.html",
        lambda engine, iri, language: entity_page(engine, tables(), iri, language, _page_number()),
    ),
}
"""Template and reader of each kind of thing; other kinds have the plain page."""

blueprint = Blueprint("linked_data", __name__)


@blueprint.get("/<any(entity, incident, report, document, graph, run):kind>/<path:rest>")
def thing(kind: str, rest: str) -> AnyResponse:
    name, form = _split(rest)
    found = _find(f"{config().base}{kind}/{name}") if form else None
    if found is None:
        name, form = rest, None
        found = _find(f"{config().base}{kind}/{name}")
    if found is None:
        abort(404, description=f"The graph says nothing of {config().base}{kind}/{rest}.")
    iri, replaced_by = found
    if replaced_by and (path := path_of(replaced_by, config().base)):
        return redirect(path + (f".{form.extension}" if form else ""), 301)
    if form is None:
        return _see_other(f"/{kind}/{name}")
    return _page(kind, iri) if form is HTML else _data(kind, iri, form)


def _split(rest: str) -> tuple[str, Format | None]:
    name, dot, extension = rest.rpartition(".")
    form = by_extension((HTML, *GRAPHS), extension) if dot else None
    return (name, form) if form and form.extension == extension else (rest, None)


def _find(iri: str) -> tuple[str, str | None] | None:
    """The IRI if the graph says anything of it, and what has replaced it."""
    try:
        rows = engine().select("exists", this=NamedNode(iri))
    except ValueError:
        return None
    return (iri, rows[0]["by"].text if "by" in rows[0] else None) if rows else None


def _see_other(path: str) -> AnyResponse:
    form = negotiate(request.headers.get("Accept", ""), (HTML, *GRAPHS))
    if form is None:
        raise ProblemError(406, "There is a page, and data in the usual formats of RDF.")
    query = request.query_string.decode()
    response = redirect(f"{path}.{form.extension}" + (f"?{query}" if query else ""), 303)
    response.vary.add("Accept")
    return response


def _page(kind: str, iri: str) -> Response:
    template, read = PAGES.get(kind, ("thing.html", thing_page))
    page = read(engine(), iri, language.current())
    path = path_of(iri, config().base)
    return Response(
        render_template(template, page=page, iri=iri, path=path, formats=GRAPHS), content_type=HTML.content_type
    )


def _page_number() -> int:
    number = request.args.get("page", 1, type=int)
    return min(max(number, 1), 100_000)


def _data(kind: str, iri: str, form: Format) -> Response:
    if kind == "graph":
        return respond(engine().read(DumpTask(graph=iri, snapshot=engine().snapshot(), format=form.extension)))
    quads = statements(engine(), iri, page=_page_number())
    target = RdfFormat.from_extension(form.extension)
    assert target is not None
    items: Any = quads if target.supports_datasets else dict.fromkeys(quad.triple for quad in quads)
    prefixes = None if form.extension in ("nt", "nq") else dict(PREFIXES)
    response = Response(pyoxigraph.serialize(items, format=target, prefixes=prefixes), content_type=form.content_type)
    path = path_of(iri, config().base)
    response.headers["Link"] = f'<{iri}>; rel="describes", <{path}.html>; rel="alternate"; type="text/html"'
    return response


def statements(engine: Engine, iri: str, *, page: int = 1) -> list[Quad]:
    """All statements of a thing and its parts, and one page of those that point to it."""
    text = filled("data", {"this": NamedNode(iri), "limit": INCOMING, "offset": (page - 1) * INCOMING})
    task = QueryTask(text=text, snapshot=engine.snapshot(), formats={"rows": "srj"}, dataset=Dataset(union=True))
    body = b"".join(engine.read(task).pieces)
    solutions: Any = pyoxigraph.parse_query_results(body, format=QueryResultsFormat.JSON)
    return [Quad(row["s"], row["p"], row["o"], row["g"]) for row in solutions]
