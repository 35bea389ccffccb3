"""The W3C's own test suites, run over HTTP by the runner that lies beside the checkout, if it does.

What does not pass is the engine's: numbers and dates keep their value and not their spelling, and a few rules of scope
and of paths differ. `docs/conformance.md` lists every failure with its reason.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.conftest import make_store
from tests.server.test_run import running

RUNNER = Path(__file__).parents[3] / "shared" / "tools" / "w3c_http.py"

AT_LEAST = {
    "query11": 215,
    "syntax11": 167,
    "results": 9,
    "update11": 94,
    "protocol": 34,
    "protocol-extra": 60,
    "gsp": 9,
    "gsp-direct": 4,
    "gsp-extra": 39,
    "sd": 3,
    "sd-extra": 2,
    "service": 4,
    "query10": 269,
    "syntax10": 198,
    "query12": 61,
    "syntax12": 200,
    "update12": 3,
}
"""Tests that pass in each section."""


MEMORY = Path("/dev/shm")
SECONDS = 280
HOSTS = ("127.0.0.1",)
"""The suites open endpoints of their own there."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a place.

    The suites make some 3000 updates, each of which is published before it is answered: on a disk that takes long to
    say that it has written, they take many minutes for that reason alone.
    """
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="kgbuild-w3c-") as made:
        yield Path(made)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.server
@pytest.mark.timeout(SECONDS + 40)
@pytest.mark.skipif(not RUNNER.exists(), reason="the W3C suites are not beside the checkout")
def test_the_w3c_suites_pass_as_before(folder: Path) -> None:
    store = make_store(folder / "store", None)
    with running(store, token="secret", default_graph="separate", replica_memory=0, allow_service=HOSTS) as (_, port):
        url = f"http://127.0.0.1:{port}"
        sections = ",".join(name for name in AT_LEAST if name != "sd-extra")  # which comes with sd
        command = [sys.executable, str(RUNNER), "--wipe", "--token", "secret", "--sections", sections]
        command += ["--query-url", f"{url}/sparql", "--update-url", f"{url}/update", "--store-url", f"{url}/store"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    passed = {name: int(n) for name, n in re.findall(r"^([\w-]+)\s+(\d+) / \d+$", done.stdout, re.MULTILINE)}
    below = {name: passed.get(name, 0) for name, least in AT_LEAST.items() if passed.get(name, 0) < least}
    assert not below, done.stdout
