"""A worker process: takes one task at a time from its connection and writes the answer back."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from server.engine.answering import Outlet, answer_dump, answer_query, failure
from server.engine.folder import OpenSnapshot
from server.engine.tasks import DumpTask, GraphTask, QueryTask, Task, UpdateTask
from server.engine.writing import Writer

GRACE_SECONDS = 2.0
"""How long after its limit a worker ends itself if nobody has ended it: only where the server itself has gone."""

IDLE_SECONDS = 2.0
"""How long a writer keeps the lock of the store after its last task, so that a build can have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`seconds` for one task, `memory` in bytes for the whole process."""

    seconds: float
    memory: int


def work(connection: Connection, limits: Limits, store: str, *, writes: bool) -> None:
    """Answer tasks over the store in the folder `store` until the other side closes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the default action ends the process, even inside the engine
    writer = Writer(store) if writes else None
    perform = _writes(writer) if writer else _reads(store)
    while (task := _next_task(connection, writer)) is not None:
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + GRACE_SECONDS)
        _answer(connection, task, perform)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _next_task(connection: Connection, writer: Writer | None) -> Task | None:
    if writer and not connection.poll(IDLE_SECONDS):
        writer.release()
    try:
        task: Task = connection.recv()
    except (EOFError, ConnectionResetError):
        return None
    return task


def _answer(connection: Connection, task: Task, perform: Callable[[Task, Outlet], None]) -> None:
    outlet = Outlet(connection)
    try:
        perform(task, outlet)
    except Exception as error:
        if outlet.begun:
            raise  # half an answer is out: ending the process is the only way to say that it is not whole
        reply = failure(error)
        if isinstance(task, UpdateTask | GraphTask) and reply.problem == "unsupported":
            reply = replace(reply, problem="conflict")  # such as dropping a graph that is not there
        connection.send(reply)


def _reads(store: str) -> Callable[[Task, Outlet], None]:
    """Keeps the last snapshot open."""
    snapshot = OpenSnapshot(store)

    def perform(task: Task, outlet: Outlet) -> None:
        assert isinstance(task, QueryTask | DumpTask)
        database = snapshot.at_least(task.snapshot)
        outlet.snapshot = snapshot.number
        if isinstance(task, QueryTask):
            answer_query(database, task, outlet)
        else:
            answer_dump(database, task, outlet)

    return perform


def _writes(writer: Writer) -> Callable[[Task, Outlet], None]:
    def perform(task: Task, outlet: Outlet) -> None:
        assert isinstance(task, UpdateTask | GraphTask)
        outlet.open("done", "", facts=writer.apply(task)).close()

    return perform
