"""The guide and the HTTP reference tell the truth: their commands print what they show, in a folder of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.documents import ROOT, agrees, differences, steps

pytestmark = pytest.mark.server

_NEEDED = {"guide.md": ("curl", "nginx", "systemd-analyze", "java"), "http.md": ("curl",)}


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", _NEEDED)
def test_commands_print_what_is_shown(name: str, tmp_path: Path) -> None:
    missing = [tool for tool in _NEEDED[name] if not (shutil.which(tool) or shutil.which(f"/usr/sbin/{tool}"))]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    document = ROOT / "docs" / name
    assert len(list(steps(document))) > 15
    assert list(differences(document, tmp_path)) == [], f"renew it: python -m tests.documents docs/{name}"


@pytest.mark.parametrize(
    ("printed", "shown", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\n", False),
        ("a\nb\nc\n", "a\n…\nc\n", True),
        ("a\nc\n", "a\n…\nc\n", True),
        ("a\nb\n", "a\n…\nc\n", False),
        ("a.b\n", "aab\n", False),
    ],
)
def test_an_ellipsis_stands_for_any_lines(printed: str, shown: str, same: bool) -> None:
    assert agrees(printed, shown) == same
