"""A dump as Wikidata's, read in bounded memory."""

from __future__ import annotations

import bz2
import gzip
import json
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad

from kgbuild.cli import run
from kgbuild.ids import entities_graph_iri
from kgbuild.importing import read_dump, settlements
from kgbuild.linking.places import place_key
from kgbuild.linking.user_places import UserPlaces
from kgbuild.store import open_snapshot
from kgbuild.vocab import CKO, OWL, RDF, SKOS, WD
from tests.export.stories import BASE, write_store
from tests.importing.wikidata import lines


def _written(path: Path, count: int, opener: Callable[..., Any] = open) -> Path:
    with opener(path, "wt", encoding="utf-8") as file:
        file.writelines(lines(count))
    return path


def _expected(count: int) -> set[str]:
    """Places of Syria by a plain reading of the whole dump."""
    found = set()
    for entity in json.loads("".join(lines(count))):
        claims = entity["claims"] or {}
        if not {"P31", "P17", "P625"} <= set(claims) or not entity["labels"]:
            continue
        cls, country = (claims[p][0]["mainsnak"]["datavalue"]["value"]["id"] for p in ("P31", "P17"))
        if country == "Q858" and cls in ("Q532", "Q3957", "Q515", "Q486972"):
            found.add(entity["id"])
    return found


@pytest.mark.parametrize(("name", "opener"), [("d.json", open), ("d.json.gz", gzip.open), ("d.json.bz2", bz2.open)])
def test_all_places_of_a_country_are_found(tmp_path: Path, name: str, opener: Callable[..., Any]) -> None:
    dump = _written(tmp_path / name, 250, opener)
    items = read_dump(dump, mentioning=["Q858"], on_error=pytest.fail)
    places = list(settlements(items, {"Q858": "SY"}))
    assert {place.wikidata for place in places} == _expected(250)
    assert len(places) > 15


def test_parts_that_were_compressed_one_by_one_are_read(tmp_path: Path) -> None:
    """As Wikidata's own dumps are."""
    text = "".join(lines(100)).encode()
    parts = [text[start : start + 20_000] for start in range(0, len(text), 20_000)]
    for name, compress in (("d.json.bz2", bz2.compress), ("d.json.gz", gzip.compress)):
        (tmp_path / name).write_bytes(b"".join(map(compress, parts)))
        assert [item.id for item in read_dump(tmp_path / name, ids=["Q1098"], on_error=pytest.fail)] == ["Q1098"]


def test_a_dump_that_breaks_off_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = gzip.compress("".join(lines(200)).encode())
    (tmp_path / "d.json.gz").write_bytes(whole[: len(whole) // 2])
    assert run(["import-dump", str(tmp_path / "d.json.gz"), "--country", "SY"]) == 2
    assert "d.json.gz" in capsys.readouterr().err


def test_the_store_and_the_gazetteer_learn_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGBUILD_GAZETTEER", str(tmp_path / "gazetteer.sqlite"))
    entity = NamedNode(f"{BASE}entity/somebody")
    known = ((RDF.type, CKO.ArmedGroup), (OWL.sameAs, NamedNode(f"{WD}Q1002")))
    write_store(tmp_path / "store", [Quad(entity, *pair, NamedNode(entities_graph_iri(BASE))) for pair in known])
    dump = _written(tmp_path / "dump.json.gz", 200, gzip.open)
    assert run(["import-dump", str(dump), "--store", str(tmp_path / "store"), "--country", "SY"]) == 0
    with open_snapshot(tmp_path / "store") as snapshot:
        names = {q.object.value for q in snapshot.quads(entity, SKOS.altLabel)}  # type: ignore[union-attr]
    assert "كنية 1002" in names
    with closing(UserPlaces(tmp_path / "gazetteer.sqlite")) as places:
        found = [place for qid in _expected(200) for place in places.find(place_key(f"قرية {qid[1:]} ar"))]
    assert {place.wikidata for place in found} <= _expected(200)
    assert len(found) > 10


@pytest.mark.slow
def test_memory_does_not_grow_with_the_dump(tmp_path: Path) -> None:
    peaks = []
    for count in (100, 100, 1_500):
        dump = _written(tmp_path / f"{count}.json.gz", count, gzip.open)
        tracemalloc.start()
        for _ in settlements(read_dump(dump, mentioning=["Q858"], on_error=pytest.fail), {"Q858": "SY"}):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 1.3 * peaks[1] + 200_000
