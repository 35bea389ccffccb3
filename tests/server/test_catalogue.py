"""A catalogue is read by connections that threads share, and leaves none open when a newer one has taken its place."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kgbuild.config import ServerConfig
from server.catalogue.catalogue import Catalogue, Tables


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "1.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE fact (n)")
        connection.executemany("INSERT INTO fact VALUES (?)", [(n,) for n in range(1000)])
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*arguments: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*arguments, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    return opened


def test_a_catalogue_that_nobody_reads_any_more_closes_its_connections_and_takes_its_file_away(
    path: Path, opened: list[sqlite3.Connection]
) -> None:
    tables = Tables(path, 1)
    assert tables.number("SELECT COUNT(*) FROM fact") == 1000
    del tables
    assert not path.exists()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].execute("SELECT 1")


def test_threads_that_read_one_after_the_other_share_a_connection(path: Path, opened: list[sqlite3.Connection]) -> None:
    tables = Tables(path, 1)
    for _ in range(5):
        thread = threading.Thread(target=tables.number, args=("SELECT COUNT(*) FROM fact",))
        thread.start()
        thread.join()
    assert len(opened) == 1


def test_threads_that_read_at_once_get_the_right_answers(path: Path) -> None:
    tables, found = Tables(path, 1), list[bool]()

    def read(number: int) -> None:
        for n in range(number, 1000, 8):
            found.append(tables.number("SELECT SUM(n) FROM fact WHERE n <= ?", (n,)) == n * (n + 1) // 2)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1000
    assert all(found)


def test_a_catalogue_that_is_closed_while_it_is_made_says_nothing(
    small_store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    asked = threading.Event()

    def close_and_ask(tables: Tables) -> None:
        catalogue.close()
        asked.set()
        tables.number("SELECT COUNT(*) FROM fact")

    catalogue = Catalogue(ServerConfig(store=str(small_store)), close_and_ask)
    catalogue.start()
    assert asked.wait(60)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and "_make_quietly" in thread.name:
            thread.join(10)
    assert caplog.records == []
    assert catalogue.snapshot == 0
