"""Worker processes as the server sees them, and the nursery that makes them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection

from server.engine.limits import EngineLimits

LOWEST_PRIORITY = 19


class Nursery:
    """Starts a process that forks workers on request. Thread-safe; a nursery that has died is replaced."""

    def __init__(self, limits: EngineLimits, store: str) -> None:
        self._limits, self._store = limits, store
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def new_worker(self, *, writes: bool = False) -> WorkerProcess:
        """A new worker, to read or to write."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            control = self._running()
            socket.send_fds(control, [b"fork write" if writes else b"fork read"], [theirs.fileno()])
            pid = int(control.recv(32))
        return WorkerProcess(self, pid, Connection(ours.detach()))

    def bury(self, pid: int) -> int | None:
        """Wait for a worker's end: its exit status, negative for a signal; None if the nursery has gone itself."""
        with self._lock:
            if self._control is None:
                return None
            try:
                self._control.send(f"bury {pid}".encode())
                answer = self._control.recv(32)
            except OSError:
                return None
            return int(answer) if answer else None

    def close(self) -> None:
        """End the nursery and every worker."""
        with self._lock:
            if self._control is not None and self._process is not None:
                self._control.close()
                self._process.wait()
                self._control = self._process = None

    def _running(self) -> socket.socket:
        if self._process is not None and self._process.poll() is not None:
            self._process = self._control = None
        if self._control is None:
            self._process, self._control = _start(self._limits, self._store)
        return self._control


def _start(limits: EngineLimits, store: str) -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    arguments = [str(theirs.fileno()), str(limits.timeout), str(limits.memory), store]
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "server.engine.nursery", *arguments],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
    return process, ours


class WorkerProcess:
    """One worker: a process id and a connection. Used by one thread at a time."""

    def __init__(self, nursery: Nursery, pid: int, connection: Connection) -> None:
        self.pid, self.connection = pid, connection
        self.slow = False
        self._nursery = nursery

    def demote(self) -> None:
        """Give it the lowest priority, for good: only root may raise it again."""
        self.slow = True
        os.setpriority(os.PRIO_PROCESS, self.pid, LOWEST_PRIORITY)

    def end(self) -> int | None:
        """Kill it, whatever it does; returns the status it had if it had ended by itself."""
        os.kill(self.pid, signal.SIGKILL)
        self.connection.close()
        return self._nursery.bury(self.pid)
