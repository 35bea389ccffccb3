from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kgbuild.building.provenance import current_run
from kgbuild.errors import QueryError, UsageError
from kgbuild.export.part import part_of
from kgbuild.export.redaction import COVER
from kgbuild.export.selection import Selection, chosen
from kgbuild.merging.records import to_record
from kgbuild.model import Mention
from kgbuild.store import Reader, Snapshot, open_snapshot
from kgbuild.vocab import CKO, OA, RDFS
from tests.export.conftest import exported
from tests.export.stories import ARTICLES, BASE, ENTITIES, INCIDENTS, SIEGE, STRIKE, iri, quads, write_store


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


@contextmanager
def _redacted(folder: Path) -> Iterator[Reader]:
    """A store in which the first article names a family in its text, whose name the context of a quote cuts in two."""
    text = "أفادت عائلة الأحمد بأن قصفاً أصاب الفرن، وقالت عائلة الأحمد إن 14 قتلوا"
    start = text.index("عائلة الأحمد")
    end = start + len("عائلة الأحمد")
    mention = Mention(id="m1", start=start, end=end, text=text[start:end], entity="e7", cls="Family", confidence=0.9)
    own = ARTICLES[0].article
    evidence = ((start + 16, start + 36),)
    told = replace(
        ARTICLES[0],
        article=replace(own, text=text, title="عائلة الأحمد تحت القصف"),
        entities=tuple(replace(e, mentions=("m1",)) if e.id == "e7" else e for e in ENTITIES),
        mentions=(mention,),
        reports=(replace(ARTICLES[0].reports[0], evidence=evidence, trigger=(22, 25), casualties=()),),
    )
    record = to_record(told, current_run(), store_text=False)
    content = quads([told], INCIDENTS[:1])
    content.append(Quad(NamedNode(told.iri), CKO.record, Literal(record), content[0].graph_name))
    write_store(folder / "store", content)
    with open_snapshot(folder / "store") as whole, part_of(whole, Selection(), redact_persons=True) as part:
        yield part


def test_names_of_persons_are_covered_everywhere(tmp_path: Path) -> None:
    with _redacted(tmp_path) as part:
        for name in ("nquads", "jsonl", "csv", "wikibase-json", "graphml"):
            assert "الأحمد" not in exported(part, name).decode(), name
        labels = {q.object.value for q in part.quads(NamedNode(iri("family")), RDFS.label)}  # type: ignore[union-attr]
    assert labels == {"عائلة", "Family"}


def test_covering_keeps_offsets(tmp_path: Path) -> None:
    with _redacted(tmp_path) as part:
        covered = {q.object.value for q in part.quads(None, OA.exact)}  # type: ignore[union-attr]
    assert COVER * 12 in covered


def test_redaction_keeps_what_belongs_to_no_incident(tmp_path: Path) -> None:
    silent = replace(ARTICLES[1], reports=())
    write_store(tmp_path / "store", quads([silent], []))
    with open_snapshot(tmp_path / "store") as whole, part_of(whole, Selection(), redact_persons=True) as part:
        assert silent.iri in {q.subject.value for q in part.quads()}  # type: ignore[union-attr]
        assert set(part.graphs()) == set(whole.graphs())


def test_redaction_leaves_the_rest(tmp_path: Path) -> None:
    with _redacted(tmp_path) as part:
        labels = {q.object.value for q in part.quads(NamedNode(iri("coalition")), RDFS.label)}  # type: ignore[union-attr]
        victims = [q.object.value for q in part.quads(NamedNode(STRIKE), CKO.victim)]  # type: ignore[union-attr]
    assert labels == {"التحالف الدولي", "International coalition"}
    assert victims == [iri("family")]
    assert BASE in victims[0]
