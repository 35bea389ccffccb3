from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kgbuild import __version__
from kgbuild.errors import StoreError
from kgbuild.store import Change, current_number, open_snapshot, open_store, read_build

G = "http://example.org/g"


def triple(number: int) -> str:
    return f'<http://example.org/s> <http://example.org/p> "{number}" .'


def write(directory: Path, number: int, *, grace: float = 0) -> None:
    with open_store(directory) as store:
        store.apply(Change(replace={G: triple(number)}))
        store.publish(grace=grace)


def read(directory: Path) -> list[str]:
    with open_snapshot(directory) as snapshot:
        return [quad.object.value for quad in snapshot.quads()]  # type: ignore[union-attr]


def kept(directory: Path) -> list[str]:
    return sorted(path.name for path in (directory / "snapshots").iterdir())


def test_readers_see_what_was_published_last(tmp_path: Path) -> None:
    write(tmp_path, 1)
    write(tmp_path, 2)
    assert read(tmp_path) == ["2"]


def test_a_state_tells_when_it_was_made_and_by_what(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    assert read_build(tmp_path) is None
    before = datetime.now(UTC).replace(microsecond=0)
    write(tmp_path, 1)
    build = read_build(tmp_path)
    assert build is not None
    assert before <= build.started <= build.ended <= datetime.now(UTC)
    assert build.software == f"kgbuild {__version__}"


def test_readers_do_not_see_what_is_being_written(tmp_path: Path) -> None:
    write(tmp_path, 1)
    with open_store(tmp_path) as store:
        store.apply(Change(replace={G: triple(2)}))
        assert read(tmp_path) == ["1"]


def test_an_open_snapshot_stays_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, 1)
    with open_snapshot(tmp_path) as snapshot:
        for number in range(2, 5):
            write(tmp_path, number)
        assert [q.object.value for q in snapshot.quads()] == ["1"]  # type: ignore[union-attr]
        assert str(snapshot.number) in kept(tmp_path)


def test_what_nobody_reads_goes_with_the_next_publishing(tmp_path: Path) -> None:
    for number in range(1, 4):
        write(tmp_path, number)
    assert kept(tmp_path) == [str(current_number(tmp_path))]


def test_what_was_replaced_just_now_stays_for_readers_about_to_open_it(tmp_path: Path) -> None:
    write(tmp_path, 1)
    before = current_number(tmp_path)
    write(tmp_path, 2, grace=600)
    assert str(before) in kept(tmp_path)
    os.utime(tmp_path / "snapshots" / str(before), (0, 0))
    write(tmp_path, 3, grace=600)
    assert str(before) not in kept(tmp_path)


def test_the_number_grows(tmp_path: Path) -> None:
    write(tmp_path, 1)
    before = current_number(tmp_path)
    write(tmp_path, 2)
    assert current_number(tmp_path) == before + 1


def test_a_publishing_cut_short_leaves_the_former_state_and_is_cleared_away(tmp_path: Path) -> None:
    write(tmp_path, 1)
    number = current_number(tmp_path)
    (tmp_path / "snapshots" / f"{number + 1}.tmp" / "data").mkdir(parents=True)
    shutil.copytree(tmp_path / "snapshots" / str(number), tmp_path / "snapshots" / str(number + 1))
    assert read(tmp_path) == ["1"]
    write(tmp_path, 2)
    assert read(tmp_path) == ["2"]
    assert not list((tmp_path / "snapshots").glob("*.tmp"))


def test_a_store_that_published_nothing_says_how_to_go_on(tmp_path: Path) -> None:
    write(tmp_path, 1)
    (tmp_path / "current").unlink()
    with pytest.raises(StoreError, match="nothing is published; run again: kgbuild build"):
        open_snapshot(tmp_path)


def test_a_missing_snapshot_says_how_to_go_on(tmp_path: Path) -> None:
    write(tmp_path, 1)
    shutil.rmtree(tmp_path / "snapshots")
    with pytest.raises(StoreError, match="the published state is damaged; run again"):
        open_snapshot(tmp_path)


def test_a_damaged_database_says_how_to_go_on(tmp_path: Path) -> None:
    write(tmp_path, 1)
    (tmp_path / "current" / "data" / "CURRENT").write_text("nothing")
    with pytest.raises(StoreError, match=r"data: the database cannot be opened .*; restore it from a copy, or build a"):
        open_snapshot(tmp_path)


def test_a_snapshot_cannot_be_changed(tmp_path: Path) -> None:
    write(tmp_path, 1)
    with open_snapshot(tmp_path) as snapshot, pytest.raises(RuntimeError, match="read-write"):
        snapshot.database.remove_graph(NamedNode(G))
