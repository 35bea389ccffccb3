"""The query page: a form, and the answer as a table."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Response, render_template

from server.context import engine
from server.engine.engine import AnswerError, Row, rows
from server.engine.tasks import Dataset
from server.formats import GRAPHS, HTML, RESULTS
from server.graph import Text, describe
from server.language import current
from server.pages.links import Link, Names
from server.problems import refused
from server.sparql_text import with_limit

SHOWN_ROWS = 500
NAMED_THINGS = 400
EXAMPLE = Path(__file__).resolve().parent / "queries" / "example.rq"


def query_page(text: str, dataset: Dataset | None) -> Response:
    """The page, with the answer if there is a query; a query that fails is shown with what is wrong."""
    values: dict[str, object] = {"text": text, "example": EXAMPLE.read_text(encoding="utf-8")}
    status = 200
    if text:
        try:
            values |= _answered(text, dataset)
        except AnswerError as error:
            values["problem"] = problem = refused(error)
            status = problem.status
    page = render_template("query.html", formats=(*RESULTS, *GRAPHS), **values)
    return Response(page, status=status, content_type=HTML.content_type)


def _answered(text: str, dataset: Dataset | None) -> dict[str, object]:
    kinds = {"rows": "srj", "boolean": "srj", "graph": "ttl"}
    answer = engine().query(with_limit(text, SHOWN_ROWS), kinds, dataset=dataset)
    body = b"".join(answer.pieces)
    kind = answer.head.kind
    if kind == "graph":
        return {"kind": kind, "table": None, "body": body.decode()}
    document = json.loads(body)
    if kind == "boolean":
        return {"kind": kind, "table": None, "verdict": document["boolean"]}
    table = rows(body)
    return {
        "kind": kind,
        "names": document["head"]["vars"],
        "table": named(table),
        "more": len(table) == SHOWN_ROWS,
    }


def named(table: list[Row]) -> list[dict[str, Link | Text]]:
    """Rows with the names of the things in them, in the reader's language."""
    base = engine().config.base
    ours = {v.text for row in table for v in row.values() if v.kind == "uri" and v.text.startswith(base)}
    names = Names(describe(engine(), sorted(ours)[:NAMED_THINGS]), current(), base)
    return [{name: names.value(value) for name, value in row.items()} for row in table]
