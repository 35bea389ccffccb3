"""Records `docs/walk.cast`: the first two minutes at the terminal, with what the commands really print.

    .venv/bin/python docs/record_walk.py

Play it with `asciinema play docs/walk.cast`. Format: https://docs.asciinema.org/manual/asciicast/v2/. Commands are
typed at an even pace, and take the time that they took; the title says where other work kept the machine busy.
"""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "walk.cast"
COLUMNS, LINES = 110, 32
KEY_SECONDS, READING_SECONDS = 0.045, 6.0
PORT = 8451

STEPS = (
    ("What does one report say, and where exactly?", "kgbuild explain examples/raqqa-internet-cafe.txt"),
    ("All sample reports become one graph; several tell of the same strikes.", "kgbuild build examples --store store"),
    ("How many died in each incident, by the lowest and the highest account?",
     "kgbuild query toll-as-range -p lang=en --store store"),
    ("Who says so, and in which sentence?", "kgbuild query --store store --format csv 'SELECT ?killed ?quote {"
     " ?report cko:killedMin ?killed ; cko:evidence/oa:hasSelector/oa:exact ?quote } ORDER BY DESC(?killed) LIMIT 3'"),
    ("The graph in the form that Wikidata's own tools read.",
     "kgbuild export --store store --format wikibase-json --out dump.json.gz"),
    ("Everything as files, for others to download.", "kgbuild export --store store --all --out store/dumps"),
    ("And served: pages in Arabic and English, SPARQL, linked data, dumps.",
     f"kgbuild serve --store store --port {PORT} & curl -s --retry 20 --retry-connrefused --retry-delay 1"
     f" http://127.0.0.1:{PORT}/dumps/graph.nq.gz.sha256 ; kill $!"),
)  # fmt: skip
"""What is said before each command, and the command."""

Event = tuple[float, str]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "examples").symlink_to(ROOT / "examples")
        events = list(_walk(folder))
    header = {"version": 2, "width": COLUMNS, "height": LINES, "title": f"kgbuild: from reports to a graph{_busy()}"}
    lines = [json.dumps(header), *(json.dumps([round(at, 3), "o", text], ensure_ascii=False) for at, text in events)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {events[-1][0]:.0f} s")


def _busy() -> str:
    """What to tell of the machine where more processes wanted to run than it has processors."""
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    return (
        f" (on {processors} processors at a load of {load:.0f}; an idle machine is faster)" if load > processors else ""
    )


def _walk(folder: Path) -> Iterator[Event]:
    now = 0.5
    for said, command in STEPS:
        for line in (f"# {said}", command):
            yield now, "\x1b[1;32m$\x1b[0m "
            for key in line:
                now += KEY_SECONDS
                yield now, key
            yield now, "\r\n"
            now += 0.4
        printed = list(_printed(command, folder))
        for at, text in printed:
            yield now + at, text.replace(str(folder), "~")
        now += printed[-1][0] + READING_SECONDS


def _printed(command: str, folder: Path) -> Iterator[Event]:
    """What a command prints on a terminal, with the seconds since it was started."""
    ours, theirs = pty.openpty()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": str(LINES)}
    process = subprocess.Popen(
        ["/bin/sh", "-c", command], cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    began, left = time.monotonic(), b""
    while process.poll() is None or select.select([ours], [], [], 0)[0]:
        if not select.select([ours], [], [], 0.1)[0]:
            continue
        try:
            left += os.read(ours, 1 << 16)
        except OSError:
            break  # everything that had the terminal open has ended
        text = left.decode("utf-8", "ignore")
        left = left[len(text.encode()) :]
        yield time.monotonic() - began, text
    os.close(ours)
    if process.wait():
        raise SystemExit(f"{command}: exit status {process.returncode}")


if __name__ == "__main__":
    main()
