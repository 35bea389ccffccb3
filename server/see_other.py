"""From a thing to its page or its data: 303 by Accept, and the addresses of all its formats.

https://www.w3.org/TR/cooluris/
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import redirect, request
from werkzeug.wrappers import Response

from server.formats import GRAPHS, HTML, Format, names_of, negotiate
from server.problems import NO_FORMAT, ProblemError


def see_other(path: str) -> Response:
    """To what is shown at `path` in the format that the request wants, with what it says besides, such as `?lang=`."""
    response = redirect(with_query(f"{path}.{wanted_format().extension}"), 303)
    response.vary.add("Accept")
    response.headers["Link"] = ", ".join(alternates(path))
    return response


def wanted_format() -> Format:
    """The page, or a format of RDF, by Accept; 406 for anything else."""
    form = negotiate(request.headers.get("Accept", ""), (HTML, *GRAPHS))
    if form is None:
        raise ProblemError(406, NO_FORMAT, known=names_of((HTML, *GRAPHS)))
    return form


def with_query(path: str) -> str:
    """The path with the query of this request."""
    query = request.query_string.decode()
    return f"{path}?{query}" if query else path


def alternates(path: str, but: Format | None = None) -> Iterator[str]:
    """The same thing in the other formats, as the header has it: https://www.rfc-editor.org/rfc/rfc8288"""
    for form in (HTML, *GRAPHS):
        if form is not but:
            yield f'<{path}.{form.extension}>; rel="alternate"; type="{form.media_type}"'
