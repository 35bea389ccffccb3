"""SPARQL servers of others, started for a test on ports of their own; tests that need an absent one are skipped."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.server.test_run import free_port, wait_for

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
VIRTUOSO, ISQL = shutil.which("virtuoso-t"), shutil.which("isql-vt")

VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
ServerThreads = 10
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
"""


@contextlib.contextmanager
def oxigraph() -> Iterator[str]:
    assert OXIGRAPH
    port = free_port()
    with _running([OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"], None, port):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """One whose endpoint may be written by anybody."""
    assert VIRTUOSO
    assert ISQL
    port, sql = free_port(), free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(VIRTUOSO_INI.format(folder=folder, port=port, sql=sql), encoding="utf-8")
    with _running([VIRTUOSO, "+foreground", "+configfile", str(ini)], folder, port, sql):
        grant = [ISQL, f"127.0.0.1:{sql}", "dba", "dba", 'exec=grant SPARQL_UPDATE to "SPARQL";']
        subprocess.run(grant, check=True, capture_output=True, timeout=60)
        yield f"http://127.0.0.1:{port}/sparql"


@contextlib.contextmanager
def _running(command: list[str], folder: Path | None, *ports: int) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for port in ports:
            wait_for(port)
        _answers(ports[0])
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def _answers(port: int) -> None:
    """Some listen before they can answer."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
            return
        time.sleep(0.1)
