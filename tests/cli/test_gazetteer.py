from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.building.provenance import current_run
from kgbuild.cli import run
from kgbuild.cli.gazetteer import import_
from kgbuild.linking import place_tables

PLACES = "name,name_ar,latitude,longitude,class,country\nTell Example,تل المثال,36.5,38.5,Village,SY\n"


@pytest.fixture
def own_gazetteer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "places.sqlite"
    monkeypatch.setenv("KGBUILD_GAZETTEER", str(path))
    return path


def test_every_format_that_is_read_can_be_named() -> None:
    """They are written twice, since the command starts in half the time without the readers."""
    (choice,) = (p.type for p in import_.params if p.name == "format_name")
    assert set(choice.choices) == set(place_tables._READERS)  # type: ignore[attr-defined]


def test_places_are_added(own_gazetteer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "places.csv"
    table.write_text(PLACES, "utf-8")
    assert run(["gazetteer", "import", "csv", str(table)]) == 0
    assert "1 places added" in capsys.readouterr().err
    assert own_gazetteer.is_file()


@pytest.mark.usefixtures("own_gazetteer")
def test_other_countries_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "places.csv"
    table.write_text(PLACES, "utf-8")
    assert run(["gazetteer", "import", "csv", str(table), "--country", "IQ"]) == 0
    assert "0 places added" in capsys.readouterr().err


@pytest.mark.usefixtures("own_gazetteer")
def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gazetteer", "import", "csv", "nowhere.csv"]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


@pytest.mark.usefixtures("own_gazetteer")
def test_own_places_make_another_reading(tmp_path: Path) -> None:
    before = current_run.__wrapped__()
    table = tmp_path / "places.csv"
    table.write_text(PLACES, "utf-8")
    run(["gazetteer", "import", "csv", str(table)])
    assert current_run.__wrapped__() != before
