from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kgbuild.errors import QueryError, UsageError
from kgbuild.export.part import part_of
from kgbuild.export.selection import Selection, chosen
from kgbuild.store import Snapshot
from kgbuild.vocab import CKO
from tests.export.conftest import exported
from tests.export.stories import ARTICLES, SIEGE, STRIKE, iri


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), {STRIKE, SIEGE}),
        (Selection(first=date(2017, 6, 9)), {SIEGE}),
        (Selection(last=date(2017, 6, 7)), {SIEGE}),
        (Selection(first=date(2017, 6, 8), last=date(2017, 6, 8)), {STRIKE, SIEGE}),
        (Selection(first=date(2018, 1, 1)), set()),
        (Selection(places=("Al-Ain",)), {STRIKE}),
        (Selection(places=("Q858",)), {STRIKE, SIEGE}),
        (Selection(places=(iri("ain"), iri("brigade"))), {STRIKE}),
        (Selection(actors=("التحالف الدولي",)), {STRIKE}),
        (Selection(actors=(iri("observatory"),)), set()),
        (Selection(types=("Siege",)), {SIEGE}),
        (Selection(types=("Bombardment",)), {STRIKE}),
        (Selection(statuses=("Contested", "Corroborated")), {STRIKE}),
        (Selection(query="SELECT ?i { ?i cko:killedBest ?n FILTER(?n > 3) }"), {STRIKE}),
        (Selection(query="SELECT ?i { ?i cko:reportCount [] }", statuses=("SingleSource",)), {SIEGE}),
        (Selection(query="SELECT ?report { ?report a cko:Report }"), set()),
    ],
)
def test_incidents_that_meet_all_conditions(snapshot: Snapshot, selection: Selection, expected: set[str]) -> None:
    assert set(chosen(snapshot, selection)) == expected


@pytest.mark.parametrize(
    ("selection", "error", "message"),
    [
        (Selection(types=("Airstrike",)), UsageError, "no type Airstrike; choose AirStrike"),
        (Selection(statuses=("Sure",)), UsageError, "no status Sure"),
        (Selection(places=("Nowhere",)), UsageError, "knows no Nowhere"),
        (Selection(query="ASK {}"), UsageError, "SELECT"),
        (Selection(query="SELECT ?i {"), QueryError, "line 1"),
    ],
)
def test_a_condition_that_cannot_be_met(
    snapshot: Snapshot, selection: Selection, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        list(chosen(snapshot, selection))


def test_without_a_condition_it_is_the_store_itself(snapshot: Snapshot) -> None:
    with part_of(snapshot, Selection()) as part:
        assert part is snapshot


def test_a_part_has_its_incidents_articles_and_entities_alone(snapshot: Snapshot) -> None:
    with part_of(snapshot, Selection(types=("Siege",))) as part:
        text = "".join(map(str, part.quads()))
        assert (SIEGE in text, STRIKE in text) == (True, False)
        assert [q.subject.value for q in part.quads(None, CKO.describes)] == [ARTICLES[3].reports[0].iri]  # type: ignore[union-attr]
        rows = exported(part, "csv").decode().splitlines()
    assert len(rows) == 2


def test_items_of_a_part_bear_the_numbers_of_the_whole(snapshot: Snapshot, entities: dict[str, dict[str, str]]) -> None:
    with part_of(snapshot, Selection(types=("Siege",))) as part:
        dump = json.loads(exported(part, "wikibase-json"))
    labels = {entity["id"]: entity["labels"].get("en", {}).get("value") for entity in dump}
    assert labels[entities[SIEGE]["id"]] == "Siege in Syria, 1 May 2017 – 30 June 2017"
    assert entities[STRIKE]["id"] not in labels


def test_the_temporary_store_goes(snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with part_of(snapshot, Selection(types=("Siege",))):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []
