"""Hands tasks to workers, and ends the workers that outlive their limits."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.engine.lanes import Lanes
from server.engine.limits import EngineBusyError, EngineLimits, TaskTimeoutError, WorkerLostError
from server.engine.processes import FAST, Nursery, NurseryLostError, WorkerProcess
from server.engine.spool import Spool
from server.engine.tasks import Reply, Task


@dataclass(slots=True)
class Answer:
    """A reply and all its pieces. `close` must be called if `pieces` is not read to its end.

    `limit` is the number of rows at which the server, and not the query, cut the answer; 0 where it did not limit it.
    `volatile` is whether the same query may be answered otherwise over the same snapshot.
    """

    head: Reply
    pieces: Iterator[bytes]
    limit: int = 0
    volatile: bool = False

    def notes(self) -> list[tuple[str, str]]:
        """What its header says of it: whoever gets just so many rows knows that there may be more."""
        return [("X-Row-Limit", str(self.limit))] if self.limit and self.head.kind != "boolean" else []

    def close(self) -> None:
        close = getattr(self.pieces, "close", None)
        if close:
            close()


class Pool:
    """Two lanes of workers that read (see Lanes) and one worker that writes. Thread-safe."""

    def __init__(self, limits: EngineLimits, store: str) -> None:
        self._limits, self._store = limits, store
        self._lanes = Lanes(limits)
        self._starting = threading.Lock()
        self._disk: Nursery | None = None
        self._replica: Nursery | None = None
        self._writer: WorkerProcess | None = None
        self._writing = threading.Lock()
        self._closed = False

    def read(self, task: Task) -> Answer:
        """Answer a task that reads; raises EngineBusyError, TaskTimeoutError or WorkerLostError."""
        worker = self._take()
        deadline = time.monotonic() + self._limits.timeout
        try:
            reply = self._reply(worker, task, deadline)
        except BaseException:
            self._discard(worker)
            raise
        if reply.complete:
            self._give_back(worker)
            return Answer(reply, iter((reply.body,)))
        spool = Spool(reply.body)
        threading.Thread(target=self._pump, args=(worker, spool, deadline), daemon=True).start()
        return Answer(reply, spool)

    def write(self, task: Task) -> Reply:
        """Apply a task that writes; one at a time."""
        if not self._writing.acquire(timeout=self._limits.queue):
            raise EngineBusyError
        try:
            self._writer = self._writer or self._on_disk().new_worker(writes=True)
            try:
                self._writer.channel.send(task)
                return _receive(self._writer, time.monotonic() + self._limits.timeout)
            except BaseException:
                self._writer.end()
                self._writer = None
                raise
        finally:
            self._writing.release()

    def adopt(self, replica: Nursery | None, warm: Sequence[WorkerProcess] = ()) -> None:
        """Let a replica's nursery make the readers from now on (None: the one on disk); those of another one end.

        `warm` are workers of that nursery which are ready to serve.
        """
        with self._lanes.lock:
            before, self._replica = self._replica, replica
            idle = self._lanes.replace_idle(list(warm))
        for worker in idle:
            worker.end()
        if before:
            before.retire()

    def close(self) -> None:
        """End every worker."""
        self._closed = True
        self.adopt(None)
        if self._writer:
            self._writer.end()
        if self._disk:
            self._disk.close()

    def counts(self) -> dict[str, int]:
        """As `Lanes.counts`."""
        return self._lanes.counts()

    # ---- a task's way

    def _reply(self, worker: WorkerProcess, task: Task, deadline: float) -> Reply:
        try:
            worker.channel.send(task)
            try:
                reply: Reply = worker.channel.receive(self._limits.patience)
            except TimeoutError:
                self._lanes.to_slow(worker, deadline)
            else:
                return reply
        except (OSError, EOFError) as error:
            raise WorkerLostError from error
        return _receive(worker, deadline)

    def _pump(self, worker: WorkerProcess, spool: Spool, deadline: float) -> None:
        """Move a long answer from its worker to the spool, so that the worker is free as soon as it has written it."""
        whole = False
        try:
            began = time.monotonic()
            while not spool.abandoned and spool.size < self._limits.result_size:
                piece = worker.channel.receive_bytes(deadline - time.monotonic())
                if not piece:
                    whole = True
                    break
                spool.add(piece)
                if worker.lane == FAST and time.monotonic() - began > self._limits.patience:
                    self._lanes.to_slow(worker, deadline)
        except (OSError, EOFError, EngineBusyError, TaskTimeoutError):
            whole = False
        finally:
            spool.finish(whole=whole)
            if whole:
                self._give_back(worker)
            else:
                self._discard(worker)

    # ---- workers

    def _take(self) -> WorkerProcess:
        if idle := self._lanes.enter():
            return idle
        try:
            return self._new_worker(self._replica)
        except BaseException:
            self._lanes.leave()
            raise

    def _new_worker(self, nursery: Nursery | None) -> WorkerProcess:
        """From the nursery at hand; one that has died is replaced by another on disk."""
        try:
            return (nursery or self._on_disk()).new_worker()
        except NurseryLostError:
            with self._starting:
                if nursery is None or self._replica is nursery:
                    self._replica = None
                    self._disk = None
            return self._on_disk().new_worker()

    def _on_disk(self) -> Nursery:
        with self._starting:
            if self._closed:
                raise EngineBusyError  # such as for what runs in the background
            if self._disk is None:
                self._disk = Nursery(self._limits, self._store)
            return self._disk

    def _give_back(self, worker: WorkerProcess) -> None:
        """Keep it, unless the readers come from another nursery by now."""
        with self._lanes.lock:
            fresh = worker.nursery in (self._replica, self._disk if self._replica is None else None)
            stays = fresh and not self._closed and self._lanes.give_back(worker)
        if not stays:
            self._discard(worker)

    def _discard(self, worker: WorkerProcess) -> None:
        self._lanes.leave(worker.lane)
        worker.end()


def _receive(worker: WorkerProcess, deadline: float) -> Reply:
    try:
        reply: Reply = worker.channel.receive(deadline - time.monotonic())
    except TimeoutError:
        raise TaskTimeoutError from None
    except (OSError, EOFError) as error:
        raise WorkerLostError from error
    return reply
