from __future__ import annotations

import threading
from pathlib import Path

import pytest

from server.engine.limits import EngineBusyError, EngineLimits
from server.engine.pool import Pool
from server.engine.replicator import Replicator
from server.engine.tasks import QueryTask

TASK = QueryTask(text="ASK {}", snapshot=1, formats={"boolean": "srj"})


@pytest.mark.parametrize("memory", [0, 1 << 30])
def test_when_a_snapshot_has_settled_it_is_told_and_in_memory_where_there_is_room(
    small_store: Path, memory: int
) -> None:
    limits = EngineLimits(workers=1, replica_memory=memory)
    pool, settled = Pool(limits, str(small_store)), threading.Event()
    replicator = Replicator(pool, limits, str(small_store), settled.set)
    replicator.start()
    assert settled.wait(20)
    assert pool.counts()["idle"] == (1 if memory else 0)  # a worker that has the replica is ready
    assert pool.read(TASK).head.kind == "boolean"
    replicator.stop()
    pool.close()


def test_a_pool_that_was_closed_makes_no_processes(small_store: Path) -> None:
    pool = Pool(EngineLimits(workers=1), str(small_store))
    pool.close()
    with pytest.raises(EngineBusyError):
        pool.read(TASK)
