"""A copy of the graph in memory is made where it has room."""

from __future__ import annotations

from pathlib import Path

from kgbuild.store import open_snapshot
from kgbuild.vocab import CKO
from server.engine.folder import STATEMENT_SIZE, load_replica


def test_a_replica_holds_what_the_snapshot_holds(small_store: Path) -> None:
    with open_snapshot(small_store) as snapshot:
        quads = set(snapshot.quads())
        replica = load_replica(str(small_store), len(quads) * STATEMENT_SIZE)
        assert replica is not None
        assert (replica.number, set(replica.database)) == (snapshot.number, quads)
        days = {str(quad.object) for quad in quads if quad.predicate == CKO.startDate}
        assert set(replica.dates.dates[CKO.startDate.value].between(None, None).terms) == days
        assert days


def test_without_room_there_is_none(small_store: Path) -> None:
    assert load_replica(str(small_store), STATEMENT_SIZE) is None
