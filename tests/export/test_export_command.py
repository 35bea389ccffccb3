"""The options of `kgbuild export` that choose what is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.cli import run
from tests.export.stories import SIEGE, STRIKE, quads, write_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("command") / "store"
    write_store(folder, quads())
    return str(folder)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], {STRIKE, SIEGE}),
        (["--type", "Siege"], {SIEGE}),
        (["--type", "Siege", "--type", "AirStrike"], {STRIKE, SIEGE}),
        (["--from", "2017-06-10", "--status", "SingleSource"], {SIEGE}),
        (["--place", "Al-Ain", "--actor", "Q7001", "--to", "2017-06-30"], {STRIKE}),
        (["--where", "SELECT ?i { ?i a cko:AirStrike }"], {STRIKE}),
    ],
)
def test_conditions_choose_incidents(store: str, tmp_path: Path, options: list[str], expected: set[str]) -> None:
    out = tmp_path / "out.csv"
    assert run(["export", "--store", store, "--format", "csv", "--out", str(out), *options]) == 0
    assert {line.split(",")[0] for line in out.read_text().splitlines()[1:]} == expected


def test_a_query_may_stand_in_a_file(store: str, tmp_path: Path) -> None:
    query, out = tmp_path / "sieges.rq", tmp_path / "out.csv"
    query.write_text("PREFIX cko: <https://w3id.org/cko#> SELECT ?i { ?i a cko:Siege }")
    assert run(["export", "--store", store, "--format", "csv", "--out", str(out), "--where", str(query)]) == 0
    assert SIEGE in out.read_text()


def test_redaction(store: str, tmp_path: Path) -> None:
    out = tmp_path / "out.nq"
    assert run(["export", "--store", store, "--format", "nquads", "--out", str(out), "--redact", "persons"]) == 0
    assert "الأحمد" not in out.read_text()


def test_everything_at_once(store: str, tmp_path: Path) -> None:
    assert run(["export", "--store", store, "--all", "--out", str(tmp_path / "dumps")]) == 0
    assert (tmp_path / "dumps" / "wikibase.json.gz.sha256").exists()


@pytest.mark.parametrize("options", [[], ["--all", "--format", "csv"], ["--format", "csv", "--type", "Nothing"]])
def test_wrong_usage(store: str, tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--store", store, "--out", str(tmp_path / "out"), *options]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
