from __future__ import annotations

import json
import re
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kgbuild import notebook as kb
from kgbuild.cli import run
from kgbuild.errors import QueryError, StoreError, UsageError
from tests.notebooks import executed

TEXT = "قصف طيران التحالف الدولي مدينة الرقة <غربا> مساء الخميس، ما أسفر عن مقتل ثلاثة مدنيين."
NOTEBOOK = Path(__file__).parent.parent / "examples" / "notebook.ipynb"


@pytest.fixture(scope="module")
def reading() -> kb.Reading:
    return kb.read_text(TEXT, published=date(2017, 6, 9), title="عنوان")


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> kb.Readings:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "broken.json").write_text("{", "utf-8")
    return kb.read(folder, published=date(2017, 6, 9))


def test_a_text_gives_typed_records(reading: kb.Reading) -> None:
    [incident] = reading.incidents
    assert incident.report.cls == "AirStrike"
    assert [e.cls for e in incident.entities("perpetrators")] == ["MilitaryCoalition"]
    assert all(quote in TEXT for quote in incident.quotes)


def test_a_folder_gives_readings_and_what_was_refused(readings: kb.Readings) -> None:
    assert len(readings) == 1
    assert readings[0].article.id == "a.txt"
    assert readings[:1] == tuple(readings)
    assert "broken.json" in str(readings.refused[0])
    assert "broken.json" in readings._repr_html_()


def test_a_table_has_an_incident_a_row(readings: kb.Readings) -> None:
    frame = readings.to_dataframe()
    [row] = frame.to_dict("records")
    assert (row["class"], row["earliest"], row["killed_min"], row["killed_max"]) == (
        "AirStrike",
        date(2017, 6, 8),
        3,
        3,
    )
    assert row["places"] == "الرقة"
    assert row["point"][0] == pytest.approx(39.0, abs=0.2)
    assert list(kb.Readings(()).to_dataframe().columns) == list(frame.columns)


def test_a_map_has_points_of_the_places(readings: kb.Readings) -> None:
    frame = readings.to_geodataframe()
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.iloc[0].y == pytest.approx(35.95, abs=0.2)
    assert "point" not in frame.columns


def test_without_the_libraries_the_way_to_them_is_said(readings: kb.Readings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(UsageError, match=r"kgbuild\[notebook\]"):
        readings.to_geodataframe()
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"kgbuild\[notebook\]"):
        readings.to_dataframe()


def test_articles_and_incidents_show_themselves(reading: kb.Reading) -> None:
    page = reading._repr_html_()
    assert page.startswith("<iframe srcdoc=")
    assert "&amp;lt;غربا&amp;gt;" in page, "escaped once for the page, once for the frame"
    shown = reading.incidents[0]._repr_html_()
    assert 'dir="rtl"' in shown
    assert "&lt;غربا&gt;" in shown
    assert "<html" not in shown


def test_a_store_is_asked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert run(["build", str(tmp_path / "a.txt"), "--published", "2017-06-09", "--store", str(tmp_path / "store")]) == 0
    with kb.open_graph(tmp_path / "store") as graph:
        answer = graph.query(
            "SELECT ?killed ?day ?nothing { ?i a cko:Incident; cko:killedMin ?killed; cko:startDate ?day }"
        )
        assert isinstance(answer, kb.Answer)
        assert list(answer) == [{"killed": 3, "day": date(2017, 6, 8), "nothing": None}]
        assert answer.to_dataframe()["killed"].sum() == 3
        assert "<td><bdi>2017-06-08</bdi></td>" in answer._repr_html_()
        assert graph.query("ASK { ?i a cko:AirStrike }") is True
        kinds = graph.query("incidents-by-class", **{"from": "2017-01-01"})
        assert isinstance(kinds, kb.Answer)
        assert len(kinds) == 1
        confidence = graph.query("SELECT ?c { ?r a cko:Report; cko:confidence ?c }")
        assert isinstance(confidence, kb.Answer)
        assert isinstance(next(iter(confidence))["c"], Decimal)
        with pytest.raises(QueryError, match="ask for rows"):
            graph.query("CONSTRUCT WHERE { ?s ?p ?o }")
    with pytest.raises(StoreError):
        kb.open_graph(tmp_path / "none")


@pytest.mark.slow
def test_the_notebook_runs_and_shows_what_it_did() -> None:
    """Numbers move with every better reading: python -m tests.notebooks examples/notebook.ipynb writes them anew."""
    anew, shown = executed(NOTEBOOK), json.loads(NOTEBOOK.read_text("utf-8"))
    assert list(map(shape, anew["cells"])) == list(map(shape, shown["cells"]))


def shape(cell: dict[str, Any]) -> tuple[str, list[tuple[str, list[str], list[str]]]]:
    """A cell's source with the kinds of its outputs, and the columns of their tables."""
    outputs = [
        (output["output_type"], sorted(output.get("data", {})), re.findall(r"<th>([a-zA-Z_]+)</th>", "".join(page)))
        for output in cell.get("outputs", [])
        for page in [output.get("data", {}).get("text/html", [])]
    ]
    return "".join(cell["source"]), outputs
