from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kgbuild.errors import UsageError
from kgbuild.export import export
from kgbuild.store import Snapshot, open_snapshot, open_store
from tests.building.builds import build_into
from tests.telling import article, extract, tells

ARTICLES = [article("a", tells(killed=(14, 14))), article("b", tells(killed=(17, None)), tells(place="Tabqa"))]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    directory = tmp_path_factory.mktemp("store")
    build_into(directory, ARTICLES)
    with open_snapshot(directory) as opened:
        yield opened


def quads(path: Path, form: RdfFormat) -> set[Quad]:
    return set(parse(path=str(path), format=form))


@pytest.mark.parametrize(
    ("name", "form"), [("nquads", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD)]
)
def test_formats_with_graphs_hold_every_quad(snapshot: Snapshot, tmp_path: Path, name: str, form: RdfFormat) -> None:
    export(snapshot, name, tmp_path / "out")
    assert quads(tmp_path / "out", form) == set(snapshot.quads())


def test_turtle_holds_every_triple(snapshot: Snapshot, tmp_path: Path) -> None:
    export(snapshot, "turtle", tmp_path / "out")
    assert {q.triple for q in quads(tmp_path / "out", RdfFormat.TURTLE)} == {q.triple for q in snapshot.quads()}


def test_jsonl_holds_what_extract_prints_and_the_merged_incidents(snapshot: Snapshot, tmp_path: Path) -> None:
    from kgbuild.extraction_json import to_json

    export(snapshot, "jsonl", tmp_path / "out")
    found = {x["document"]["id"]: x for x in map(json.loads, (tmp_path / "out").read_text().splitlines())}
    merged = [report.pop("incident") for x in found.values() for report in x["incidents"]]
    expected = {a.id: to_json(extract(a)) for a in ARTICLES}
    for x in expected.values():
        x["document"]["text"] = None
    assert found == expected
    assert len(merged) == 3
    assert len(set(merged)) == 2


def test_jsonl_can_be_written_where_an_update_took_an_incident_away(tmp_path: Path) -> None:
    build_into(tmp_path / "store", ARTICLES[:1])
    with open_store(tmp_path / "store") as store:
        store.update("DELETE WHERE { GRAPH ?g { ?report <https://w3id.org/cko#describes> ?incident } }")
        store.publish()
    with open_snapshot(tmp_path / "store") as opened:
        export(opened, "jsonl", tmp_path / "out")
    assert json.loads((tmp_path / "out").read_text())["incidents"][0]["incident"] is None


def test_an_unknown_format_lists_the_known(snapshot: Snapshot, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format rdf; choose nquads, trig, turtle, jsonld, jsonl"):
        export(snapshot, "rdf", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
