"""/healthz, /metrics and /openapi.json: for machines that look after the server, and for those that ask it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from server.context import engine
from server.metrics import Metrics

TEXT = "text/plain; charset=utf-8"

_OPENAPI = Path(__file__).resolve().parents[1] / "data" / "openapi.json"

blueprint = Blueprint("status", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """200 while a snapshot can be found; StoreError makes it 503."""
    return Response(f"ok\nsnapshot {engine().snapshot()}\n", content_type=TEXT)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """What there is beside SPARQL. https://spec.openapis.org/oas/v3.1.1.html"""
    return Response(_openapi(), content_type="application/json")


@lru_cache(maxsize=1)
def _openapi() -> str:
    return _OPENAPI.read_text(encoding="utf-8")


@blueprint.get("/metrics")
def metrics() -> Response:
    """https://prometheus.io/docs/instrumenting/exposition_formats/"""
    found: Metrics = current_app.extensions["metrics"]
    for lane, n in engine().counts().items():
        found.workers.labels(lane).set(n)
    found.snapshot.set(engine().snapshot())
    found.count_queries()
    return Response(generate_latest(found.registry), content_type=CONTENT_TYPE_LATEST)
