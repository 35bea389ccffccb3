from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kgbuild.store import Reader, Snapshot, open_snapshot
from tests.export.conftest import exported
from tests.export.stories import ARTICLES, INCIDENTS, SIEGE, STRIKE, iri, quads, write_store


def _features(reader: Reader) -> dict[str, Any]:
    collection = json.loads(exported(reader, "geojson"))
    assert collection["type"] == "FeatureCollection"
    return {feature["id"]: feature for feature in collection["features"]}


def test_longitude_comes_first(snapshot: Snapshot) -> None:
    assert _features(snapshot)[STRIKE]["geometry"] == {"type": "Point", "coordinates": [39.01, 35.95]}


def test_properties_tell_how_precise_the_point_is(snapshot: Snapshot) -> None:
    features = _features(snapshot)
    assert features[STRIKE]["properties"]["place_precision"] == "town"
    assert features[SIEGE]["properties"]["place_precision"] == "country"
    assert features[STRIKE]["properties"]["destroyed"] == [iri("bakery")]


@pytest.mark.parametrize(
    ("places", "geometry"),
    [((), None), (("ain", "syria"), {"type": "MultiPoint", "coordinates": [[39.01, 35.95], [38.0, 35.0]]})],
)
def test_no_place_and_several(tmp_path: Path, places: tuple[str, ...], geometry: object) -> None:
    incident = replace(INCIDENTS[0], places=tuple(map(iri, places)))
    write_store(tmp_path / "store", quads(ARTICLES, [incident]))
    with open_snapshot(tmp_path / "store") as reader:
        assert _features(reader)[STRIKE]["geometry"] == geometry


def test_a_store_without_incidents_is_an_empty_collection(tmp_path: Path) -> None:
    write_store(tmp_path / "store", [])
    with open_snapshot(tmp_path / "store") as reader:
        assert _features(reader) == {}
