"""What the server counts of its own work, for Prometheus."""

from __future__ import annotations

import contextlib
import time
from collections import deque

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

MOST_NOTED = 10_000


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

        self._queries: deque[float] = deque()

    def query(self, seconds: float) -> None:
        """A query by GET that was answered with success outside of Flask.

        Noted for now: to count it takes as long as to find its answer in the cache.
        """
        self._queries.append(seconds)
        if len(self._queries) >= MOST_NOTED:
            self.count_queries()

    def count_queries(self) -> None:
        """Count what has been noted."""
        requests, times = self.requests.labels("/sparql", "GET", "200"), self.seconds.labels("/sparql")
        with contextlib.suppress(IndexError):
            while True:
                seconds = self._queries.popleft()
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
