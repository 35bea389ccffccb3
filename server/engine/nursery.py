"""A small process of one thread that forks the workers: a fork costs milliseconds, a new interpreter a tenth second.

It may hold a replica of one snapshot in memory, which its workers share until they write to its pages. It ends when the
server's end of its socket closes, and takes its workers with it. Workers stay zombies until the server asks for their
burial, so that the server never signals a process id that has been given to another program.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
from dataclasses import dataclass, field

from kgbuild.config import RemoteAddress
from server.engine.channel import Channel
from server.engine.folder import Opened, load_replica
from server.engine.worker import WorkerLimits, work

MESSAGE_SIZE = 4096


def main() -> None:
    """Serve until the other end of the socket closes. The argument is a JSON object; see `processes.start`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = json.loads(sys.argv[1])
    home = _Home(
        control=socket.socket(fileno=settings["descriptor"]),
        limits=WorkerLimits(
            seconds=settings["seconds"],
            memory=settings["memory"],
            hosts=frozenset(settings["hosts"]),
            remote=RemoteAddress(**settings["remote"]) if settings["remote"] else None,
        ),
        store=settings["store"],
        replica=load_replica(settings["store"], settings["replica"]) if settings["replica"] else None,
    )
    try:
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):  # the server has gone, before its last answer
            home.control.send(f"ready {home.replica.number if home.replica else 0}".encode())
            while home.one_request():
                pass
    finally:
        home.end()


@dataclass(slots=True)
class _Home:
    """What the nursery keeps, and the workers it has."""

    control: socket.socket
    limits: WorkerLimits
    store: str
    replica: Opened | None
    children: set[int] = field(default_factory=set)

    def one_request(self) -> bool:
        message, descriptors, _, _ = socket.recv_fds(self.control, MESSAGE_SIZE, 1)
        if not message:
            return False
        command, _, argument = message.decode().partition(" ")
        if command == "fork":
            self.children.add(pid := self._fork(descriptors[0], argument))
            self.control.send(str(pid).encode())
        elif command == "bury":
            _, status = os.waitpid(int(argument), 0)
            self.children.discard(int(argument))
            self.control.send(str(os.waitstatus_to_exitcode(status)).encode())
        return True

    def _fork(self, descriptor: int, purpose: str) -> int:
        """A worker that talks over `descriptor`; its `purpose` is to read or to write."""
        pid = os.fork()
        if pid:
            os.close(descriptor)
            return pid
        status = 1
        try:
            self.control.close()
            channel = Channel(socket.socket(fileno=descriptor))
            work(channel, self.limits, self.store, replica=self.replica, writes=purpose == "write")
            status = 0
        finally:
            os._exit(status)

    def end(self) -> None:
        for pid in self.children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
