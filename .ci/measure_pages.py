"""How long pages take to be made, by kind: .venv/bin/python .ci/measure_pages.py STORE [--language ar]

Neither pages nor answers are kept from one request to the next. The clock tells what a reader waits for where the
machine does nothing else; processor time, of this process without the query workers, is the same whatever else it does.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence

from flask import Flask

from kgbuild.config import ServerConfig
from server.app import close, create_app, start
from server.catalogue.catalogue import Tables
from server.engine.engine import Engine
from server.engine.kept import Kept
from server.graph import path_of

TRIES = 25
SEED = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store")
    parser.add_argument("--language", default="en")
    given = parser.parse_args()
    app = create_app(ServerConfig(store=given.store))
    keep_nothing(app)
    start(app)
    try:
        tables: Tables = app.extensions["catalogue"].tables()
        print(f"{'page':24} {'n':>3} {'clock p50':>10} {'p95':>7} {'cpu p50':>8} {'p95':>7} {'largest, gzip':>14}")
        for kind, paths in pages(tables, app.extensions["engine"].config.base):
            print(measured(app, kind, paths, given.language), flush=True)
    finally:
        close(app)


def pages(tables: Tables, base: str) -> Iterator[tuple[str, list[str]]]:
    """Paths of each kind: some at random, and those of the things that most incidents name."""

    def some(text: str) -> list[str]:
        iris = [row[0] for row in tables.rows(text)]
        random.Random(SEED).shuffle(iris)
        return [path_of(iri, base) or "/" for iri in iris[:TRIES]]

    busiest = "SELECT iri FROM link WHERE role IN ('actor', 'anywhere') GROUP BY iri ORDER BY COUNT(*) DESC LIMIT 12"
    top = some(busiest)
    names = [path.rpartition("/")[2] for path in top]
    incidents, documents = some("SELECT iri FROM incident"), some("SELECT iri FROM document")
    yield "home", ["/"] * TRIES
    yield "incident", [f"{path}.html" for path in incidents]
    yield "entity", [f"{path}.html" for path in some("SELECT iri FROM thing")]
    yield "entity, busiest", [f"{path}.html" for path in top]
    yield "document", [f"{path}.html" for path in documents]
    for view in ("incidents", "map", "timeline"):
        yield view, [f"/{view}"] * len(names) + [f"/{view}?thing={name}&killed=1" for name in names]
    yield "map clusters", [f"/map/clusters?view=30,30,45,40&cell={cell}" for cell in (2, 1, 0.5, 0.2, 0.1, 0.05)]
    yield "network", [f"/network?thing={name}" for name in names]
    yield "statistics", ["/statistics"] * TRIES
    yield "search", [f"/search?q={text}" for text in ("raqqa", "حلب", "al", "market", "الرقة")]
    yield "suggestions", [f"/suggest?q={text}" for text in ("ra", "حل", "al", "mar", "الر")]
    yield "all statements", [f"{path}.html?view=statements" for path in incidents]
    yield "data in Turtle", [f"{path}.ttl" for path in incidents]


def measured(app: Flask, kind: str, paths: Sequence[str], language: str) -> str:
    client, clock, processor, largest = app.test_client(), [], [], 0
    headers = {"Accept-Language": language, "Accept": "text/html", "Accept-Encoding": "gzip"}
    for path in paths:
        began, used = time.perf_counter(), time.process_time()
        response = client.get(path, headers=headers)
        largest = max(largest, len(response.data))
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
        assert response.status_code == 200, (path, response.status_code)
    times = [1000 * quantile(values, share) for values in (clock, processor) for share in (0.5, 0.95)]
    row = "{:10.1f} {:7.1f} {:8.1f} {:7.1f}".format(*times)
    return f"{kind:24} {len(paths):3} {row} {largest / 1000:11.0f} kB"


def keep_nothing(app: Flask) -> None:
    engine: Engine = app.extensions["engine"]
    app.extensions["page_cache"], engine._kept = Kept(0), Kept(0)


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


if __name__ == "__main__":
    main()
