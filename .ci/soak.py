"""Serves a store for a while under load, and says whether it held: make soak, or .ci/soak.py [--seconds 1800]

Sixteen readers ask; every ten seconds an update publishes a batch, whole or not at all: all its statements, and a count
of them. Whoever reads sees each batch whole. Exit status 1 where an answer was an error, a batch was
seen half, or memory grew by more than a tenth from the second sixth of the time to the last.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from kgbuild.store import open_store

READERS, PUBLISH_SECONDS, BATCH = 16, 10.0, 200
PAUSE_SECONDS = 0.2
TOKEN = "soak"
START = """
import json, sys
from kgbuild.config import ServerConfig
from server.run import serve
serve(ServerConfig(**json.loads(sys.argv[1])))
"""
WHOLE = (
    "SELECT ?n (COUNT(?s) AS ?found) ?said { <http://soak/state> <http://soak/batch> ?n ; <http://soak/size> ?said ."
    " ?s <http://soak/in> ?n } GROUP BY ?n ?said"
)
QUERIES = (
    "SELECT * { <http://soak/s17> ?p ?o }",
    "SELECT ?s { ?s <http://soak/value> ?v FILTER(?v > 150) } ORDER BY DESC(?v) LIMIT 20",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?p ?o }",
    "DESCRIBE <http://soak/s3>",
    "ASK { ?s ?p 'nothing' }",
)
PAGES = ("/", "/incidents", "/search?q=raqqa", "/healthz", "/metrics")


@dataclass(slots=True)
class Findings:
    """What the readers and the writer saw. `memory` in bytes, with the second it was taken."""

    answers: Counter[int] = field(default_factory=Counter)
    halves: list[str] = field(default_factory=list)
    batches: set[str] = field(default_factory=set)
    published: int = 0
    memory: list[tuple[float, int]] = field(default_factory=list)

    def growth(self, seconds: float) -> float:
        """Of the median of the last sixth over that of the second sixth."""
        sixth = seconds / 6
        early = sorted(size for second, size in self.memory if sixth <= second < 2 * sixth)
        late = sorted(size for second, size in self.memory if second >= 5 * sixth)
        return late[len(late) // 2] / early[len(early) // 2] - 1 if early and late else 0.0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--port", type=int, default=8299)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with open_store(folder) as store:
            store.publish()
        settings = json.dumps({"store": folder, "port": arguments.port, "token": TOKEN})
        server = subprocess.Popen([sys.executable, "-c", START, settings])
        try:
            findings = soak(server.pid, arguments.port, arguments.seconds)
        finally:
            server.terminate()
            server.wait(timeout=30)
    growth = findings.growth(arguments.seconds)
    failed = sum(n for status, n in findings.answers.items() if status not in (200, 303, 304, 503))
    busy = findings.answers[503]
    print(
        f"{sum(findings.answers.values())} answers, {failed} errors, {busy} times busy; {findings.published} updates;"
    )
    print(f"{len(findings.batches)} batches seen, {len(findings.halves)} of them half;")
    sizes = [size >> 20 for _, size in findings.memory]
    print(f"memory {growth:+.1%}, in MB minute by minute:", *sizes[::6])
    print("statuses", dict(findings.answers), *findings.halves[:3])
    return int(failed > 0 or busy > 0 or bool(findings.halves) or growth > 0.1 or len(findings.batches) < 2)


def soak(pid: int, port: int, seconds: float) -> Findings:
    findings, stop = Findings(), threading.Event()
    _wait(port)
    _publish(port, 0)
    threads = [threading.Thread(target=_read, args=(port, n, findings, stop)) for n in range(READERS)]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        findings.published += 1
        if (status := _publish(port, findings.published)) != 204:
            findings.answers[status] += 1
        findings.memory.append((passed, sum(map(_memory, _family(pid)))))
        time.sleep(PUBLISH_SECONDS)
    stop.set()
    for thread in threads:
        thread.join(60)
    return findings


def _read(port: int, number: int, findings: Findings, stop: threading.Event) -> None:
    draw = random.Random(number)
    while not stop.is_set():
        text = draw.choice((WHOLE, *QUERIES))
        path = draw.choice(PAGES) if draw.random() < 0.1 else f"/sparql?query={quote(text)}"
        status, body = _get(port, path)
        findings.answers[status] += 1
        if status == 200 and path.endswith(quote(WHOLE)):
            for line in body.decode().splitlines()[1:]:
                batch, found, said = line.split(",")
                findings.batches.add(batch)
                if found != said:
                    findings.halves.append(line)
        stop.wait(PAUSE_SECONDS)


def _get(port: int, path: str) -> tuple[int, bytes]:
    try:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Accept": "text/csv, text/turtle, */*;q=0.1"})
            answer = connection.getresponse()
            return answer.status, answer.read()
    except OSError:
        return 0, b""


def _publish(port: int, batch: int) -> int:
    """Take the last batch out and put this one in, in one update."""
    size = BATCH + batch % 7
    triples = " ".join(f"<http://soak/s{i}> <http://soak/in> {batch} ; <http://soak/value> {i} ." for i in range(size))
    state = f"<http://soak/state> <http://soak/batch> {batch} ; <http://soak/size> {size} ."
    text = f"DROP SILENT GRAPH <http://soak/g> ; INSERT DATA {{ GRAPH <http://soak/g> {{ {triples} {state} }} }}"
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    try:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("POST", "/update", text.encode(), headers)
            return connection.getresponse().status
    except OSError:
        return 0


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while _get(port, "/healthz")[0] != 200 and time.monotonic() < deadline:
        time.sleep(0.2)


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [one for child in task.read_text("ascii").split() for one in _family(int(child))]
    return found


def _memory(pid: int) -> int:
    """Its share of what is resident, so that pages that several hold count once."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    return 0


if __name__ == "__main__":
    sys.exit(main())
