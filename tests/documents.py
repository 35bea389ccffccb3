"""The commands in README.md and docs/ with their output: runs them in order, and writes the output anew.

    python -m tests.documents docs/guide.md

A block that begins with ```console holds commands behind `$ `, each with its further lines indented and, below it, what
it prints; a line `…` there stands for any lines, `…` within one for any part of it. A command that ends in `&` stays
until the document ends. A block that begins with ```python is run after those before it, as cells of a notebook
are. Any other block under a line that is only a name in backticks and a colon is written to the file of this name.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Self

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

_STEP = re.compile(
    r"^```console\n(?P<console>.*?)^```$|^```python\n(?P<python>.*?)^```$"
    r"|^`(?P<name>[^`\n]+)`:\n\n```\w*\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (?P<command>.+(?:\n  .+)*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_EARLIER_PROGRESS = re.compile(r"^\d+ articles read.*\n(?=\d+ articles read)", re.MULTILINE)
"""Lines that a slow machine prints on the way."""

_PORTS = ("7878", "8000", "8001", "8002", "8080")
"""Ports that documents name; free ones are taken in their place."""

_COPIED = ("kgbuild", "server", "ontology", "queries", "examples", "docs", "tests", "pyproject.toml")
SECONDS = 60


class Command(NamedTuple):
    """A command and the output that the document shows for it."""

    command: str
    output: str


class File(NamedTuple):
    """A file that the document has its reader write."""

    name: str
    text: str


class Cell(NamedTuple):
    """Python that the document has its reader run."""

    source: str


def documents() -> list[Path]:
    """Those in which there is something to run."""
    return [path for path in (README, *sorted((ROOT / "docs").glob("*.md"))) if next(steps(path), None)]


def steps(document: Path) -> Iterator[Command | File | Cell]:
    """What the reader is told to do, in order."""
    for block in _STEP.finditer(document.read_text("utf-8")):
        if block["name"]:
            yield File(block["name"], block["text"])
        elif block["python"]:
            yield Cell(block["python"])
        else:
            yield from (Command(match["command"], match["output"]) for match in _COMMAND.finditer(block["console"]))


def agrees(printed: str, shown: str) -> bool:
    """Whether this is what the document shows, where `…` stands for any lines or any part of one."""
    parts = (re.escape(part).replace("…", ".*") for part in re.split(r"^…\n", shown, flags=re.MULTILINE))
    pattern = r"(?:.*\n)*?".join(parts)
    return re.fullmatch(pattern, printed) is not None


@dataclass(slots=True)
class Reader:
    """Does what a document says, in a folder that has the examples and a copy of the checkout (`checkout`)."""

    folder: Path
    ports: dict[str, str] = field(default_factory=dict)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        (self.folder / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
        self.ports = dict(zip(_PORTS, _free_ports(len(_PORTS)), strict=True))
        return self

    def __exit__(self, *exc: object) -> None:
        for process in self.running:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)

    def write(self, file: File) -> None:
        path = self.folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._with_ports(file.text), "utf-8")

    def run(self, command: str) -> str:
        """What a command prints, errors included. RuntimeError where it fails."""
        if "checkout" in command and not (self.folder / "checkout").exists():
            self._copy_checkout()
        text = self._with_ports(command)
        if text.endswith("&"):
            return self._start(text.removesuffix("&"))
        result = subprocess.run(
            ["/bin/sh", "-c", text],
            cwd=self.folder,
            env=self._environment("checkout" in command),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=SECONDS * 5,
        )
        if result.returncode:
            raise RuntimeError(f"{command}: exit status {result.returncode}\n{result.stdout}")
        printed = _EARLIER_PROGRESS.sub("", result.stdout).replace(str(self._home), "~/.local/share")
        return "".join(f"{line.rstrip()}\n" for line in self._without_ports(printed).splitlines())

    def run_cell(self, cell: Cell) -> None:
        """Run Python, after the cells before it. RuntimeError where it fails."""
        self.cells.append(cell.source)
        (self.folder / "cells.py").write_text("\n".join(self.cells), "utf-8")
        self.run("python -W error cells.py")

    def _start(self, command: str) -> str:
        """Start what serves, and wait until it does."""
        process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {command}"],
            cwd=self.folder,
            env=self._environment(in_copy=False),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.running.append(process)
        *_, port = re.findall(rf"\b({'|'.join(self.ports.values())})\b", command)
        for _ in range(SECONDS * 4):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(port))) == 0:
                    return ""
            if process.poll() is not None:
                break
            time.sleep(0.25)
        raise RuntimeError(f"{command}: does not serve")

    def _environment(self, in_copy: bool) -> dict[str, str]:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}{os.pathsep}/usr/sbin"
        own = {"PATH": path, "COLUMNS": "200", "XDG_DATA_HOME": str(self._home)}
        return os.environ | own | ({"PYTHONPATH": str(self.folder / "checkout")} if in_copy else {})

    @property
    def _home(self) -> Path:
        return self.folder / "home"

    def _copy_checkout(self) -> None:
        ignored = shutil.ignore_patterns("__pycache__", ".*", "cases")
        for name in _COPIED:
            source, target = ROOT / name, self.folder / "checkout" / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=ignored)
            else:
                shutil.copy(source, target)

    def _with_ports(self, text: str) -> str:
        return re.sub(rf"\b({'|'.join(self.ports)})\b", lambda match: self.ports[match[1]], text)

    def _without_ports(self, text: str) -> str:
        shown = {taken: port for port, taken in self.ports.items()}
        return re.sub(rf"\b({'|'.join(shown)})\b", lambda match: shown[match[1]], text)


def differences(document: Path, folder: Path) -> Iterator[str]:
    """Does what the document says, and tells where something else is printed than it shows."""
    with Reader(folder) as reader:
        for step in steps(document):
            if isinstance(step, File):
                reader.write(step)
                continue
            if isinstance(step, Cell):
                reader.run_cell(step)
                continue
            printed = reader.run(step.command)
            if not agrees(printed, step.output):
                lines = difflib.unified_diff(step.output.splitlines(), printed.splitlines(), "shown", "printed", n=1)
                yield "\n".join((step.command, *lines))


def renew(document: Path) -> None:
    """Run every command and write what it prints into the document, where it is not shown in part only."""
    with tempfile.TemporaryDirectory() as folder, Reader(Path(folder)) as reader:

        def done(block: re.Match[str]) -> str:
            if block["name"]:
                reader.write(File(block["name"], block["text"]))
                return block[0]
            if block["python"]:
                reader.run_cell(Cell(block["python"]))
                return block[0]
            return block[0].replace(block["console"], _COMMAND.sub(printed, block["console"]))

        def printed(match: re.Match[str]) -> str:
            output = reader.run(match["command"])
            return f"$ {match['command']}\n{match['output'] if agrees(output, match['output']) else output}"

        text = _STEP.sub(done, document.read_text("utf-8"))
    document.write_text(text, "utf-8")


def _free_ports(number: int) -> list[str]:
    probes = [socket.socket() for _ in range(number)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [str(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]) if sys.argv[1:] else documents():
        renew(path)
