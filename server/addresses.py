"""Behind a reverse proxy, and below a path that is not the root: what the server takes its own address to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from kgbuild.config import ServerConfig

Application: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_REFERENCE = re.compile(rb'(\s(?:href|src|action)=")(/(?!/)[^"]*)')
"""A path from the root in a page of ours; a quotation mark in a text is always written `&#34;`, so this is markup."""

_LINK = re.compile(r"<(/(?!/)[^>]*)>")


def register(app: Flask, config: ServerConfig) -> None:
    """Put the path prefix before all that the pages and headers refer to."""
    app.after_request(_prefixed)
    app.wsgi_app = forwarded(app.wsgi_app, config)  # type: ignore[method-assign,assignment]


def forwarded(application: Application, config: ServerConfig) -> Application:
    """The application, told of its address by the proxy (X-Forwarded-*, only with `behind_proxy`) and by `prefix`."""
    if config.prefix:
        application = _below(application, config.prefix)
    if config.behind_proxy:
        application = ProxyFix(application, x_for=1, x_proto=1, x_host=1, x_prefix=1)
    return application


def _below(application: Application, prefix: str) -> Application:
    """Whether the proxy takes the prefix off the path, or leaves it on, does not matter."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == prefix or path.startswith(prefix + "/"):
            environ["PATH_INFO"] = path.removeprefix(prefix) or "/"
        environ["SCRIPT_NAME"] = prefix
        return application(environ, start_response)

    return answer


def _prefixed(response: Response) -> Response:
    root = request.script_root
    if not root:
        return response
    if location := response.headers.get("Location"):
        response.headers["Location"] = _below_root(location, root)
    if link := response.headers.get("Link"):
        response.headers["Link"] = _LINK.sub(lambda found: f"<{_below_root(found[1], root)}>", link)
    if response.mimetype == "text/html" and not response.is_streamed and not response.direct_passthrough:
        marked = _REFERENCE.sub(lambda f: f[1] + _below_root(f[2].decode(), root).encode(), response.get_data())
        response.set_data(marked)
    return response


def _below_root(path: str, root: str) -> str:
    inside = not path.startswith("/") or path == root or path.startswith(f"{root}/")
    return path if inside else root + path
