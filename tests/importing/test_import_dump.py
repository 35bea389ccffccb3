from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgbuild.cli import run
from kgbuild.errors import InputError
from kgbuild.export import export
from kgbuild.importing import enrich, known_items, read_dump, settlements
from kgbuild.importing.enriching import wikidata_graph
from kgbuild.linking.places import place_key
from kgbuild.linking.user_places import UserPlaces
from kgbuild.store import Change, open_snapshot, open_store
from tests.export.stories import BASE, iri, quads, write_store

Json = dict[str, Any]


def _snak(value: object, kind: str = "value") -> Json:
    return {"snaktype": kind, **({"datavalue": {"value": value}} if kind == "value" else {})}


def _entity(qid: str, *, rank: str = "normal", **claims: object) -> Json:
    """An entity as in Wikidata's dump, with one statement for each of `claims`."""
    return {
        "type": "item",
        "id": qid,
        "labels": {tag: {"language": tag, "value": f"{qid} {tag}"} for tag in ("ar", "en", "fr")},
        "aliases": {"ar": [{"language": "ar", "value": f"كنية {qid}"}]},
        "claims": {pid: [{"rank": rank, "mainsnak": _snak(value)}] for pid, value in claims.items()},
    }


COALITION = _entity("Q7001", P31={"id": "Q1127126"})
VILLAGE = _entity(
    "Q55", P31={"id": "Q532"}, P17={"id": "Q858"}, P625={"longitude": 38.5, "latitude": 36.5}, P1082={"amount": "+900"},
    P1566="77",
)  # fmt: skip
SETTLEMENT = _entity(
    "Q56", P31={"id": "Q486972"}, P17={"id": "Q858"}, P625={"longitude": 38.0, "latitude": 36.0},
    P1082={"amount": "+25000"},
)  # fmt: skip
MOSQUE = _entity("Q57", P31={"id": "Q32815"}, P17={"id": "Q858"}, P625={"longitude": 38.0, "latitude": 36.0})
ABROAD = _entity("Q58", P31={"id": "Q532"}, P17={"id": "Q796"}, P625={"longitude": 44.0, "latitude": 33.0})


def _dump(folder: Path, *entities: Json, name: str = "dump.json", opener: Callable[..., Any] = open) -> Path:
    lines = ",\n".join(json.dumps(entity, ensure_ascii=False) for entity in entities)
    with opener(folder / name, "wt", encoding="utf-8") as file:
        file.write(f"[\n{lines}\n]\n")
    return folder / name


@pytest.fixture
def store(tmp_path: Path) -> Path:
    write_store(tmp_path / "store", quads())
    return tmp_path / "store"


def _imported(store: Path) -> set[str]:
    with open_snapshot(store) as snapshot:
        found = snapshot.query(f"SELECT ?s ?p ?o {{ GRAPH <{wikidata_graph(BASE)}> {{ ?s ?p ?o }} }}")
        return {" ".join(map(str, row)) for row in found}  # type: ignore[call-overload]


@pytest.mark.parametrize(("name", "opener"), [("d.json", open), ("d.json.gz", gzip.open), ("d.json.bz2", bz2.open)])
def test_wanted_items_are_read(tmp_path: Path, name: str, opener: Callable[..., Any]) -> None:
    path = _dump(tmp_path, COALITION, VILLAGE, MOSQUE, name=name, opener=opener)
    (item,) = read_dump(path, ids=["Q55"], on_error=pytest.fail)
    assert (item.id, item.point, item.classes, item.geonames, item.population) == (
        "Q55", (38.5, 36.5), ("Q532",), 77, 900,
    )  # fmt: skip


def test_values_of_lower_rank_do_not_count(tmp_path: Path) -> None:
    path = _dump(tmp_path, _entity("Q55", rank="deprecated", P31={"id": "Q532"}))
    (item,) = read_dump(path, ids=["Q55"], on_error=pytest.fail)
    assert item.classes == ()


def test_a_broken_line_is_told_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text('[\n{"id":"Q1","type":"item"\n' + json.dumps(COALITION) + "\n]")
    errors: list[InputError] = []
    items = list(read_dump(path, ids=["Q1", "Q7001"], on_error=errors.append))
    assert [item.id for item in items] == ["Q7001"]
    assert (errors[0].line, "dump.json, line 2" in str(errors[0])) == (2, True)


