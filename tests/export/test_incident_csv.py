from __future__ import annotations

import csv
import io
from dataclasses import replace

from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.tables.columns import columns
from kgbuild.export.tables.incidents import incident_row
from kgbuild.export.tables.sites import known_to
from kgbuild.model import DateInterval
from kgbuild.store import Snapshot
from tests.export.conftest import exported
from tests.export.stories import DAY, SIEGE, STRIKE, iri


def _rows(snapshot: Snapshot, name: str = "csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(snapshot, name).decode(), newline="")))


def test_incidents_come_by_day_with_the_documented_columns(snapshot: Snapshot) -> None:
    rows = _rows(snapshot)
    assert [row["incident"] for row in rows] == [SIEGE, STRIKE]
    assert list(rows[0]) == [column.name for column in columns("incidents")]


def test_a_row_fills_every_documented_column_and_no_other(snapshot: Snapshot) -> None:
    graph = GraphReader(snapshot)
    assert set(incident_row(graph, graph.event(STRIKE))) == {column.name for column in columns("incidents")}


def test_every_column_is_described_in_both_languages() -> None:
    for table in ("incidents", "acled", "ucdp", "airwars"):
        assert [c.name for c in columns(table) if not (c.description_en and c.description_ar)] == []


def test_what_where_who_and_how_many(snapshot: Snapshot) -> None:
    row = _rows(snapshot)[1]
    wanted = {
        "class": "AirStrike", "class_ar": "غارة جوية", "start_date": "2017-06-08", "date_precision": "day",
        "place_ar": "العين", "place_en": "Al-Ain", "country": "Syria", "longitude": "39.01", "latitude": "35.95",
        "place_precision": "town", "perpetrator": "", "alleged_perpetrator": iri("coalition"),
        "alleged_perpetrator_en": "International coalition", "target_en": "فرن الساحة", "destroyed": iri("bakery"),
        "killed_min": "9", "killed_max": "14", "killed_best": "9", "injured_best": "", "status": "Contested",
        "first_published": "2017-06-09", "last_published": "2017-06-11",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


def test_lists_are_parted_by_bars(snapshot: Snapshot) -> None:
    assert _rows(snapshot)[1]["publishers"] == "Example Wire a|Example Wire b|Example Wire c"


def test_a_date_is_known_no_better_than_its_interval_is_long() -> None:
    assert known_to(DAY) == "day"
    assert known_to(replace(DAY, latest=DAY.latest.replace(day=14))) == "week"  # type: ignore[union-attr]
    assert known_to(replace(DAY, precision="year")) == "year"
    assert known_to(DateInterval(earliest=None, latest=None, precision="unknown")) == "unknown"
