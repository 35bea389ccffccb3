"""Queries by GET, nearly all that an endpoint is asked, answered before Flask, which would take longer than they do.

Whatever is out of the ordinary, and every failure, goes on to Flask.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, unquote_plus

from kgbuild.errors import StoreError
from server.engine.engine import Engine
from server.engine.kept import Kept
from server.engine.pool import Answer
from server.formats import GRAPHS, HTML, LONGEST_KEPT, RESULTS, by_extension, negotiate
from server.headers import SECURITY_HEADERS, request_number
from server.metrics import Metrics
from server.problems import ENGINE_ERRORS
from server.protocol import acceptable, content_type

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[..., Any]
Application: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]
Key: TypeAlias = tuple[int, str, str, str]

FAILURE = "kgbuild.failure"
"""Where Flask finds the failure that it shall tell."""

LARGEST_CACHED = 1 << 20
_KNOWN = {"query", "format"}
_HEADERS = [*SECURITY_HEADERS.items(), ("Vary", "Accept"), ("Access-Control-Allow-Origin", "*")]


class FastPath:
    """A WSGI application around another one."""

    def __init__(self, application: Application, engine: Engine, metrics: Metrics) -> None:
        self._application, self._engine, self._metrics = application, engine, metrics
        self._cache = Kept[CachedAnswer](engine.config.response_cache)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/sparql" and environ["REQUEST_METHOD"] == "GET":
            began = time.perf_counter()
            try:
                found = self._answer(environ, start_response)
            except (*ENGINE_ERRORS, StoreError) as error:
                environ[FAILURE] = error
                found = None
            if found is not None:
                self._metrics.query(time.perf_counter() - began)
                return found
        return self._application(environ, start_response)

    def _answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes] | None:
        arguments, accept = environ["QUERY_STRING"], environ.get("HTTP_ACCEPT", "")
        key = (self._engine.snapshot(), arguments, accept, _address(environ))
        cached = self._cache.get(key[0], key)
        if cached is None:
            text, name = _asked(arguments)
            formats = _formats(accept, name) if text and len(accept) <= LONGEST_KEPT else None
            if not formats:
                return None
            answer = self._engine.query(text, formats, base_iri=key[3], snapshot=key[0])
            kind = content_type(answer.head)
            headers = [("Content-Type", kind), *answer.notes(), *_HEADERS]
            if not answer.head.complete:
                start_response("200 OK", [*headers, _request_id()])
                return _Pieces(answer)
            cached = CachedAnswer.of(key, headers, answer.head.body, stable=not answer.volatile)
            if cached.tag and len(cached.body) <= LARGEST_CACHED:
                self._cache.put(key[0], key, cached, _weight(key, cached))
        if cached.tag and environ.get("HTTP_IF_NONE_MATCH") == cached.tag:
            start_response("304 Not Modified", [("ETag", cached.tag), ("Vary", "Accept"), _request_id()])
            return []
        start_response("200 OK", [*cached.headers, _request_id()])
        return [cached.body]


def _request_id() -> tuple[str, str]:
    return "X-Request-Id", request_number()


def _address(environ: Environ) -> str:
    """The URL of the endpoint, which relative IRIs in a query refer to."""
    return f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}{environ.get('SCRIPT_NAME', '')}/sparql"


def _asked(arguments: str) -> tuple[str, str]:
    """The query and the name of a format; no query where anything else is asked, or where it is not UTF-8."""
    if arguments.startswith("query=") and "&" not in arguments:
        text, name = decoded(arguments.removeprefix("query=")), ""
    else:
        parameters = dict(pairs := parse_qsl(arguments, keep_blank_values=True))
        if len(pairs) != len(parameters) or parameters.keys() - _KNOWN:
            return "", ""
        text, name = parameters.get("query", ""), parameters.get("format", "")
    return ("", "") if "�" in text else (text, name)


def decoded(text: str) -> str:
    """As `unquote_plus`, in a quarter of the time for what browsers and programs send, which escape byte after byte.

    `%41` and `\\x41` are the same escape, and the interpreter's own decoder of the latter is written in C.
    """
    if "\\" in text:
        return unquote_plus(text)
    try:
        escaped = text.replace("+", " ").replace("%", "\\x").encode("ascii")
        return escaped.decode("unicode_escape").encode("latin-1").decode("utf-8")
    except UnicodeError:
        return unquote_plus(text)


@lru_cache(maxsize=1024)
def _formats(accept: str, name: str) -> Mapping[str, str] | None:
    """As `QueryTask.formats`; None where a browser wants a page, or where nothing fits."""
    if name:
        result, graph = by_extension(RESULTS, name), by_extension(GRAPHS, name)
        return acceptable(result, graph) or None
    if negotiate(accept, (*RESULTS, *GRAPHS, HTML)) is HTML:
        return None
    return acceptable(negotiate(accept, RESULTS), negotiate(accept, GRAPHS)) or None


class _Pieces:
    """What WSGI wants of a long answer: pieces, and to be told when it is over."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.pieces

    def close(self) -> None:
        self._answer.close()


class CachedAnswer:
    """A whole answer with its headers; `tag` is empty where the same query may be answered otherwise the next time."""

    __slots__ = ("body", "headers", "tag")

    def __init__(self, body: bytes, headers: list[tuple[str, str]], tag: str) -> None:
        self.body, self.headers, self.tag = body, headers, tag

    @classmethod
    def of(cls, key: Key, headers: list[tuple[str, str]], body: bytes, *, stable: bool) -> CachedAnswer:
        named = "\n".join((str(key[0]), *key[1:], headers[0][1])).encode()
        tag = f'"{hashlib.blake2b(named, digest_size=12).hexdigest()}"' if stable else ""
        headers = [*headers, ("Content-Length", str(len(body)))]
        headers += [("ETag", tag), ("Cache-Control", "no-cache")] if tag else [("Cache-Control", "no-store")]
        return cls(body, headers, tag)


def _weight(key: Key, answer: CachedAnswer) -> int:
    """Bytes, with about what it takes beside its body."""
    return len(answer.body) + sum(map(len, key[1:])) + 1000
