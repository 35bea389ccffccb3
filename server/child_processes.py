"""Work in a process of its own: what takes long, or what must not share the memory of the one that serves."""

from __future__ import annotations

import os
import subprocess
import sys


def run_module(name: str, *arguments: str, timeout: float | None = None) -> subprocess.CompletedProcess[str]:
    """`python -m name` with the modules that this process has; subprocess.TimeoutExpired after `timeout` seconds."""
    return subprocess.run(
        [sys.executable, "-m", name, *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def environment() -> dict[str, str]:
    """That of this process, in which others find the same modules."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
