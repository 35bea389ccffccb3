"""A build killed at any moment leaves a store that opens, and the next build ends as if nothing had happened."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kgbuild.build import Builder
from kgbuild.config import BuildConfig
from kgbuild.errors import InputError, StoreError
from kgbuild.model import Article, Run
from kgbuild.store import open_snapshot, open_store
from tests.telling import article, make_extract, tells

RUN = Run(version="0", pipeline_hash="0")
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.test_crash"])


LONGEST_WAIT = 1.0
"""Seconds; a machine that is busy with other things would take many times as long for a build."""


def edition(number: int) -> list[Article]:
    """Thirty articles; each edition changes some and tells of the same strikes with other figures."""
    chance = random.Random(number)
    return [
        article(
            f"a{n}",
            tells(
                place=chance.choice(["Raqqa", "Mansour", "Tabqa"]),
                day=f"2017-06-{1 + n // 4:02}",
                killed=(chance.choice([3, 14, 17]), None),
                by=chance.choice(["First Brigade", "Second Brigade"]),
            ),
            words=f"edition {number} of {n}" if n % 3 == 0 else None,
        )
        for n in range(30)
    ]


def build(directory: str, number: int) -> None:
    def fail(error: InputError) -> None:
        raise error

    with open_store(directory) as store:
        config = BuildConfig(batch_size=3)
        builder = Builder(store=store, make_extract=make_extract, config=config, run=RUN, on_error=fail)
        builder.build(edition(number))


def published(directory: Path) -> list[str]:
    with open_snapshot(directory) as snapshot:
        return sorted(map(str, snapshot.quads()))


def whole(directory: Path, number: int) -> list[str]:
    build(str(directory), number)
    return published(directory)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    return [whole(tmp_path_factory.mktemp("whole"), number) for number in range(2)]


@pytest.fixture(scope="module")
def seconds(tmp_path_factory: pytest.TempPathFactory) -> float:
    """What a build takes here that nobody kills, so that kills fall on all of its moments."""
    begun = time.monotonic()
    started(build, tmp_path_factory.mktemp("timed"), 0).join()
    return min(time.monotonic() - begun, LONGEST_WAIT)


def started(work: Callable[[str, int], None], directory: Path, number: int) -> BaseProcess:
    process = CONTEXT.Process(target=work, args=(str(directory), number))
    process.start()
    return process


def kills(directory: Path, number: int, seconds: float, chance: random.Random) -> Iterator[int]:
    """Build again and again, killed at any moment, until a build gets through; yields after each kill."""
    while True:
        process = started(build, directory, number)
        time.sleep(chance.uniform(0, seconds))
        process.kill()
        process.join()
        if process.exitcode == 0:
            return
        assert process.exitcode == -signal.SIGKILL
        yield 1


def survive(directory: Path, editions: list[list[str]], seconds: float, wanted: int, chance: random.Random) -> str:
    """Go to and fro between two editions, killed `wanted` times, and look at what readers see after each kill.

    Returns in which states the kills left the store.
    """
    done, number, left = 0, 0, Counter[str]()
    while done < wanted:
        for kill in kills(directory, number, seconds, chance):
            done += kill
            whole = (directory / "store.json").exists()
            if whole:
                assert published(directory) in ([], *editions)
            left["unfinished" if (directory / "unfinished").exists() else "published" if whole else "no store yet"] += 1
            if done >= wanted:
                break
        build(str(directory), number)
        assert published(directory) == editions[number]
        number = 1 - number
    return f"{done} kills left the store: {dict(left)}"


def test_ten_kills_leave_no_trace(tmp_path: Path, editions: list[list[str]], seconds: float) -> None:
    survive(tmp_path / "store", editions, seconds, 10, random.Random(1))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_hundred_kills_leave_no_trace(tmp_path: Path, editions: list[list[str]], seconds: float) -> None:
    print(survive(tmp_path / "store", editions, seconds, 200, random.Random(2)))


def build_on_a_full_disk(directory: str, number: int) -> None:
    """A limit on the size of files fails a write as a full disk does."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    try:
        build(directory, number)
    except StoreError:
        os._exit(2)


def test_a_full_disk_is_told_and_the_next_build_completes(tmp_path: Path, editions: list[list[str]]) -> None:
    process = started(build_on_a_full_disk, tmp_path / "store", 0)
    process.join()
    assert process.exitcode == 2
    assert whole(tmp_path / "store", 0) == editions[0]


def build_without_rights(directory: str, number: int) -> None:
    """As somebody who may read the store but not write to it."""
    os.setgid(65534)
    os.setuid(65534)
    try:
        build(directory, number)
    except StoreError as error:
        os._exit(2 if "cannot be opened for writing" in str(error) else 3)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_a_store_that_must_not_be_written_is_told_and_stays() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        before = whole(Path(folder) / "store", 0)
        process = started(build_without_rights, Path(folder) / "store", 1)
        process.join()
        assert process.exitcode == 2
        assert published(Path(folder) / "store") == before
