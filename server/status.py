"""/healthz, /metrics and /robots.txt: for machines that look after the server."""

from __future__ import annotations

from flask import Blueprint, Response

from server.context import engine

TEXT = "text/plain; charset=utf-8"

blueprint = Blueprint("status", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """200 while a snapshot can be found; StoreError makes it 503."""
    return Response(f"ok\nsnapshot {engine().snapshot()}\n", content_type=TEXT)
