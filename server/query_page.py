"""The query page: a form, and the answer as a table."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Response, render_template

from server.context import this_edition
from server.engine.engine import Solutions
from server.engine.tasks import Dataset
from server.formats import GRAPHS, HTML, RESULTS
from server.headers import SECURITY_HEADERS
from server.pages.table import map_of, table_of
from server.problems import ENGINE_ERRORS, as_problem

SHOWN_ROWS = 500
STYLED = SECURITY_HEADERS["Content-Security-Policy"].replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""The editor writes style attributes into its tables; scripts stay forbidden but for our own files."""

EXAMPLE = Path(__file__).resolve().parent / "queries" / "example.rq"


def query_page(text: str, dataset: Dataset | None) -> Response:
    """The page, with the answer if there is a query; a query that fails is shown with what is wrong."""
    values: dict[str, object] = {"text": text, "example": EXAMPLE.read_text(encoding="utf-8")}
    status = 200
    if text:
        try:
            values |= _answered(text, dataset)
        except ENGINE_ERRORS as error:
            values["problem"] = problem = as_problem(error)
            status = problem.status
    page = render_template("query.html", formats=(*RESULTS, *GRAPHS), **values)
    return Response(page, status=status, content_type=HTML.content_type, headers={"Content-Security-Policy": STYLED})


def _answered(text: str, dataset: Dataset | None) -> dict[str, object]:
    kinds = {"rows": "srj", "boolean": "srj", "graph": "ttl"}
    edition = this_edition()
    answer = edition.engine.query(text, kinds, dataset=dataset, most_rows=SHOWN_ROWS)
    body = b"".join(answer.pieces)
    kind = answer.head.kind
    if kind == "graph":
        return {"kind": kind, "table": None, "body": body.decode()}
    if kind == "boolean":
        return {"kind": kind, "table": None, "verdict": json.loads(body)["boolean"]}
    found = Solutions.of(body)
    table = table_of(edition, found.columns, found.rows)
    return {"kind": kind, "table": table, "map": map_of(table, found.rows), "more": len(found.rows) == SHOWN_ROWS}
