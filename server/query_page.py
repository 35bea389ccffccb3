"""The query page: a form, and the answer as a table."""

from __future__ import annotations

from flask import Response, render_template

from server.context import engine
from server.engine.engine import rows
from server.engine.tasks import Dataset
from server.formats import HTML
from server.sparql_text import with_limit

SHOWN_ROWS = 500


def query_page(text: str, dataset: Dataset | None) -> Response:
    """The page, with the answer if there is a query."""
    answer = (
        engine().query(with_limit(text, SHOWN_ROWS), {"rows": "srj", "boolean": "srj", "graph": "ttl"}, dataset=dataset)
        if text
        else None
    )
    body = b"".join(answer.pieces) if answer else b""
    table = rows(body) if answer and answer.head.kind == "rows" else None
    page = render_template(
        "query.html", text=text, kind=answer.head.kind if answer else None, table=table, body=body.decode()
    )
    return Response(page, content_type=HTML.content_type)
