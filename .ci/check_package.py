"""Builds sdist and wheel, installs the wheel alone into an environment of its own, and uses it as a newcomer would.

    check_package.py

The wheel is built twice, from the checkout and from the sdist, and both have to hold the same files. Away from the
checkout the installed program builds a graph of the sample reports, answers a saved query, validates, exports, serves.
Needs hatchling (in the extra `dev`), and the network or a cache for what the wheel depends on.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HELD = (
    "kgbuild/ontology/conflict.ttl", "kgbuild/ontology/actors.ttl", "kgbuild/queries/toll-as-range.rq",
    "kgbuild/data/gazetteer/places.tsv", "kgbuild/pipeline/pipeline.cfg", "kgbuild/data/wikibase/properties.tsv",
    "server/templates/base.html", "server/static/style.css", "server/locale/ar.po",
)  # fmt: skip
"""One file of each kind that the program needs beside its modules."""

PAGES = (
    "/",
    "/incidents",
    "/static/style.css",
    "/ontology",
    "/queries",
    "/dumps/",
    "/dumps/graph.nq.gz",
    "/.well-known/void",
)
LOAD = """
from importlib.metadata import distribution
for point in distribution("kgbuild").entry_points:
    point.load()
    print(point.group, point.name)
"""
ABSENT = (
    "import importlib.util, sys; sys.exit(any(map(importlib.util.find_spec, ('pytest', 'mypy', 'duckdb', 'pandas'))))"
)
START_SECONDS = 60


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="kgbuild-package-") as name:
        folder = Path(name)
        wheel = build(folder)
        python = install(wheel, folder / "environment")
        use(python, folder)
    print("the package is whole")


def wheel_settings() -> dict[str, Any]:
    """What pyproject.toml says of the wheel; `exclude` are paths that begin with a slash at the top of the checkout."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel: dict[str, Any] = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    return wheel


def build(folder: Path) -> Path:
    """The wheel, after sdist and wheels were compared."""
    run([sys.executable, "-m", "hatchling", "build", "-d", str(folder / "dist")], ROOT)
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    (wheel,) = (folder / "dist").glob("*.whl")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "again")], source)
    (again,) = (folder / "again").glob("*.whl")
    held, held_again = names(wheel), names(again)
    check(held == held_again, f"the wheel of the sdist differs: {sorted(held ^ held_again)[:10]}")
    check(held >= set(HELD), f"not in the wheel: {sorted(set(HELD) - held)}")
    left_out = tuple(entry.lstrip("/") for entry in wheel_settings()["exclude"])
    listed = run(["git", "ls-files", "kgbuild", "server"], ROOT).split() if (ROOT / ".git").exists() else []
    tracked = [name for name in listed if not name.startswith(left_out)]
    check(held >= set(tracked), f"not in the wheel: {sorted(set(tracked) - held)[:10]}")
    return wheel


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def install(wheel: Path, folder: Path) -> Path:
    """The interpreter of a new environment that has the wheel and what it needs."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)], folder)
    run([str(python), "-c", ABSENT], folder)
    print(run([str(python), "-c", LOAD], folder), end="")
    return python


def use(python: Path, folder: Path) -> None:
    """From articles to dumps, in a folder that knows nothing of the checkout."""
    program, store = str(python.with_name("kgbuild")), str(folder / "store")
    print(run([program, "build", str(ROOT / "examples"), "--store", store], folder), end="")
    answer = run([program, "query", "toll-as-range", "--store", store, "--format", "csv"], folder)
    check(len(answer.splitlines()) > 3, f"the saved query found too little: {answer}")
    run([program, "validate", "--store", store], folder)
    run([program, "export", "--store", store, "--all", "--out", f"{store}/dumps"], folder)
    run(
        [program, "export", "--store", store, "--format", "wikibase-json", "--out", str(folder / "dump.json.zst")],
        folder,
    )
    with serving(program, store, folder) as port:
        for page in PAGES:
            status = answered(port, page)
            check(status == 200, f"{page}: {status}")


@contextmanager
def serving(program: str, store: str, folder: Path) -> Iterator[int]:
    """The port at which the store is served."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen([program, "serve", "--store", store, "--port", str(port)], cwd=folder, env=environment())
    try:
        deadline = time.monotonic() + START_SECONDS
        while answered(port, "/healthz") != 200:
            check(process.poll() is None and time.monotonic() < deadline, "the server does not start")
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def answered(port: int, path: str) -> int:
    """The status of an answer, 0 where there is none."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0


def run(command: list[str], folder: Path) -> str:
    """What a command prints; ends with its words if it fails."""
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    check(done.returncode == 0, f"{' '.join(command)}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def environment() -> dict[str, str]:
    """Without what would lead back to the checkout."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def check(holds: bool, message: str) -> None:
    if not holds:
        raise SystemExit(message)


if __name__ == "__main__":
    main()
