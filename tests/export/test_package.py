from __future__ import annotations

import hashlib
import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from kgbuild.cli import run
from kgbuild.errors import UsageError
from kgbuild.export import FORMATS
from kgbuild.export.package import MANIFEST, export_all, files
from kgbuild.store import Snapshot
from tests.export.stories import quads, write_store


@pytest.fixture(scope="module")
def folder(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "dumps"
    export_all(snapshot, folder)
    return folder


@pytest.fixture(scope="module")
def manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / MANIFEST).read_text()))


def test_every_format_has_a_file() -> None:
    assert set(files()) == set(FORMATS)


def test_the_manifest_tells_size_and_sum_of_every_file(folder: Path, manifest: dict[str, Any]) -> None:
    assert {resource["name"] for resource in manifest["resources"]} == set(FORMATS)
    for resource in manifest["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_manifest_counts_and_names_the_licence(manifest: dict[str, Any]) -> None:
    assert (manifest["counts"]["incidents"], manifest["counts"]["reports"]) == (2, 4)
    assert manifest["licenses"][0]["name"] == "CC0-1.0"
    assert manifest["version"] == "2017-06-12"


def test_the_manifest_describes_the_columns(manifest: dict[str, Any]) -> None:
    tables = {r["name"]: r["schema"]["fields"] for r in manifest["resources"] if "schema" in r}
    assert set(tables) == {"csv", "acled-csv", "ucdp-csv", "airwars-csv"}
    assert all(field["description"] for fields in tables.values() for field in fields)


def test_frictionless_finds_no_fault(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        report = frictionless.Package(str(folder / MANIFEST)).validate()
    assert [task.errors for task in report.tasks if not task.valid] == []
    assert len(report.tasks) == len(FORMATS)


def test_a_folder_that_cannot_be_made(snapshot: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        export_all(snapshot, tmp_path / "file" / "dumps")


def test_the_manifest_of_a_part_says_so(tmp_path: Path) -> None:
    write_store(tmp_path / "store", quads())
    options = ["--all", "--type", "Siege", "--from", "2017-05-01", "--redact", "persons"]
    assert run(["export", "--store", str(tmp_path / "store"), "--out", str(tmp_path / "dumps"), *options]) == 0
    manifest = json.loads((tmp_path / "dumps" / MANIFEST).read_text())
    assert manifest["part"] == {"first": "2017-05-01", "types": ["Siege"], "redact": "persons"}
    assert manifest["counts"]["incidents"] == 1
