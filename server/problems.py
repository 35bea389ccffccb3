"""Failures as the client sees them: RFC 9457 problem documents, a page for a browser.

https://www.rfc-editor.org/rfc/rfc9457
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, current_app, g, render_template, request
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestedRangeNotSatisfiable,
    RequestEntityTooLarge,
)

from kgbuild.errors import StoreError
from kgbuild.store import NO_PREFIX, SyntaxFault, syntax_fault
from server.engine.engine import AnswerError
from server.engine.limits import EngineBusyError, TaskTimeoutError, WorkerLostError
from server.formats import HTML, Format, negotiate
from server.language import WordedError

TOO_LONG = "It took longer than this server allows. Narrow it down, or ask for less at once."
TOO_BIG = "It needed more memory, or was nested deeper, than this server allows."
BUSY = "The server has all the work it can do. Try again a little later."
NO_PAGE = "There is nothing at {path}. Begin at the home page, or look for a name under Search."
NOT_SO = "{method} cannot be done to {path}; what can: {allowed}."
ENDLESS = "The query has more than {most} million characters. Ask in parts, with fewer values in each."
TOO_LARGE = "The body is larger than {most} MiB, the most that is taken at once. Send it in parts."
NO_RANGE = "The file has no such range of bytes. Ask for it without Range to see how long it is."
UNKNOWN_FORMAT = "There is no format {name}. There are: {known}."
NO_FORMAT = "None of the formats that you accept can be written. There are: {known}."
BAD_SYNTAX = "Syntax error in line {line}, column {column}: {reason}"
NO_GRAPH = "There is no graph {graph}."
MISSING_SIGN = "Syntax error in line {line}, column {column}: missing is one of {signs}, or a word before is wrong."
UNKNOWN_PREFIX = (
    "Syntax error in line {line}, column {column}: the prefix of the name before is not declared. "
    "Begin with PREFIX name: <https://…>."
)
UNKNOWN_WORD = "Syntax error in line {line}, column {column}: a word that is not known, or something missing before it."
IS_UPDATE = "This changes the graph, and here it can only be asked. Send it to /update, with the token."
RETRY_SECONDS = 5

ENGINE_ERRORS = (AnswerError, EngineBusyError, TaskTimeoutError, WorkerLostError)

_STATUS = {
    "syntax": 400,
    "update": 400,
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
_LONGEST_REASON = 300
_LONGEST_PATH = 200

PROBLEM = Format("json", "application/problem+json", "JSON", ("application/json",))
TEXT = Format("txt", "text/plain", "text", charset=True)


class ProblemError(WordedError):
    """An answer other than success. The text says what, where, and what to do; `members` are further members of the
    document."""

    def __init__(
        self,
        status: int,
        text: str,
        *,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
        **values: object,
    ) -> None:
        super().__init__(text, **values)
        self.status = status
        self.headers, self.members = dict(headers or {}), dict(members or {})

    @classmethod
    def of(cls, status: int, error: WordedError, members: Mapping[str, object] | None = None) -> ProblemError:
        """What the error says, as an answer with this status."""
        problem = cls(status, error.text, members=members)
        problem.values = error.values
        return problem

    @property
    def detail(self) -> str:
        """For people, in their language."""
        return self.told


def register(app: Flask) -> None:
    """Answer every failure in the same form."""
    app.register_error_handler(ProblemError, render)
    app.register_error_handler(WordedError, lambda error: render(ProblemError.of(400, error)))
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
    path = request.path[:_LONGEST_PATH]
    if isinstance(error, NotFound):
        return render(ProblemError(404, NO_PAGE, path=path))
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        headers = {"Allow": allowed} if allowed else {}
        return render(ProblemError(405, NOT_SO, method=request.method, path=path, allowed=allowed, headers=headers))
    if isinstance(error, RequestEntityTooLarge):
        return render(ProblemError(413, TOO_LARGE, most=current_app.config["MAX_CONTENT_LENGTH"] >> 20))
    if isinstance(error, RequestedRangeNotSatisfiable):
        return render(ProblemError(416, NO_RANGE, headers={"Content-Range": f"{error.units} */{error.length}"}))
    return render(ProblemError(error.code, error.description or ""))


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
        return ProblemError(
            406,
            "The answer is of the kind {kind}, which cannot be written in the formats that you accept.",
            kind=error.message,
        )
    if status == 503:
        return _busy(RETRY_SECONDS) if error.problem == "store-busy" else ProblemError(503, TOO_BIG)
    if error.problem == "no-such-graph":
        return ProblemError(404, NO_GRAPH, graph=error.message[:_LONGEST_REASON])
    if error.problem == "update":
        return ProblemError(status, IS_UPDATE)
    fault = syntax_fault(error.message)
    return _syntax(status, fault) if fault else ProblemError(status, error.message[:_LONGEST_REASON])


def _syntax(status: int, fault: SyntaxFault) -> ProblemError:
    where = {"line": fault.line, "column": fault.column}
    explained = UNKNOWN_PREFIX if fault.reason == NO_PREFIX else BAD_SYNTAX
    text = explained if fault.reason else MISSING_SIGN if fault.signs else UNKNOWN_WORD
    values = {**where, "reason": fault.reason, "signs": fault.signs}
    return ProblemError.of(status, WordedError(text, **values), members=where)


def _busy(seconds: int) -> ProblemError:
    return ProblemError(503, BUSY, headers={"Retry-After": str(seconds)})


def _unreadable(error: StoreError) -> Response:
    current_app.logger.error("the store: %s", error)
    return render(ProblemError(503, "The store cannot be read now.", headers={"Retry-After": str(RETRY_SECONDS)}))


def _unforeseen(error: Exception) -> Response:
    """The log gets the error, the client only its number."""
    current_app.logger.error("request %s failed", g.get("request_id", "?"), exc_info=error)
    return render(
        ProblemError(
            500,
            "The server failed. Its log has the reason under the number {number}.",
            number=g.get("request_id", "?"),
        )
    )
