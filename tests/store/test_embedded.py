from __future__ import annotations

import json
import multiprocessing
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kgbuild.errors import StoreBusyError, StoreError
from kgbuild.store import Change, EmbeddedStore, open_snapshot, open_store
from kgbuild.store.changes import update_text

G, H = "http://example.org/g", "http://example.org/h"
ONE, TWO = '<http://example.org/s> <http://example.org/p> "1" .', '<http://example.org/s> <http://example.org/p> "2" .'


def content(store: EmbeddedStore) -> set[str]:
    return {f"{q.object.value} {q.graph_name.value[-1]}" for q in store.quads()}  # type: ignore[union-attr]


def test_a_new_store_publishes_its_empty_state(tmp_path: Path) -> None:
    open_store(tmp_path / "new").close()
    with open_snapshot(tmp_path / "new") as snapshot:
        assert list(snapshot.quads()) == []


def test_replacing_a_graph_leaves_others(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.apply(Change(insert={G: f"{ONE}\n{TWO}", H: ONE}))
        store.apply(Change(replace={G: TWO}))
        assert content(store) == {"2 g", "1 h"}


def test_replacing_by_nothing_removes_the_graph(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.apply(Change(insert={G: ONE}))
        store.apply(Change(replace={G: ""}))
        assert list(store.graphs()) == []


def test_deletion_comes_before_insertion(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.apply(Change(insert={G: ONE}))
        store.apply(Change(delete={G: ONE}, insert={G: f"{ONE}\n{TWO}"}))
        assert content(store) == {"1 g", "2 g"}


def test_a_change_that_fails_changes_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.apply(Change(insert={G: ONE}))
        with pytest.raises(StoreError, match="nothing was changed"):
            store.apply(Change(replace={G: ""}, insert={H: "no triple"}))
        assert content(store) == {"1 g"}


def test_an_empty_change_does_not_begin_work(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.apply(Change(delete={G: ""}, insert={G: ""}))
        assert not store.unfinished


def test_unfinished_work_is_known_after_reopening(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.apply(Change(insert={G: ONE}))
    with open_store(tmp_path) as store:
        assert store.unfinished
        store.publish()
    with open_store(tmp_path) as store:
        assert not store.unfinished


def _hold(directory: str, ready: multiprocessing.synchronize.Event, done: multiprocessing.synchronize.Event) -> None:
    with open_store(directory):
        ready.set()
        done.wait(30)


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(tmp_path), ready, done))
    holder.start()
    try:
        assert ready.wait(30)
        with pytest.raises(StoreBusyError, match=f"process {holder.pid} is writing .* wait until it is done"):
            open_store(tmp_path)
    finally:
        done.set()
        holder.join()
    open_store(tmp_path).close()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("mine")
    with pytest.raises(StoreError, match=r"not empty \(it holds thesis\.odt\)"):
        open_store(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.odt"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="file"):
        open_store(tmp_path / "file")


def test_a_missing_store_is_not_made_where_not_asked(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here; make one with: kgbuild build"):
        open_store(tmp_path / "none", create=False)


def test_a_store_of_another_layout_names_the_version_that_reads_it(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    manifest = json.loads((tmp_path / "store.json").read_text())
    (tmp_path / "store.json").write_text(json.dumps(manifest | {"layout": 99, "software": "kgbuild 9.9"}))
    for opening in (open_store, open_snapshot):
        with pytest.raises(StoreError, match=r"made by kgbuild 9\.9 with store layout 99.*use that version"):
            opening(tmp_path)


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    (tmp_path / "store.json").write_text("{")
    with pytest.raises(StoreError, match=r"store\.json: damaged"):
        open_store(tmp_path)


def test_a_damaged_database_is_named_and_a_lost_one_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    (tmp_path / "data" / "CURRENT").write_text("nothing")
    with pytest.raises(StoreError, match=r"data: the database cannot be opened .*; restore it from a copy, or build a"):
        open_store(tmp_path)
    shutil.rmtree(tmp_path / "data")
    with pytest.raises(StoreError, match=r"data: the database cannot be opened \(it is not there\)"):
        open_store(tmp_path)


def test_making_a_store_can_be_cut_short(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    (tmp_path / "store.json").unlink()
    with open_store(tmp_path) as store:
        store.apply(Change(insert={G: ONE}))
        assert content(store) == {"1 g"}


def test_the_base_stays(tmp_path: Path) -> None:
    open_store(tmp_path, base="http://example.org/id/").close()
    with open_store(tmp_path) as store:
        assert store.base == "http://example.org/id/"
    with pytest.raises(StoreError, match=r"begin with http://example\.org/id/"):
        open_store(tmp_path, base="http://example.org/other/")


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.quads(NamedNode(G))


def test_an_update_is_in_the_order_of_the_change() -> None:
    text = update_text(Change(replace={G: ONE, H: ""}, delete={G: TWO}, insert={H: TWO}))
    words = [line.split(" {")[0] for line in text.splitlines() if line[:4] in ("DROP", "INSE", "DELE")]
    drops = [f"DROP SILENT GRAPH <{graph}> ;" for graph in (G, H)]
    assert words == [*drops, "INSERT DATA", "DELETE DATA", "INSERT DATA"]
