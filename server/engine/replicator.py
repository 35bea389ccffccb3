"""Keeps a replica of the newest snapshot in memory, where there is room for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kgbuild.errors import StoreError
from kgbuild.store import current_number
from server.engine.limits import EngineLimits
from server.engine.pool import Pool
from server.engine.processes import Nursery, NurseryLostError, WorkerProcess
from server.engine.tasks import QueryTask

LOOK_SECONDS = 1.0
SETTLE_SECONDS = 15.0
"""How long a snapshot must have been the newest: while a build publishes again and again, the disk answers."""

EVERYTHING = "SELECT (COUNT(?o) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"

_log = logging.getLogger(__name__)


class Replicator:
    """A thread that makes a replica when a new snapshot has settled. Until it is there, workers read from disk."""

    def __init__(self, pool: Pool, limits: EngineLimits, store: str, then: Callable[[], None]) -> None:
        """`then` is called after each snapshot that has settled, be there room for a replica or not."""
        self._pool, self._limits, self._store, self._then = pool, limits, store, then
        self._stop = threading.Event()
        self._tried = 0
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        seen, since = 0, 0.0
        while not self._stop.is_set():
            number = self._newest()
            if number != seen:
                since = time.monotonic() - (SETTLE_SECONDS if seen == 0 else 0)  # the first one need not settle
                seen = number
            if number and number != self._tried and time.monotonic() - since >= SETTLE_SECONDS:
                self._tried = number
                if self._limits.replica_memory:
                    self._replicate()
                self._then()
            self._stop.wait(LOOK_SECONDS)

    def _newest(self) -> int:
        try:
            return current_number(self._store)
        except StoreError:
            return 0

    def _replicate(self) -> None:
        try:
            nursery = Nursery(self._limits, self._store, replica=self._room())
        except (NurseryLostError, OSError, StoreError) as error:
            _log.warning("no replica in memory, the disk answers: %r", error)
            return
        if self._stop.is_set() or not nursery.snapshot:
            nursery.close()
            self._pool.adopt(None)
        else:
            self._pool.adopt(nursery, [self._warm(nursery) for _ in range(self._limits.workers)])

    def _warm(self, nursery: Nursery) -> WorkerProcess:
        """A worker that has read everything once: reading counts references, which copies shared pages of memory."""
        worker = nursery.new_worker()
        worker.channel.send(QueryTask(text=EVERYTHING, snapshot=nursery.snapshot, formats={"rows": "csv"}))
        worker.channel.receive(self._limits.timeout)
        return worker

    def _room(self) -> int:
        """Bytes for one copy: each worker may come to copy all pages of the replica, for reading counts references.

        Of what is available half is given away, so that those that wait for a place have room for theirs.
        """
        copies = self._limits.workers + self._limits.slow_workers + 1
        return min(self._limits.replica_memory, _available() // 2) // copies


def _available() -> int:
    """Bytes of memory that can be had without swapping; plenty where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 1 << 40
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable")), 1 << 40)
