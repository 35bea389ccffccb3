"""An export that is ended in the middle leaves what was there before, and no half file."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kgbuild.ids import incident_iri, report_iri
from tests.export.stories import BASE, INCIDENTS, article, quads, report, write_store

_INCIDENTS = 150


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many incidents that writing them takes a while."""
    folder = tmp_path_factory.mktemp("killed") / "store"
    names = [f"n{number}" for number in range(_INCIDENTS)]
    incidents = [incident_iri(BASE, report_iri(BASE, name, 0)) for name in names]
    articles = [article(n, 9, report(n, incident=i)) for n, i in zip(names, incidents, strict=True)]
    write_store(folder, quads(articles, [replace(INCIDENTS[0], iri=i, replaced=()) for i in incidents]))
    return folder


def _command(store: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "kgbuild", "export", "--store", str(store), *options]


def _ended(store: Path, folder: Path, number: signal.Signals, *options: str) -> int:
    """Start an export, end it when it has begun to write, and give its exit status."""
    process = subprocess.Popen(_command(store, *options), stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not list(folder.glob(".*.tmp")):
        assert process.poll() is None, "it ended before it wrote"
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.send_signal(number)
    return process.wait(60)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["wikibase-json", "wikibase-rdf"])
@pytest.mark.parametrize(("number", "status"), [(signal.SIGKILL, -9), (signal.SIGTERM, 130)])
def test_what_was_there_stays(store: Path, tmp_path: Path, name: str, number: signal.Signals, status: int) -> None:
    out = tmp_path / "dump.gz"
    out.write_bytes(b"former")
    assert _ended(store, tmp_path, number, "--format", name, "--out", str(out)) == status
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.suffix != ".tmp"} == {"dump.gz": b"former"}
    if number == signal.SIGTERM:
        assert list(tmp_path.iterdir()) == [out]


@pytest.mark.slow
def test_the_next_export_removes_what_a_killed_one_left(store: Path, tmp_path: Path) -> None:
    options = ("--format", "wikibase-json", "--out", str(tmp_path / "dump.json"))
    assert _ended(store, tmp_path, signal.SIGKILL, *options) == -9
    assert len(list(tmp_path.iterdir())) == 1
    subprocess.run(_command(store, *options), check=True, stderr=subprocess.DEVNULL)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dump.json", "dump.json.sha256"]


@pytest.mark.slow
def test_a_killed_package_has_no_manifest(store: Path, tmp_path: Path) -> None:
    assert _ended(store, tmp_path, signal.SIGKILL, "--all", "--out", str(tmp_path)) == -9
    assert not (tmp_path / "datapackage.json").exists()
