"""The measuring programs that docs/benchmarks.md names run, here on little: what they print is for people to read."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.documents import ROOT

_NAMED = re.compile(r"`(?:\.venv/bin/python )?\.ci/(\w+)\.py[^`]*`")
_ON_LITTLE: dict[str, Sequence[str]] = {
    "generate_articles": ("12", "articles.jsonl"),
    "speed": (str(ROOT / "examples"),),
    "validation_share": ("articles.jsonl",),
    "measure_build": ("articles.jsonl", "store", "--jobs", "1"),
    "measure_exports": ("store", "--format", "csv"),
    "measure_pages": ("store",),
    "measure_code": (),
}
"""Those that need no annotated articles, in an order in which each finds what it reads."""

_ON_ANNOTATED = ("ablation", "calibrate", "leave_out", "scores")


def test_every_program_named_is_tried_here() -> None:
    named = set(_NAMED.findall((ROOT / "docs" / "benchmarks.md").read_text("utf-8")))
    assert named == {*_ON_LITTLE, *_ON_ANNOTATED}


@pytest.mark.slow
@pytest.mark.server
def test_they_measure(tmp_path: Path) -> None:
    for name, arguments in _ON_LITTLE.items():
        printed = ran(ROOT / ".ci" / f"{name}.py", *arguments, folder=tmp_path)
        assert re.search(r"\d", printed) or name == "generate_articles"
    assert len((tmp_path / "articles.jsonl").read_text("utf-8").splitlines()) == 12


@pytest.mark.parametrize("name", _ON_ANNOTATED)
def test_without_annotated_articles_they_say_so(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / ".ci", tmp_path / "checkout" / ".ci", ignore=shutil.ignore_patterns("__pycache__"))
    assert ": skipped, no " in ran(tmp_path / "checkout" / ".ci" / f"{name}.py", folder=tmp_path)


def ran(program: Path, *arguments: str, folder: Path) -> str:
    """What it prints; fails where it does."""
    command = [sys.executable, str(program), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout
