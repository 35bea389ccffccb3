"""Measures exports of stores: clock, processor time and the most memory, a line for each format and store.

    measure_exports.py STORE... [--format FORMAT]...

What is written goes to a temporary folder and is thrown away.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

_FORMATS = ("wikibase-json", "wikibase-rdf", "wikibase-truthy", "csv", "nquads")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stores", nargs="+", type=Path)
    parser.add_argument("--format", action="append", dest="formats")
    arguments = parser.parse_args()
    print("| format | store | clock, s | processor, s | most memory, MB | file, MB |\n|---|---|---|---|---|---|")
    for name in arguments.formats or _FORMATS:
        for store in arguments.stores:
            print(_measured(name, store), flush=True)


def _measured(name: str, store: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [
            sys.executable,
            "-m",
            "kgbuild",
            "export",
            "--store",
            str(store),
            "--format",
            name,
            "--out",
            str(out),
        ]
        began = time.monotonic()
        process = os.posix_spawn(sys.executable, command, os.environ, file_actions=[(os.POSIX_SPAWN_CLOSE, 2)])
        _, status, used = os.wait4(process, 0)
        clock = time.monotonic() - began
        if status:
            raise SystemExit(f"{name} of {store}: exit status {os.waitstatus_to_exitcode(status)}")
        processor, memory, size = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.stat().st_size / 1e6
    return f"| `{name}` | {store.name} | {clock:.0f} | {processor:.1f} | {memory:.0f} | {size:.0f} |"


if __name__ == "__main__":
    main()
