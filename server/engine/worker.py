"""A worker process: takes one task at a time from its channel and writes the answer back."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from kgbuild.config import RemoteAddress
from server.engine.answering import Outlet, answer_dump, answer_query, failure
from server.engine.channel import Channel
from server.engine.folder import Opened, OpenSnapshot
from server.engine.tasks import DumpTask, GraphTask, QueryTask, Task, UpdateTask
from server.engine.writing import Writer

GRACE_SECONDS = 2.0
"""How long after its limit a worker ends itself if nobody has ended it: only where the server itself has gone."""

IDLE_SECONDS = 2.0
"""How long a writer keeps the lock of the store after its last task, so that a build can have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLimits:
    """`seconds` for one task, `memory` in bytes beyond what it is born with, `hosts` that it may send requests to;
    `remote` is where updates go first."""

    seconds: float
    memory: int
    hosts: frozenset[str] = frozenset()
    remote: RemoteAddress | None = None


def work(channel: Channel, limits: WorkerLimits, store: str, *, replica: Opened | None, writes: bool) -> None:
    """Answer tasks over the store in the folder `store` until the other side closes."""
    _limit_memory(limits.memory)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the default action ends the process, even inside the engine
    writer = Writer(store, limits.hosts, limits.remote) if writes else None
    perform = _writes(writer) if writer else _reads(OpenSnapshot(store, replica), limits.hosts)
    while (task := _next_task(channel, writer)) is not None:
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + GRACE_SECONDS)
        _answer(channel, task, perform)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(allowance: int) -> None:
    """The kernel refuses more; the engine then aborts its own process, and only that one."""
    sizes = Path("/proc/self/statm")  # the sixth number: pages of data
    pages = int(sizes.read_text(encoding="ascii").split()[5]) if sizes.exists() else 0
    limit = allowance + pages * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _next_task(channel: Channel, writer: Writer | None) -> Task | None:
    try:
        if writer:
            try:
                waiting: Task = channel.receive(IDLE_SECONDS)
            except TimeoutError:
                writer.release()
            else:
                return waiting
        task: Task = channel.receive()
    except (EOFError, ConnectionResetError):
        return None
    return task


def _answer(channel: Channel, task: Task, perform: Callable[[Task, Outlet], None]) -> None:
    outlet = Outlet(channel)
    try:
        perform(task, outlet)
    except Exception as error:
        if outlet.begun:
            raise  # half an answer is out: ending the process is the only way to say that it is not whole
        reply = failure(error)
        if isinstance(task, UpdateTask | GraphTask) and reply.problem == "unsupported":
            reply = replace(reply, problem="conflict")  # such as dropping a graph that is not there
        channel.send(reply)


def _reads(snapshot: OpenSnapshot, hosts: Collection[str]) -> Callable[[Task, Outlet], None]:
    def perform(task: Task, outlet: Outlet) -> None:
        assert isinstance(task, QueryTask | DumpTask)
        opened = snapshot.at_least(task.snapshot)
        outlet.snapshot = opened.number
        if isinstance(task, QueryTask):
            answer_query(opened, task, outlet, hosts)
        else:
            answer_dump(opened.database, task, outlet)

    return perform


def _writes(writer: Writer) -> Callable[[Task, Outlet], None]:
    def perform(task: Task, outlet: Outlet) -> None:
        assert isinstance(task, UpdateTask | GraphTask)
        outlet.open("done", "", facts=writer.apply(task)).close()

    return perform
