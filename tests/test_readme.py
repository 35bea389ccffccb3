"""`make demo`, which README.md begins with, serves the graph. Its other commands: tests/test_documents.py."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents import ROOT

SECONDS = 170


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def demo(tmp_path: Path, free_port: int) -> Iterator[tuple[subprocess.Popen[bytes], Path, str]]:
    """`make demo` in the environment that the tests run in: the process, its output, where it serves."""
    environment, out = Path(sys.prefix), tmp_path / "out"
    command = ["make", "demo", f"VENV={environment}", f"STORE={tmp_path / 'store'}", f"PORT={free_port}"]
    with out.open("wb") as stream:
        process = subprocess.Popen(
            [*command, "-o", f"{environment}/.ready"],
            cwd=ROOT,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process, out, f"http://127.0.0.1:{free_port}/"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(20)


@pytest.mark.slow
@pytest.mark.server
def test_make_demo_prints_an_answer_and_serves(demo: tuple[subprocess.Popen[bytes], Path, str]) -> None:
    process, out, url = demo
    page = fetch_when_ready(process, url)
    printed = out.read_text("utf-8")
    assert url.rstrip("/") in printed
    assert "al-Jazra junction" in printed or "rows" in printed
    assert "│ 2017-06" in printed or " 2017-06-08 " in printed
    assert 'lang="ar"' in page


def fetch_when_ready(process: subprocess.Popen[bytes], url: str) -> str:
    """The page, as soon as the server answers."""
    for _ in range(SECONDS * 2):
        assert process.poll() is None, "make demo ended before it served"
        try:
            request = urllib.request.Request(url, headers={"Accept": "text/html", "Accept-Language": "ar"})
            with urllib.request.urlopen(request, timeout=10) as response:
                return str(response.read(), "utf-8")
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"nothing is served at {url}")
