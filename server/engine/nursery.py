"""A small process of one thread that forks the workers: a fork costs milliseconds, a new interpreter a tenth second.

It ends when the server's end of its socket closes, and takes its workers with it. Workers stay zombies until the server
asks for their burial, so that the server never signals a process id that has been given to another program.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
from multiprocessing.connection import Connection

from server.engine.worker import Limits, work

MESSAGE_SIZE = 4096


def main() -> None:
    """Serve the socket whose file descriptor is the first argument; the others: a worker's limits, and the store."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    limits = Limits(seconds=float(sys.argv[2]), memory=int(sys.argv[3]))
    children: set[int] = set()
    try:
        while _one_request(control, limits, children):
            pass
    finally:
        for pid in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _one_request(control: socket.socket, limits: Limits, children: set[int]) -> bool:
    message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_SIZE, 1)
    if not message:
        return False
    command, _, argument = message.decode().partition(" ")
    if command == "fork":
        children.add(pid := _fork(control, descriptors[0], argument, limits))
        control.send(str(pid).encode())
    elif command == "bury":
        _, status = os.waitpid(int(argument), 0)
        children.discard(int(argument))
        control.send(str(os.waitstatus_to_exitcode(status)).encode())
    return True


def _fork(control: socket.socket, descriptor: int, purpose: str, limits: Limits) -> int:
    """A worker that talks over `descriptor`; its `purpose` is to read or to write."""
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    control.close()
    status = 1
    try:
        work(Connection(descriptor), limits, sys.argv[4], writes=purpose == "write")
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
