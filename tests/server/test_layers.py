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
    "kgbuild.resources",
    "kgbuild.ids",
    "kgbuild.saved_queries",
    "kgbuild.reference",
    "kgbuild.language.folding",
    "kgbuild.validation.shapes",
    "kgbuild.validation.violation",
}
SOURCES = sorted(Path(server.__file__).parent.rglob("*.py"))


def test_the_server_imports_only_what_it_may() -> None:
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kgbuild":
                found.add(node.module)
    assert found <= ALLOWED


def test_starting_the_server_does_not_load_spacy() -> None:
    code = "import sys, server.app, server.run, server.engine.nursery; print('spacy' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
