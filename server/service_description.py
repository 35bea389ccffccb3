"""What the endpoint says of itself: https://www.w3.org/TR/sparql11-service-description/"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pyoxigraph
from flask import Response, render_template, request
from pyoxigraph import RdfFormat

from server.context import config
from server.formats import Format
from server.rdf_text import written


def describe(form: Format) -> Response:
    """The description, written as Turtle and translated into the format that is asked for."""
    text = render_template(
        "service-description.ttl",
        endpoint=request.base_url,
        union=config().default_graph == "union",
        geosparql=geosparql_functions(),
    )
    return translated(text, form)


@lru_cache(maxsize=1)
def geosparql_functions() -> tuple[str, ...]:
    """The local names of the engine's GeoSPARQL functions, which it does not tell; a test asks it for each."""
    path = Path(__file__).resolve().parent / "data" / "geosparql-functions.txt"
    return tuple(path.read_text(encoding="utf-8").split())


def translated(turtle: str, form: Format) -> Response:
    """A Turtle document of ours in another format, or as it is."""
    if form.extension == "ttl":
        return Response(turtle, content_type=form.content_type)
    triples = (quad.triple for quad in pyoxigraph.parse(turtle, format=RdfFormat.TURTLE))
    return Response(written(triples, form), content_type=form.content_type)
