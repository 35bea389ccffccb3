"""Fifty hostile requests while eight clients ask normal questions: nobody but the hostile ones may notice."""

from __future__ import annotations

import contextlib
import http.client
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.server.test_run import children, get, running

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.alone]

ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o"
ANY = "(!<http://e/x>|^!<http://e/x>)"
NORMAL = "SELECT ?p ?o { <https://w3id.org/cko/id/incident/a1> ?p ?o . ?x ?y ?o } LIMIT 20"
FORM = "application/x-www-form-urlencoded"
QUIET_SECONDS = 4
JITTER_SECONDS = 0.05
"""What a busy machine may add, whoever asks."""

PROPER = {400, 401, 403, 404, 405, 406, 408, 411, 413, 414, 415, 417, 431, 501, 503, 504}


def post(port: int, text: str, kind: str = "application/sparql-query", path: str = "/sparql") -> int:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", path, text.encode(), {"Content-Type": kind, "Accept": "*/*"})
        return connection.getresponse().status


def raw(port: int, data: bytes, *, patience: float = 5) -> int:
    """The status that some bytes get; 0 if the connection is closed without a word."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        connection.sendall(data)
        answer = connection.recv(100)
        return int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0
    return 0


def slow_reader(port: int, text: str) -> int:
    """Asks for a lot and reads a byte a second, then goes."""
    target = f"/sparql?format=nt&query={quote(text)}"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        for _ in range(6):
            connection.recv(1)
            time.sleep(1)
    return 400


def slow_writer(port: int) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: 1000\r\n\r\n"
        connection.sendall(head.encode())
        for _ in range(6):
            connection.sendall(b"q")
            time.sleep(1)
    return 400


def heavy(port: int) -> Iterator[Callable[[], int]]:
    """Requests that take time or memory."""
    texts = [
        f"SELECT (COUNT(*) AS ?n0) {{ {ALL} }}",
        f"SELECT * {{ {ALL} }} ORDER BY ?c ?f",
        f"SELECT (GROUP_CONCAT(STR(?c)) AS ?x) {{ {ALL} }}",
        f"SELECT DISTINCT ?a ?d ?g ?j {{ {ALL} }}",
        f"ASK {{ ?a {ANY}* ?b . ?c {ANY}* ?d . ?e {ANY}+ ?f FILTER(?a = <http://e/no>) }}",
        f'SELECT * {{ ?s ?p ?o FILTER(REGEX(STR(?o), "{"(a*)*" * 2_000_000}")) }}',
        f"SELECT * {{ VALUES ?x {{ {' '.join(f'<http://e/{i}>' for i in range(200_000))} }} VALUES ?y {{ 1 2 3 }} }}",
        f"SELECT * {{ {'{' * 50_000} {'}' * 50_000} }}",
        f"SELECT * {{ FILTER({'(' * 100_000}1{')' * 100_000}) }}",
        f"SELECT * {{ ?s ?p ?o {'OPTIONAL { ?s ?p ?o ' * 5000} {'}' * 5000} }}",
    ]
    for text in texts * 2:
        yield lambda text=text: post(port, text)  # type: ignore[misc]
    yield lambda: slow_reader(port, f"CONSTRUCT {{ ?a ?b ?c . ?d ?e ?f }} WHERE {{ {ALL} }}")
    yield lambda: slow_reader(port, f"CONSTRUCT {{ ?a ?b ?f }} WHERE {{ {ALL} }}")
    for _ in range(4):
        yield lambda: slow_writer(port)


def malformed(port: int) -> Iterator[Callable[[], int]]:
    """Requests that are wrong or forbidden."""
    texts = [
        "SELECT (<http://e/f>(1) AS ?x) {}",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://localhost/> { ?s ?p ?o } }",
        "SELECT WHERE",
        "\x00\x01\x02",
        "é" * 1_000_000,
        "LOAD <file:///etc/passwd>",
    ]
    for text in texts:
        yield lambda text=text: post(port, text)  # type: ignore[misc]
    yield lambda: post(port, "LOAD <file:///etc/passwd>", "application/sparql-update", "/update")
    yield lambda: post(port, "q" * (17 << 20))
    yield lambda: post(port, "{}", "application/json")
    yield lambda: post(port, "query=ASK{}&query=ASK{}", FORM)
    yield lambda: get(port, "/static/../../../etc/passwd")[0]
    yield lambda: get(port, "/entity/%00")[0]
    yield lambda: get(port, "/entity/%2e%2e/%2e%2e/etc")[0]
    yield lambda: get(port, "/sparql?query=%FF%FE")[0]
    yield lambda: get(port, "/queries/..%2f..%2fetc")[0]
    yield lambda: get(port, "/search?q=" + "a" * 50_000)[0]
    yield lambda: raw(port, b"GET /" + b"a" * 2_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    yield lambda: raw(port, b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 100_000 + b"\r\n")
    yield lambda: raw(port, b"GET / HTTP/1.1\r\nX: " + b"y" * 2_000_000 + b"\r\n\r\n")
    yield lambda: raw(port, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
    yield lambda: raw(port, b"DELETE /sparql HTTP/1.1\r\nHost: x\r\n\r\n")
    yield lambda: raw(port, b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n")
    yield lambda: raw(port, b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")
    yield lambda: raw(port, b"BREW /sparql HTTP/1.1\r\nHost: x\r\n\r\n")


def test_hostile_requests_do_no_harm(small_store: Path) -> None:
    with running(small_store, query_timeout=4.0, response_cache=0) as (process, port):
        get(port, "/sparql?query=ASK%7B%7D")
        requests = [*heavy(port), *malformed(port)]
        with ThreadPoolExecutor(80) as pool:
            with _eight_clients(pool, port) as idle:
                time.sleep(QUIET_SECONDS)
            with _eight_clients(pool, port) as times:
                statuses = [future.result(timeout=120) for future in [pool.submit(_hostile, r) for r in requests]]
                memory = _memory(process.pid)
        assert len(requests) >= 50
        assert set(statuses) <= PROPER | {0, 200}
        assert 500 not in statuses
        assert get(port, "/healthz")[0] == 200
        assert len(times) > 200
        assert _p95(times) < 3 * _p95(idle) + JITTER_SECONDS
        assert memory < 4 << 30


@contextlib.contextmanager
def _eight_clients(pool: ThreadPoolExecutor, port: int) -> Iterator[list[float]]:
    """Eight that ask normal questions meanwhile; the times of all their answers, when they have stopped."""
    stop, times = threading.Event(), list[float]()
    clients = [pool.submit(_client, port, stop) for _ in range(8)]
    try:
        yield times
    finally:
        stop.set()
        times += [t for client in clients for t in client.result(timeout=30)]


def _hostile(request: Callable[[], int]) -> int:
    """The status, or 413 where the server closed the connection before it had been sent all."""
    try:
        return request()
    except (BrokenPipeError, ConnectionResetError):
        return 413


def _client(port: int, stop: threading.Event) -> list[float]:
    times = []
    while not stop.is_set():
        times.append(_timed(port))
        time.sleep(0.02)
    return times


def _timed(port: int) -> float:
    began = time.perf_counter()
    status, body = get(port, f"/sparql?format=csv&query={quote(NORMAL)}")
    assert status == 200, body[:300]
    return time.perf_counter() - began


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _memory(pid: int) -> int:
    """Bytes of resident memory of the server with all its processes."""
    total = 0
    for process in [pid, *children(pid)]:
        with contextlib.suppress(OSError):
            total += int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * 4096
    return total
