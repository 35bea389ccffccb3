"""The server knows the store, not the extraction: starting it never loads the language machinery."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import server

ALLOWED = {
    "kgbuild.store",
    "kgbuild.vocab",
    "kgbuild.config",
    "kgbuild.errors",
    "kgbuild.geography",
    "kgbuild.resources",
    "kgbuild.ids",
    "kgbuild.literals",
    "kgbuild.saved_queries",
    "kgbuild.reference",
    "kgbuild.language.folding",
    "kgbuild.validation.shapes",
    "kgbuild.validation.violation",
}
ROOT = Path(server.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
PACKAGES = ("engine", "catalogue", "pages", "reconciliation", "routes")
"""The lowest first; modules that stand beside them may be anywhere between."""


def test_the_server_imports_only_what_it_may() -> None:
    found = set[str]()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kgbuild":
                parts = {f"kgbuild.{name.name}" for name in node.names}
                found |= parts if node.module == "kgbuild" else {str(node.module)}
    assert found <= ALLOWED


def test_packages_know_only_those_below() -> None:
    upwards = [
        (path.relative_to(ROOT).as_posix(), name)
        for number, package in enumerate(PACKAGES)
        for path in (ROOT / package).glob("*.py")
        for name in PACKAGES[number + 1 :]
        if f"from server.{name}" in path.read_text(encoding="utf-8")
    ]
    assert upwards == []


def test_only_the_application_knows_the_routes() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if path.parent.name != "routes" and "server.routes" in path.read_text(encoding="utf-8")
    }
    assert found == {"app.py"}


def test_starting_the_server_does_not_load_spacy() -> None:
    code = "import sys, server.app, server.run, server.engine.nursery; print('spacy' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
