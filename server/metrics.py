"""What the server counts of its own work, for Prometheus."""

from __future__ import annotations

import time
from functools import lru_cache

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """What /metrics tells, for one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self.requests = Counter("kgbuild_requests", "Requests answered", labels, registry=self.registry)
        self.seconds = Histogram(
            "kgbuild_request_seconds", "Time to the first byte", ("route",), registry=self.registry
        )
        self.workers = Gauge("kgbuild_workers", "Query workers by lane", ("lane",), registry=self.registry)
        self.snapshot = Gauge("kgbuild_snapshot", "Number of the snapshot that is served", registry=self.registry)

    @lru_cache(maxsize=16)  # noqa: B019  one for each application, and looking labels up takes long
    def _counters(self, route: str, method: str) -> tuple[Counter, Histogram]:
        return self.requests.labels(route, method, "200"), self.seconds.labels(route)

    def count(self, route: str, method: str, seconds: float) -> None:
        """A request that was answered with success outside of Flask."""
        requests, times = self._counters(route, method)
        requests.inc()
        times.observe(seconds)

    def observe(self, response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        self.requests.labels(route, request.method, str(response.status_code)).inc()
        self.seconds.labels(route).observe(time.perf_counter() - g.get("began", time.perf_counter()))
        return response


def register(app: Flask) -> None:
    app.extensions["metrics"] = metrics = Metrics()
    app.before_request(_begin)
    app.after_request(metrics.observe)


def _begin() -> None:
    g.began = time.perf_counter()
