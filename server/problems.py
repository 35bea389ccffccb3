"""Failures as the client sees them: RFC 9457 problem documents, a page for a browser.

https://www.rfc-editor.org/rfc/rfc9457
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, current_app, g, render_template, request
from werkzeug.exceptions import HTTPException, RequestedRangeNotSatisfiable

from kgbuild.errors import StoreError
from server.engine.engine import AnswerError
from server.engine.limits import EngineBusyError, TaskTimeoutError, WorkerLostError
from server.formats import HTML, Format, negotiate

TOO_LONG = "It took longer than this server allows. Narrow it down, or ask for less at once."
TOO_BIG = "It needed more memory, or was nested deeper, than this server allows."
BUSY = "The server has all the work it can do. Try again a little later."
RETRY_SECONDS = 5

ENGINE_ERRORS = (AnswerError, EngineBusyError, TaskTimeoutError, WorkerLostError)

_STATUS = {
    "syntax": 400,
    "refused": 400,
    "forbidden": 403,
    "no-such-graph": 404,
    "not-acceptable": 406,
    "conflict": 409,
    "unsupported": 501,
    "memory": 503,
    "store-busy": 503,
    "store": 502,
}
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LONGEST_REASON = 300

PROBLEM = Format("json", "application/problem+json", "JSON", ("application/json",))
TEXT = Format("txt", "text/plain", "text", charset=True)


class ProblemError(Exception):
    """An answer other than success. `detail` is for people; `members` are further members of the document."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers, self.members = dict(headers or {}), dict(members or {})


def register(app: Flask) -> None:
    """Answer every failure in the same form."""
    app.register_error_handler(ProblemError, render)
    app.register_error_handler(HTTPException, _from_werkzeug)
    for kind in ENGINE_ERRORS:
        app.register_error_handler(kind, lambda error: render(as_problem(error)))
    app.register_error_handler(StoreError, _unreadable)
    app.register_error_handler(Exception, _unforeseen)


def render(problem: ProblemError) -> Response:
    status = HTTPStatus(problem.status)
    document = {"title": status.phrase, "status": problem.status, "detail": problem.detail, **problem.members}
    form = negotiate(request.headers.get("Accept", ""), (PROBLEM, HTML, TEXT)) or PROBLEM
    if form is HTML:
        body = render_template("problem.html", problem=document)
    elif form is TEXT:
        body = f"{status.value} {status.phrase}\n{problem.detail}\n"
    else:
        body = json.dumps(document, ensure_ascii=False)
    response = Response(body, status=problem.status, content_type=form.content_type, headers=problem.headers)
    response.vary.add("Accept")
    return response


def _from_werkzeug(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # redirects are exceptions there, too
    valid = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(valid))} if valid else {}
    if isinstance(error, RequestedRangeNotSatisfiable):
        headers["Content-Range"] = f"{error.units} */{error.length}"
    return render(ProblemError(error.code, error.description or "", headers=headers))


def as_problem(error: Exception) -> ProblemError:
    """How the client is told that the engine gave no answer; `error` is one of ENGINE_ERRORS or a problem already."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, EngineBusyError):
        return _busy(error.retry_after)
    if isinstance(error, AnswerError):
        return _refused(error)
    return ProblemError(504, TOO_LONG) if isinstance(error, TaskTimeoutError) else ProblemError(503, TOO_BIG)


def _refused(error: AnswerError) -> ProblemError:
    status = _STATUS.get(error.problem, 500)
    if status == 500:
        current_app.logger.error("request %s: the engine says %s", g.get("request_id", "?"), error.message)
        return ProblemError(500, "The engine failed.")
    if error.problem == "store":
        current_app.logger.error("request %s: %s", g.get("request_id", "?"), error.message)
        return ProblemError(502, "The store could not be read or changed. The server's log says why.")
    if error.problem == "not-acceptable":
        return ProblemError(406, f"The answer is of the kind {error.message}, in none of the formats you accept.")
    if status == 503:
        return _busy(RETRY_SECONDS) if error.problem == "store-busy" else ProblemError(503, TOO_BIG)
    place = _PLACE.search(error.message)
    if place is None:
        return ProblemError(status, error.message[:_LONGEST_REASON])
    line, column, reason = int(place[1]), int(place[2]), place[3][:_LONGEST_REASON]
    detail = f"Syntax error in line {line}, column {column}: {reason}"
    return ProblemError(status, detail, members={"line": line, "column": column})


def _busy(seconds: int) -> ProblemError:
    return ProblemError(503, BUSY, headers={"Retry-After": str(seconds)})


def _unreadable(error: StoreError) -> Response:
    current_app.logger.error("the store: %s", error)
    return render(ProblemError(503, "The store cannot be read now.", headers={"Retry-After": str(RETRY_SECONDS)}))


def _unforeseen(error: Exception) -> Response:
    """The log gets the error, the client only its number."""
    current_app.logger.error("request %s failed", g.get("request_id", "?"), exc_info=error)
    detail = f"The server failed. Its log has the reason under the number {g.get('request_id', '?')}."
    return render(ProblemError(500, detail))
