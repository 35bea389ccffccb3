"""What the endpoint says of itself: https://www.w3.org/TR/sparql11-service-description/"""

from __future__ import annotations

import pyoxigraph
from flask import Response, render_template, request
from pyoxigraph import RdfFormat

from kgbuild.vocab import PREFIXES
from server.context import config
from server.formats import Format


def describe(form: Format) -> Response:
    """The description, written as Turtle and translated into the format that is asked for."""
    text = render_template(
        "service-description.ttl", endpoint=request.base_url, union=config().default_graph == "union"
    )
    return translated(text, form)


def translated(turtle: str, form: Format) -> Response:
    """A Turtle document of ours in another format, or as it is."""
    if form.extension == "ttl":
        return Response(turtle, content_type=form.content_type)
    target = RdfFormat.from_extension(form.extension)
    assert target is not None
    triples = (quad.triple for quad in pyoxigraph.parse(turtle, format=RdfFormat.TURTLE))
    prefixes = None if form.extension in ("nt", "nq") else dict(PREFIXES)
    body = pyoxigraph.serialize(triples, format=target, prefixes=prefixes)
    return Response(body, content_type=form.content_type)
