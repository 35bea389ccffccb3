"""/.well-known/void: what the dataset is, how large, and where it can be had. https://www.w3.org/TR/void/"""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from pyoxigraph import NamedNode

from kgbuild.store import read_build
from server.context import config, engine, tables
from server.dumps import distributions
from server.formats import GRAPHS, negotiate
from server.problems import ProblemError
from server.service_description import translated

blueprint = Blueprint("well_known", __name__)


@blueprint.get("/.well-known/void")
def void() -> Response:
    form = negotiate(request.headers.get("Accept", ""), GRAPHS) or GRAPHS[0]
    if "text/html" in request.headers.get("Accept", ""):
        form = GRAPHS[0]
    incidents = NamedNode(f"{config().base}graph/incidents")
    counts = engine().select("void", incidents=incidents)
    if not counts:
        raise ProblemError(503, "The dataset cannot be counted now.")
    classes = engine().select("void-classes")
    values = {name: value.text for name, value in counts[0].items()}
    example = tables().rows("SELECT iri FROM incident ORDER BY first DESC, number LIMIT 1")
    text = render_template(
        "void.ttl",
        root=request.url_root.rstrip("/"),
        base=config().base,
        counts=values,
        classes=[(row["class"].text, row["n"].text) for row in classes],
        example=example[0]["iri"] if example else None,
        build=read_build(config().store),
        runs=[{name: value.text for name, value in row.items()} for row in engine().select("void-runs")],
        formats=GRAPHS,
        dumps=list(distributions(config(), request.url_root.rstrip("/"))),
    )
    response = translated(text, form)
    response.vary.add("Accept")
    return response
