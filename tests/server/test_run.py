"""The server as a process of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.server

START = """
import json, sys
from kgbuild.config import ServerConfig
from server.run import serve
serve(ServerConfig(**json.loads(sys.argv[1])))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(store: Path, **settings: object) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    process = subprocess.Popen(command(store, port, **settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        wait_for(port)
        yield process, port
    finally:
        process.terminate()
        process.communicate(timeout=20)


def command(store: Path, port: int, **settings: object) -> list[str]:
    return [sys.executable, "-c", START, json.dumps({"store": str(store), "port": port, **settings})]


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    raise AssertionError("the port never listened")


def get(port: int, path: str) -> tuple[int, bytes]:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True, check=False)
    direct = [int(line) for line in found.stdout.split()]
    return direct + [grandchild for child in direct for grandchild in children(child)]


def gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_prints_nothing_and_leaves_no_process_behind(small_store: Path, end: signal.Signals) -> None:
    with running(small_store) as (process, port):
        assert get(port, "/sparql?query=ASK%7B%7D&format=json") == (200, b'{"head":{},"boolean":true}')
        pids = children(process.pid)
        assert len(pids) >= 3
        process.send_signal(end)
        output, errors = process.communicate(timeout=20)
        assert (output, errors) == (b"", b"")
    assert gone(pids)


def test_killed_it_takes_its_processes_with_it(small_store: Path) -> None:
    with running(small_store) as (process, port):
        get(port, "/sparql?query=ASK%7B%7D")
        pids = children(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert gone(pids)


def test_a_port_that_is_taken_is_told(small_store: Path) -> None:
    with running(small_store) as (_, port):
        arguments = command(small_store, port)
        second = subprocess.run(arguments, capture_output=True, text=True, timeout=20, check=False)
    assert second.returncode != 0
    assert "choose another one with --host or --port" in second.stderr
