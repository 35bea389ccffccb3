"""Which workers may run: some in the fast lane, more in the slow one, and behind it some that stand still and wait."""

from __future__ import annotations

import threading
import time

from server.engine.limits import EngineBusyError, EngineLimits, TaskTimeoutError
from server.engine.processes import FAST, SLOW, WAITING, WorkerProcess


class Lanes:
    """Counts the workers of each lane, keeps those without work. Thread-safe; `lock` may be held around its calls."""

    def __init__(self, limits: EngineLimits) -> None:
        self._limits = limits
        self.lock = threading.RLock()
        self._quick, self._calm = threading.Condition(self.lock), threading.Condition(self.lock)
        self._places = {FAST: 0, SLOW: 0, WAITING: 0}
        self._idle: list[WorkerProcess] = []

    def enter(self) -> WorkerProcess | None:
        """An idle worker, else None and a place for a new one. EngineBusyError where neither comes in time."""
        with self._quick:
            if not self._quick.wait_for(self._has_room, self._limits.queue):
                raise EngineBusyError
            if self._idle:
                return self._idle.pop()
            self._places[FAST] += 1
            return None

    def leave(self, lane: str = FAST) -> None:
        """A worker of that lane has ended, or could not be made."""
        with self.lock:
            self._places[lane] -= 1
            (self._calm if lane == SLOW else self._quick).notify()

    def to_slow(self, worker: WorkerProcess, deadline: float) -> None:
        """Let another one have this worker's place in the fast lane, and give it one in the slow lane.

        Where that is full, it stands still until a place is free; EngineBusyError where others stand there already, or
        where none becomes free in time.
        """
        with self.lock:
            if self._places[SLOW] >= self._limits.slow_workers:
                self._wait(worker, deadline)
            self._move(worker, SLOW)
            worker.demote()

    def give_back(self, worker: WorkerProcess) -> bool:
        """Keep a worker that is done, if there is a place: one from the slow lane needs one in the fast lane again."""
        with self.lock:
            if worker.lane != FAST:
                if self._places[FAST] >= self._limits.workers or not worker.promote():
                    return False
                self._move(worker, FAST)
            self._idle.append(worker)
            self._quick.notify()
            return True

    def replace_idle(self, workers: list[WorkerProcess]) -> list[WorkerProcess]:
        """Have these without work, instead of those that are returned."""
        with self.lock:
            before, self._idle = self._idle, workers
            self._places[FAST] += len(workers) - len(before)
            self._quick.notify_all()
            return before

    def counts(self) -> dict[str, int]:
        """How many workers are in each lane, and how many of the fast ones have no work."""
        with self.lock:
            return {**self._places, "idle": len(self._idle)}

    def _has_room(self) -> bool:
        return bool(self._idle) or self._places[FAST] < self._limits.workers

    def _wait(self, worker: WorkerProcess, deadline: float) -> None:
        if self._places[WAITING] >= self._limits.waiting:
            raise EngineBusyError
        self._move(worker, WAITING)
        worker.pause()
        seconds = min(self._limits.queue, deadline - time.monotonic())
        if not self._calm.wait_for(lambda: self._places[SLOW] < self._limits.slow_workers, seconds):
            raise TaskTimeoutError if time.monotonic() >= deadline else EngineBusyError
        worker.resume()

    def _move(self, worker: WorkerProcess, lane: str) -> None:
        self._places[lane] += 1
        self.leave(worker.lane)
        worker.lane = lane