def test_names_and_classes_of_known_entities_are_added(store: Path, tmp_path: Path) -> None:
    assert run(["import-dump", str(_dump(tmp_path, COALITION, MOSQUE)), "--store", str(store)]) == 0
    node, alias = f"<{iri('coalition')}>", "<http://www.w3.org/2004/02/skos/core#altLabel>"
    assert _imported(store) == {
        f'{node} {alias} "Q7001 ar"@ar',
        f'{node} {alias} "Q7001 en"@en',
        f'{node} {alias} "كنية Q7001"@ar',
        f"{node} <http://www.wikidata.org/prop/direct/P31> <http://www.wikidata.org/entity/Q1127126>",
    }


def test_importing_again_changes_nothing(store: Path, tmp_path: Path) -> None:
    dump = _dump(tmp_path, COALITION)
    with open_store(store) as opened:
        first = enrich(opened, read_dump(dump, ids=["Q7001"], on_error=pytest.fail), known_items(opened))
        again = enrich(opened, read_dump(dump, ids=["Q7001"], on_error=pytest.fail), known_items(opened))
    assert (first.items, first.statements, again.statements) == (1, 4, 0)


def test_a_place_without_coordinates_gets_them(tmp_path: Path) -> None:
    node = f"<{iri('town')}>"
    content = (
        f"{node} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/cko#Town> .\n"
        f"{node} <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q55> ."
    )
    with open_store(tmp_path / "store") as opened:
        opened.apply(Change(insert={f"{BASE}graph/entities": content}))
        dump = _dump(tmp_path, VILLAGE)
        enrich(opened, read_dump(dump, ids=["Q55"], on_error=pytest.fail), known_items(opened))
        opened.publish()
    text = "\n".join(_imported(tmp_path / "store"))
    assert '"POINT(38.5 36.5)"' in text
    assert '#placePrecision> "town"' in text
    assert 'label> "Q55 ar"@ar' in text


def test_what_was_imported_of_gone_entities_goes(store: Path, tmp_path: Path) -> None:
    dump = _dump(tmp_path, COALITION)
    with open_store(store) as opened:
        enrich(opened, read_dump(dump, ids=["Q7001"], on_error=pytest.fail), known_items(opened))
        opened.apply(Change(replace={graph: "" for graph in list(opened.graphs()) if graph != wikidata_graph(BASE)}))
        enrich(opened, [], {})
        assert list(opened.quads()) == []


def test_a_dump_of_ours_adds_nothing_and_dumps_the_same(store: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    with open_snapshot(store) as snapshot:
        export(snapshot, "wikibase-json", first)
    assert run(["import-dump", str(first), "--store", str(store)]) == 0
    with open_snapshot(store) as snapshot:
        export(snapshot, "wikibase-json", second)
    assert first.read_bytes() == second.read_bytes()


def test_settlements_of_a_country_become_places(tmp_path: Path) -> None:
    dump = _dump(tmp_path, VILLAGE, SETTLEMENT, MOSQUE, ABROAD)
    found = {p.key: p for p in settlements(read_dump(dump, mentioning=["Q858"], on_error=pytest.fail), {"Q858": "SY"})}
    assert set(found) == {"geonames-77", "wikidata-q56"}
    village = found["geonames-77"]
    assert (village.cls, village.country, village.within, village.rank) == ("Village", "SY", "country-sy", 900)
    assert village.names == ("Q55 ar", "كنية Q55")
    assert found["wikidata-q56"].cls == "City"


def test_the_command_enlarges_the_gazetteer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGBUILD_GAZETTEER", str(tmp_path / "gazetteer.sqlite"))
    assert run(["import-dump", str(_dump(tmp_path, VILLAGE, ABROAD)), "--country", "sy"]) == 0
    places = UserPlaces(tmp_path / "gazetteer.sqlite")
    assert [place.wikidata for place in places.find(place_key("كنية Q55"))] == ["Q55"]
    assert places.find(place_key("كنية Q58")) == ()
    places.close()


@pytest.mark.parametrize("options", [[], ["--country", "XX"]])
def test_wrong_usage(tmp_path: Path, options: list[str]) -> None:
    assert run(["import-dump", str(_dump(tmp_path, VILLAGE)), *options]) == 2
