from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kgbuild.export.tables.ucdp import _grid_cell
from kgbuild.model import Casualty, DateInterval, MergedIncident, Report, Toll
from kgbuild.store import Reader, Snapshot, open_snapshot
from tests.export.conftest import exported
from tests.export.stories import ARTICLES, DAY, INCIDENTS, STRIKE, iri, killed, quads, write_store

Row = dict[str, str]


def _rows(reader: Reader, name: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(exported(reader, name).decode(), newline="")))


@pytest.fixture(scope="module")
def rows(snapshot: Snapshot) -> dict[str, list[Row]]:
    return {name: _rows(snapshot, name) for name in ("acled-csv", "ucdp-csv", "airwars-csv")}


def _variant(folder: Path, incident: MergedIncident, **report: object) -> Reader:
    """A store of the first article with another report, and of the incident that it tells."""
    first = replace(ARTICLES[0], reports=(replace(ARTICLES[0].reports[0], **report),))  # type: ignore[arg-type]
    write_store(folder, quads([first], [incident]))
    return open_snapshot(folder)


@pytest.fixture
def clash(tmp_path: Path) -> Iterator[Reader]:
    """Soldiers against an armed group, without civilians."""
    incident = replace(
        INCIDENTS[0], cls="ArmedClash", types=("ArmedClash",), perpetrators=(iri("coalition"),),
        alleged_perpetrators=(), targets=(iri("brigade"),), victims=(),
        killed=Toll(min=3, max=None, best=3), certainty="asserted",
    )  # fmt: skip
    counts = (Casualty(effect="killed", min=3, max=None, group="combatant", start=0, end=3),)
    with _variant(tmp_path / "clash", incident, cls="ArmedClash", casualties=counts, certainty="asserted") as reader:
        yield reader


def test_acled_codes_the_strike(rows: dict[str, list[Row]]) -> None:
    (row,) = rows["acled-csv"]
    wanted = {
        "event_date": "2017-06-08", "time_precision": "1", "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike", "iso": "760",
        "country": "Syria", "location": "Al-Ain", "geo_precision": "1", "admin1": "",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    assert row["event_id_cnty"] == f"SYR-{STRIKE.rpartition('/')[2]}"


def test_acled_counts_the_most_conservative_figure(rows: dict[str, list[Row]]) -> None:
    assert rows["acled-csv"][0]["fatalities"] == "9"


def test_acled_calls_people_who_are_hit_civilians(rows: dict[str, list[Row]]) -> None:
    row = rows["acled-csv"][0]
    assert (row["actor1"], row["inter1"]) == ("International coalition", "8")
    assert (row["actor2"], row["assoc_actor_2"], row["inter2"]) == ("Civilians (Syria)", "عائلة الأحمد", "7")
    assert (row["interaction"], row["civilian_targeting"]) == ("78", "Civilian targeting")


def test_acled_leaves_out_what_is_dated_too_vaguely(rows: dict[str, list[Row]], tmp_path: Path) -> None:
    assert all("Siege" not in row["notes"] for row in rows["acled-csv"])
    month = DateInterval(earliest=DAY.earliest, latest=DAY.earliest.replace(day=20), precision="days")  # type: ignore[union-attr]
    with _variant(tmp_path / "vague", replace(INCIDENTS[0], date=month)) as reader:
        (row,) = _rows(reader, "acled-csv")
    assert (row["event_date"], row["time_precision"]) == ("2017-06-14", "3")


def test_ucdp_gives_low_best_and_high(rows: dict[str, list[Row]]) -> None:
    (row,) = rows["ucdp-csv"]
    assert (row["low"], row["best"], row["high"]) == ("9", "9", "14")
    assert (row["deaths_civilians"], row["deaths_unknown"]) == ("9", "0")
    parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    assert sum(int(row[name]) for name in parts) == int(row["best"])


def test_ucdp_codes_where_when_and_by_whom(rows: dict[str, list[Row]]) -> None:
    (row,) = rows["ucdp-csv"]
    wanted = {
        "type_of_violence": "3", "side_a": "International coalition", "side_b": "Civilians", "where_prec": "1",
        "date_prec": "1", "event_clarity": "1", "geom_wkt": "POINT (39.01 35.95)", "number_of_sources": "3",
        "date_start": "2017-06-08", "year": "2017",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


def test_ucdp_leaves_out_what_killed_nobody(tmp_path: Path) -> None:
    with _variant(tmp_path / "none", replace(INCIDENTS[0], killed=Toll()), casualties=()) as reader:
        assert _rows(reader, "ucdp-csv") == []


def test_combatants_are_not_counted_as_civilians(clash: Reader) -> None:
    (ucdp,) = _rows(clash, "ucdp-csv")
    assert (ucdp["deaths_civilians"], ucdp["deaths_unknown"]) == ("0", "3")
    assert _rows(clash, "airwars-csv") == []


@pytest.mark.parametrize(
    ("longitude", "latitude", "cell"), [(-180, -90, 1), (0.25, 0.25, 129961), (179.9, 89.9, 259200), (180, 90, 259200)]
)
def test_cells_of_the_grid(longitude: float, latitude: float, cell: int) -> None:
    assert _grid_cell(longitude, latitude) == cell


def test_airwars_counts_from_called_civilians_to_not_called_combatants(rows: dict[str, list[Row]]) -> None:
    (row,) = rows["airwars-csv"]
    assert (row["civilians_killed_min"], row["civilians_killed_max"]) == ("0", "14")
    assert (row["militants_killed_min"], row["militants_killed_max"]) == ("", "")


def test_airwars_grades_the_strike(rows: dict[str, list[Row]]) -> None:
    (row,) = rows["airwars-csv"]
    wanted = {
        "strike_type": "airstrike", "strike_status": "contested_strike", "grading": "contested",
        "geolocation_accuracy": "town", "infrastructure": "Bakery", "belligerents": "International coalition",
        "victims": "عائلة الأحمد", "source_count": "3",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


def test_a_strike_that_its_doer_tells_of_is_declared(tmp_path: Path) -> None:
    told: Report = ARTICLES[0].reports[0]
    with _variant(tmp_path / "declared", INCIDENTS[0], sources=told.perpetrators) as reader:
        assert _rows(reader, "airwars-csv")[0]["strike_status"] == "declared_strike"


def test_militants_are_counted_apart(tmp_path: Path) -> None:
    counts = (killed(4, 4, "combatant"), killed(2, 2, "civilian"))
    with _variant(tmp_path / "both", INCIDENTS[0], casualties=counts) as reader:
        (row,) = _rows(reader, "airwars-csv")
    assert (row["civilians_killed_min"], row["civilians_killed_max"]) == ("2", "2")
    assert (row["militants_killed_min"], row["militants_killed_max"]) == ("4", "4")
