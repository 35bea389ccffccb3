from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kgbuild.building.workers import Refused, guarded, mapped
from kgbuild.errors import InputError, KgbuildError
from kgbuild.model import Article
from tests.telling import article
from tests.test_crash import CONTEXT


def make_square() -> Callable[[int], tuple[int, int]]:
    return lambda number: (number * number, os.getpid())


def make_dying() -> Callable[[int], None]:
    return lambda number: os._exit(9) if number == 20 else None


def make_noting(folder: str) -> Callable[[int], None]:
    """Leaves a file named after the worker's process, and takes its time."""

    def work(_: int) -> None:
        Path(folder, str(os.getpid())).touch()
        time.sleep(0.2)

    return work


@pytest.mark.parametrize(("count", "processes", "others"), [(5, 3, 0), (40, 1, 0), (40, 2, 2)])
def test_results_are_in_order_and_few_items_need_no_other_process(count: int, processes: int, others: int) -> None:
    results = list(mapped(make_square, range(count), processes=processes))
    assert [square for square, _ in results] == [n * n for n in range(count)]
    assert len({pid for _, pid in results} - {os.getpid()}) in range(others and 1, others + 1)


def test_items_are_taken_as_they_are_needed() -> None:
    items = iter(range(1000))
    results = mapped(make_square, items, processes=2)
    next(results)
    results.close()
    assert next(items) < 100


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(KgbuildError, match=r"a worker process ended unexpectedly.*fewer --jobs"):
        list(mapped(make_dying, range(40), processes=2))


def run_in_workers(folder: str) -> None:
    list(mapped(partial(make_noting, folder), range(1000), processes=2))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    parent = CONTEXT.Process(target=run_in_workers, args=(str(tmp_path),))
    parent.start()
    deadline = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) == 2
    assert parent.pid is not None
    os.kill(parent.pid, signal.SIGKILL)
    parent.join()
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))


def raise_(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("error", "refused"),
    [
        (InputError("there", "for a reason"), Refused("there", "for a reason")),
        (ValueError("first line\nsecond"), Refused("a.txt", "cannot be read (ValueError: first line)")),
    ],
)
def test_an_article_that_trips_the_work_is_refused(error: Exception, refused: Refused) -> None:
    def work(_: Article) -> None:
        raise_(error)

    assert guarded(work)(article("a")) == refused
