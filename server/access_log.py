"""One line of JSON for each request: who, what, how it ended, how long it took; the number that the client was told."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import Any
from urllib.parse import parse_qs

QUERY = "kgbuild.query"
"""Where the parts that read a query leave its text."""


def open_log(path: str) -> logging.Handler:
    """A file to append to, opened again when it has been moved away; `-` is standard error."""
    return logging.StreamHandler() if path == "-" else WatchedFileHandler(path, encoding="utf-8")


def query_id(text: str) -> str:
    """The same for the same query, so that what a query costs can be added up without keeping its text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


class AccessLog:
    """A WSGI application around another one. The line is written when the answer has been sent or given up."""

    def __init__(self, application: Callable[..., Iterable[bytes]], handler: logging.Handler) -> None:
        self._application, self._handler = application, handler

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        entry = _Entry(environ)

        def begin(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            entry.status, entry.headers = int(status.split()[0]), headers
            return start_response(status, headers, *error)

        return _Counted(self._application(environ, begin), entry, self._write)

    def _write(self, line: str) -> None:
        self._handler.handle(logging.LogRecord("kgbuild.access", logging.INFO, "", 0, line, None, None))


class _Entry:
    def __init__(self, environ: dict[str, Any]) -> None:
        self._environ = environ
        self._began = time.perf_counter()
        self.status, self.size = 0, 0
        self.headers: list[tuple[str, str]] = []

    def line(self) -> str:
        environ = self._environ
        text = environ.get(QUERY) or next(iter(parse_qs(environ.get("QUERY_STRING", "")).get("query", ())), "")
        number = next((value for name, value in self.headers if name == "X-Request-Id"), "")
        fields = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "id": number,
            "client": environ.get("REMOTE_ADDR", ""),
            "method": environ["REQUEST_METHOD"],
            "path": environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"],
            "query": query_id(text) if text else None,
            "status": self.status,
            "bytes": self.size,
            "ms": round((time.perf_counter() - self._began) * 1000, 1),
        }
        return json.dumps(fields, ensure_ascii=True)


class _Counted:
    def __init__(self, pieces: Iterable[bytes], entry: _Entry, write: Callable[[str], None]) -> None:
        self._pieces, self._entry, self._write = pieces, entry, write

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._entry.size += len(piece)
            yield piece

    def close(self) -> None:
        try:
            close = getattr(self._pieces, "close", None)
            if close:
                close()
        finally:
            self._write(self._entry.line())
