"""Real worker processes over a small store."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kgbuild.store import current_number
from server.engine.limits import EngineBusyError, EngineLimits, TaskTimeoutError, WorkerLostError
from server.engine.pool import Answer, Pool
from server.engine.spool import BrokenAnswerError
from server.engine.tasks import Dataset, QueryTask

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 700000 }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 400000"
FORMATS = {"rows": "srj", "boolean": "srj", "graph": "ttl"}


@pytest.fixture
def pool(small_store: Path) -> Iterator[Pool]:
    limits = EngineLimits(timeout=2.5, patience=0.1, queue=1.0, workers=1, slow_workers=2, waiting=1, memory=600 << 20)
    pool = Pool(limits, str(small_store))
    yield pool
    pool.close()


def ask(pool: Pool, store: Path, text: str) -> Answer:
    task = QueryTask(text=text, snapshot=current_number(store), formats=FORMATS, dataset=Dataset(union=True))
    return pool.read(task)


def test_an_answer_comes_with_its_kind_and_snapshot(pool: Pool, small_store: Path) -> None:
    answer = ask(pool, small_store, "ASK { ?s ?p ?o }")
    assert answer.head.kind == "boolean"
    assert answer.head.snapshot == current_number(small_store)
    assert b"".join(answer.pieces) == b'{"head":{},"boolean":true}'


def test_a_query_that_outlives_its_limit_is_ended_and_the_next_one_answered(pool: Pool, small_store: Path) -> None:
    with pytest.raises(TaskTimeoutError):
        ask(pool, small_store, ENDLESS)
    assert ask(pool, small_store, "ASK {}").head.kind == "boolean"


def test_a_slow_query_does_not_keep_a_quick_one_waiting(pool: Pool, small_store: Path) -> None:
    slow = threading.Thread(target=_expect_timeout, args=(pool, small_store))
    slow.start()
    time.sleep(0.5)
    began = time.monotonic()
    ask(pool, small_store, "ASK {}")
    assert time.monotonic() - began < 1.7  # the slow one takes two seconds more
    assert pool.counts()["slow"] == 1
    slow.join()
    assert pool.counts()["slow"] == 0


@pytest.mark.alone
def test_with_all_slow_places_taken_a_further_slow_query_stands_still_until_one_is_free(
    pool: Pool, small_store: Path
) -> None:
    slow = _two_slow_ones(pool, small_store)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(ask, pool, small_store, SLOW)
        _until(lambda: pool.counts()["waiting"] == 1)
        assert ask(pool, small_store, "ASK {}").head.kind == "boolean"
        for answer in slow:
            answer.close()
        assert b"700000" in waiting.result().head.body
    _until(lambda: pool.counts() == {"fast": 1, "slow": 0, "waiting": 0, "idle": 1})


def test_where_one_waits_already_or_for_too_long_a_slow_query_is_turned_away(pool: Pool, small_store: Path) -> None:
    slow = _two_slow_ones(pool, small_store)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(ask, pool, small_store, ENDLESS)
        _until(lambda: pool.counts()["waiting"] == 1)
        with pytest.raises(EngineBusyError):
            ask(pool, small_store, ENDLESS)
        with pytest.raises(EngineBusyError):
            waiting.result()
    for answer in slow:
        answer.close()


def test_a_query_that_breaks_its_worker_leaves_the_pool_working(pool: Pool, small_store: Path) -> None:
    with pytest.raises(WorkerLostError):
        ask(pool, small_store, "SELECT * " + "{" * 100_000 + "}" * 100_000)
    assert ask(pool, small_store, "ASK {}").head.kind == "boolean"


def test_a_long_answer_streams_whole_and_frees_its_worker(pool: Pool, small_store: Path) -> None:
    answer = ask(pool, small_store, LARGE.replace("400000", "3000"))
    assert not answer.head.complete
    body = b"".join(answer.pieces)
    assert body.startswith(b'{"head"')
    assert body.endswith(b"]}}")
    assert ask(pool, small_store, "ASK {}").head.kind == "boolean"


def test_a_long_answer_that_outlives_its_limit_breaks_off_visibly(pool: Pool, small_store: Path) -> None:
    answer = ask(pool, small_store, LARGE.replace("400000", "100000000"))
    with pytest.raises(BrokenAnswerError):
        for _ in answer.pieces:
            pass


def test_when_the_client_goes_the_worker_is_freed(pool: Pool, small_store: Path) -> None:
    answer = ask(pool, small_store, LARGE.replace("400000", "100000000"))
    next(iter(answer.pieces))
    answer.close()
    assert ask(pool, small_store, "ASK {}").head.kind == "boolean"


def test_an_answer_that_nobody_begins_to_read_is_given_up(pool: Pool, small_store: Path) -> None:
    answer = ask(pool, small_store, LARGE.replace("400000", "100000000"))
    answer.close()
    _until(lambda: sum(pool.counts().values()) == 0)
    assert list(answer.pieces) == []


def test_no_process_outlives_the_pool(small_store: Path) -> None:
    pool = Pool(EngineLimits(workers=1), str(small_store))
    ask(pool, small_store, "ASK {}")
    pids = [worker.pid for worker in pool._lanes._idle]
    pool.close()
    deadline = time.monotonic() + 3
    while any(_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in pids)


def _two_slow_ones(pool: Pool, store: Path) -> list[Answer]:
    """Answers on their way that take all places of the slow lane."""
    slow = []
    for number in (1, 2):
        slow.append(ask(pool, store, LARGE.replace("400000", "100000000")))
        _until(lambda number=number: pool.counts()["slow"] == number)  # type: ignore[misc]
    return slow


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _expect_timeout(pool: Pool, store: Path) -> None:
    with pytest.raises((TaskTimeoutError, EngineBusyError)):
        ask(pool, store, ENDLESS)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    return state != "Z"
