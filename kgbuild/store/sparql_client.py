"""Asks a SPARQL 1.1 server over HTTP: https://www.w3.org/TR/sparql11-protocol/

Operations go out as forms, which every server reads; some take them in no other way.
"""

from __future__ import annotations

import http.client
import os
import urllib.error
import urllib.request
from urllib.parse import urlencode, urlsplit

from kgbuild.config import RemoteAddress, without_password
from kgbuild.errors import QueryError, StoreError

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples, text/plain;q=0.5"
TOKEN_VARIABLE = "KGBUILD_STORE_TOKEN"
"""A bearer token for the server; a name and a password stand in its URL."""

_SECONDS = 600.0
_LONGEST_REASON = 300
_LIMITS = ("X-SPARQL-MaxRows", "X-Row-Limit")
"""Headers by which servers say how many rows they give at most."""


def row_limit(answer: http.client.HTTPResponse) -> int | None:
    """The number of rows after which the server cuts its answers."""
    found = [answer.headers[name] for name in _LIMITS if name in answer.headers]
    return int(found[0]) if found and found[0].isdigit() else None


class SparqlClient:
    """Requests to one server. Raises StoreError where it cannot be reached or refuses."""

    def __init__(self, address: RemoteAddress) -> None:
        self._address = address
        self._opener = urllib.request.build_opener(*_authentication(address.url))
        self._token = os.environ.get(TOKEN_VARIABLE)
        self._query_url = address.query_url or self._first(_query_urls(address.url), {"query": "ASK {}"})
        self._update_url = address.update_url

    def query(
        self, text: str, accept: str, *, parameters: tuple[tuple[str, str], ...] = ()
    ) -> http.client.HTTPResponse:
        """The body of the answer; QueryError where the server does not take the query."""
        try:
            answer = self._send(self._query_url, {"query": text, **dict(parameters)}, accept)
        except urllib.error.HTTPError as error:
            if error.code == 400:
                raise QueryError(_reason(error)) from None
            raise self._refused(self._query_url, error) from None
        return answer

    def update(self, text: str) -> None:
        """One request, which servers with transactions run as one."""
        if self._update_url is None:
            candidates = _update_urls(self._query_url)
            self._update_url = self._first(candidates, {"update": "DROP SILENT GRAPH <urn:kgbuild:nothing>"})
        try:
            self._send(self._update_url, {"update": text}, "*/*").read()
        except urllib.error.HTTPError as error:
            raise self._refused(self._update_url, error) from None

    def put(self, graph: str, triples: str) -> None:
        """Replace a graph over the Graph Store Protocol; only where its URL was given."""
        url = f"{self._address.graph_store_url}?{urlencode({'graph': graph})}"
        request = urllib.request.Request(without_password(url), triples.encode(), self._headers("*/*"), method="PUT")
        request.add_header("Content-Type", "application/n-triples")
        try:
            self._open(request).close()
        except urllib.error.HTTPError as error:
            raise self._refused(url, error) from None

    def _first(self, urls: list[str], form: dict[str, str]) -> str:
        """The first URL that takes the operation."""
        refusals = []
        for url in urls:
            try:
                self._send(url, form, ROWS if "query" in form else "*/*").read()
            except urllib.error.HTTPError as error:
                refusals.append(f"{without_password(url)} {error.code}")
            else:
                return url
        kind = "query" if "query" in form else "update"
        hint = f"name it with --{kind}-url, and see whether the server lets you (also with {TOKEN_VARIABLE})"
        raise StoreError(f"{self._address}: no SPARQL {kind} there ({', '.join(refusals)}); {hint}")

    def _send(self, url: str, form: dict[str, str], accept: str) -> http.client.HTTPResponse:
        return self._open(
            urllib.request.Request(without_password(url), urlencode(form).encode(), self._headers(accept))
        )

    def _open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        try:
            answer: http.client.HTTPResponse = self._opener.open(request, timeout=_SECONDS)
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(f"{request.full_url}: no answer ({_cause(error)}); is the server running there?") from None
        return answer

    def _headers(self, accept: str) -> dict[str, str]:
        return {"Accept": accept, **({"Authorization": f"Bearer {self._token}"} if self._token else {})}

    def _refused(self, url: str, error: urllib.error.HTTPError) -> StoreError:
        return StoreError(f"{without_password(url)}: {error.code} {error.reason}: {_reason(error)}")


def _authentication(url: str) -> list[urllib.request.BaseHandler]:
    parts = urlsplit(url)
    if not parts.username:
        return []
    passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
    root = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
    passwords.add_password(None, root, parts.username, parts.password or "")
    return [urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPDigestAuthHandler(passwords)]


def _query_urls(url: str) -> list[str]:
    base = url.rstrip("/")
    last = urlsplit(base).path.rpartition("/")[2]
    return [base] if last in ("sparql", "query", "sparql-auth") else [f"{base}/sparql", f"{base}/query", base]


def _update_urls(query_url: str) -> list[str]:
    folder, _, last = query_url.partition("?")[0].rpartition("/")
    return [query_url, f"{folder}/update"] if last.startswith("sparql-auth") else [f"{folder}/update", query_url]


def _cause(error: OSError | http.client.HTTPException) -> object:
    """What lies behind an error of urllib, without its number."""
    cause = getattr(error, "reason", error)
    return getattr(cause, "strerror", None) or cause


def _reason(error: urllib.error.HTTPError) -> str:
    return " ".join(error.read(4000).decode("utf-8", "replace").split())[:_LONGEST_REASON]
