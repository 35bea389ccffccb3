"""README.md and docs/ tell the truth: their commands print what they show, in a folder of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.documents import agrees, differences, documents

pytestmark = pytest.mark.server

_NEEDED = {"guide.md": ("curl", "nginx", "systemd-analyze", "java"), "http.md": ("curl",), "stores.md": ("curl",)}
"""Programs of others that a document calls."""


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_commands_print_what_is_shown(document: Path, tmp_path: Path) -> None:
    needed = _NEEDED.get(document.name, ())
    missing = [tool for tool in needed if not (shutil.which(tool) or shutil.which(f"/usr/sbin/{tool}"))]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    assert list(differences(document, tmp_path)) == [], f"renew it: python -m tests.documents {document}"


def test_no_document_to_run_is_passed_over() -> None:
    names = {path.name for path in documents()}
    assert names == {"README.md", "exports.md", "guide.md", "http.md", "stores.md"}


@pytest.mark.parametrize(
    ("printed", "shown", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\n", False),
        ("a\nb\nc\n", "a\n…\nc\n", True),
        ("a\nc\n", "a\n…\nc\n", True),
        ("a\nb\n", "a\n…\nc\n", False),
        ("a.b\n", "aab\n", False),
        ("a: 1b\nc\n", "a: …\nc\n", True),
        ("a: 1b\nd\nc\n", "a: …\nc\n", False),
        ("1 a, 20 b\n", "… a, … b\n", True),
    ],
)
def test_an_ellipsis_stands_for_lines_or_a_part_of_one(printed: str, shown: str, same: bool) -> None:
    assert agrees(printed, shown) == same
