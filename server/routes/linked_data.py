"""Every IRI of ours can be looked up: 303 from the thing to its page or its data, by Accept or by suffix.

The data's base IRI need not be the address of this server: base + rest is answered at /rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pyoxigraph
from flask import Blueprint, Response, redirect, render_template, request
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, RdfFormat
from werkzeug.wrappers import Response as AnyResponse

from server import json_ld, structured
from server.context import config, engine, this_edition
from server.engine.engine import Engine
from server.engine.queries import filled
from server.engine.tasks import Dataset, DumpTask, QueryTask
from server.formats import GRAPHS, HTML, Format, by_extension
from server.graph import path_of
from server.pages.document import document_page
from server.pages.edition import Edition
from server.pages.entity import entity_page
from server.pages.graph import graph_page
from server.pages.incident import incident_page
from server.pages.thing import thing_page
from server.problems import ProblemError
from server.protocol import respond
from server.rdf_text import described
from server.see_other import alternates, see_other, with_query

_LONGEST = 300
"""Letters of an IRI that an answer repeats."""
INCOMING = 1000
"""How many incoming statements one page of data holds."""

PAGES: dict[str, tuple[str, Callable[[Edition, str], object]]] = {
    "incident": ("incident.html", incident_page),
    "document": ("document.html", document_page),
    "graph": ("graph.html", graph_page),
    "entity": ("entity.html", lambda edition, iri: entity_page(edition, iri, _page_number())),
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
        raise ProblemError(
            404,
            "The graph says nothing of {iri}. It may have been removed; look for its name under Search.",
            iri=f"{config().base}{kind}/{rest}"[:_LONGEST],
        )
    iri, replaced_by = found
    if replaced_by and (path := path_of(replaced_by, config().base)):
        return redirect(with_query(path + (f".{form.extension}" if form else "")), 301)
    if form is None:
        return see_other(f"/{kind}/{name}")
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


def _described(iri: str, form: Format) -> str:
    """The header `Link` of a page or of data: what it is about, where it is at home, how else it can be had."""
    path = path_of(iri, config().base)
    own = f"{request.url_root.rstrip('/')}{path}.{form.extension}"
    return ", ".join((f'<{iri}>; rel="describes"', f'<{own}>; rel="canonical"', *alternates(str(path), form)))


def _page(kind: str, iri: str) -> Response:
    """`?view=statements` shows of anything its plain statements."""
    plain = kind not in PAGES or request.args.get("view") == "statements"
    template, read = PLAIN if plain else PAGES[kind]
    edition, path = this_edition(), path_of(iri, config().base)
    page = read(edition, iri)
    about = structured.thing(edition, kind, iri, f"{request.url_root.rstrip('/')}{path}.html")
    html = render_template(
        template,
        page=page,
        iri=iri,
        path=path,
        formats=GRAPHS,
        plain=plain,
        structured=about and structured.embedded(about),
    )
    return Response(html, content_type=HTML.content_type, headers={"Link": _described(iri, HTML)})


def _page_number() -> int:
    number = request.args.get("page", 1, type=int)
    return min(max(number, 1), 100_000)


PLAIN = ("thing.html", lambda edition, iri: thing_page(edition, iri, _page_number()))
"""Template and reader of what has no page of its own."""


def _data(kind: str, iri: str, form: Format) -> Response:
    if kind == "graph":
        response, links = _whole_graph(iri, form), _described(iri, form)
    else:
        quads, more = statements(engine(), iri, page=_page_number())
        response = Response(described(quads, form), content_type=form.content_type)
        links = ", ".join((_described(iri, form), *_neighbours(more)))
    response.headers["Link"] = links
    return response


def _whole_graph(iri: str, form: Format) -> Response:
    """As it streams; JSON-LD gets its context where the graph is small enough to be held."""
    task = DumpTask(graph=iri, snapshot=engine().snapshot(), format="nt")
    if form.extension == "jsonld":
        answer = engine().read(task)
        if answer.head.complete:
            triples = (quad.triple for quad in pyoxigraph.parse(answer.head.body, format=RdfFormat.N_TRIPLES))
            return Response(json_ld.compacted(triples), content_type=form.content_type)
        answer.close()
    return respond(engine().read(replace(task, format=form.extension)))


def _neighbours(more: bool) -> Iterator[str]:
    """Where there are more incoming statements than a page of data holds."""
    page = _page_number()
    if page > 1:
        yield f'<?page={page - 1}>; rel="prev"'
    if more:
        yield f'<?page={page + 1}>; rel="next"'


def statements(engine: Engine, iri: str, *, page: int = 1) -> tuple[list[Quad], bool]:
    """All statements of a thing and its parts, one page of those that point to it, and whether there may be more."""
    this = NamedNode(iri)
    text = filled("data", {"this": this, "limit": INCOMING, "offset": (page - 1) * INCOMING})
    task = QueryTask(text=text, snapshot=engine.snapshot(), formats={"rows": "srj"}, dataset=Dataset(union=True))
    body = b"".join(engine.read(task).pieces)
    solutions: Any = pyoxigraph.parse_query_results(body, format=QueryResultsFormat.JSON)
    found = [Quad(row["s"], row["p"], row["o"], row["g"]) for row in solutions]
    return found, sum(quad.object == this for quad in found) >= INCOMING
