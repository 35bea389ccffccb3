"""The commands in README.md with their output: runs them, and writes the output anew.

    python -m tests.readme_commands

A block that begins with ```console holds a command behind `$ `, with its further lines indented, and below it what it
prints.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"(?<=^```console\n)\$ (?P<command>.+(?:\n  .+)*)\n(?P<output>(?:.*\n)*?)(?=^```$)", re.MULTILINE)

_EARLIER_PROGRESS = re.compile(r"^\d+ articles read.*\n(?=\d+ articles read)", re.MULTILINE)
"""Lines that a slow machine prints on the way."""


class Shown(NamedTuple):
    """A command and the output that README.md shows for it."""

    command: str
    output: str


def shown() -> Iterator[Shown]:
    """The commands in order."""
    return (Shown(match["command"], match["output"]) for match in _BLOCK.finditer(README.read_text("utf-8")))


def run(command: str, folder: Path) -> str:
    """What a command prints, errors included, in a folder that has the checkout's examples."""
    examples = folder / "examples"
    if not examples.exists():
        examples.symlink_to(ROOT / "examples", target_is_directory=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": path, "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"{command}: exit status {result.returncode}\n{result.stdout}")
    return "".join(f"{line.rstrip()}\n" for line in _EARLIER_PROGRESS.sub("", result.stdout).splitlines())


def renew() -> None:
    """Run every command and write what it prints into README.md."""
    with tempfile.TemporaryDirectory() as folder:
        text = _BLOCK.sub(
            lambda match: f"$ {match['command']}\n{run(match['command'], Path(folder))}", README.read_text("utf-8")
        )
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    renew()
