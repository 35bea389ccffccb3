"""Worker processes as the server sees them, and the nurseries that make them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import asdict

from server.child_processes import environment
from server.engine.channel import Channel
from server.engine.limits import EngineLimits

LOW_PRIORITY = 10
"""Of slow queries: enough that quick ones go first, not so low that other programs starve them."""


FAST, SLOW, WAITING = "fast", "slow", "waiting"
"""The lanes of workers; see `lanes.Lanes`."""


class NurseryLostError(Exception):
    """The nursery has ended and makes no more workers."""


class Nursery:
    """A process that forks workers on request. Thread-safe. `snapshot` is the number of its replica, 0 for none."""

    def __init__(self, limits: EngineLimits, store: str, *, replica: int = 0) -> None:
        """Returns when it is ready, which takes some seconds with a replica; NurseryLostError where it cannot start.

        `replica` is what a copy of the graph in memory may take, in bytes.
        """
        self._lock = threading.Lock()
        self._process, self._control = start(limits, store, replica=replica)
        self._workers = 0
        self._retired = False
        ready = self._control.recv(64)
        if not ready:
            self._end()
            raise NurseryLostError
        self.snapshot = int(ready.split()[1])

    def new_worker(self, *, writes: bool = False) -> WorkerProcess:
        """A new worker, to read or to write."""
        ours, theirs = socket.socketpair()
        try:
            with self._lock, theirs:
                socket.send_fds(self._control, [b"fork write" if writes else b"fork read"], [theirs.fileno()])
                pid = self._control.recv(32)
                self._workers += 1
        except OSError:
            pid = b""
        if not pid:
            ours.close()
            raise NurseryLostError
        return WorkerProcess(self, int(pid), Channel(ours))

    def bury(self, pid: int) -> None:
        """Wait for a worker's end; the last one of a retired nursery takes it along."""
        with self._lock:
            with contextlib.suppress(OSError):
                self._control.send(f"bury {pid}".encode())
                self._control.recv(32)
            self._workers -= 1
            if self._retired and not self._workers:
                self._end()

    def retire(self) -> None:
        """Make no more workers, and end with the last one."""
        with self._lock:
            self._retired = True
            if not self._workers:
                self._end()

    def close(self) -> None:
        """End it and every worker now."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        self._control.close()
        self._process.wait()


def start(limits: EngineLimits, store: str, *, replica: int) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """The process of a nursery and our end of its socket."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    settings = {
        "descriptor": theirs.fileno(),
        "seconds": limits.timeout,
        "memory": limits.memory,
        "hosts": limits.hosts,
        "remote": asdict(limits.remote) if limits.remote else None,
        "store": store,
        "replica": replica,
    }
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "server.engine.nursery", json.dumps(settings)],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env=environment(),
        )
    return process, ours


class WorkerProcess:
    """One worker: a process id and a channel. Used by one thread at a time."""

    def __init__(self, nursery: Nursery, pid: int, channel: Channel) -> None:
        self.pid, self.channel, self.nursery = pid, channel, nursery
        self.lane = FAST

    def demote(self) -> None:
        """Give it a low priority."""
        with contextlib.suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.pid, LOW_PRIORITY)

    def promote(self) -> bool:
        """Take the low priority back, where the system lets us; False where it has to stay as it is."""
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, os.getpriority(os.PRIO_PROCESS, 0))
        except PermissionError:
            return False
        return True

    def pause(self) -> None:
        """Let it stand still, with all that it has worked out so far."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def end(self) -> None:
        """Kill it, whatever it does."""
        self._signal(signal.SIGKILL)
        self.channel.close()
        self.nursery.bury(self.pid)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)
