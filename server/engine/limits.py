"""How much one query may use, how many may run, and what becomes of those that want more."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.config import RemoteAddress, ServerConfig


class EngineBusyError(Exception):
    """All workers have work; the client should come again in `retry_after` seconds."""

    retry_after = 5


class TaskTimeoutError(Exception):
    """A task outlived its limit; its worker has been ended."""


class WorkerLostError(Exception):
    """A worker ended by itself: it was out of memory or stack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineLimits:
    """Times in seconds, sizes in bytes.

    A query that has not answered after `patience` moves to the slow lane: its worker gets a low priority, and
    another one takes its place in the fast lane. So slow queries never keep quick ones waiting. Where the slow lane is
    full, up to `waiting` of them stand still for `queue` seconds at most, which count as time of the query. `hosts` are
    the other servers that queries and updates may ask, and `remote` the one that updates go to first.
    """

    timeout: float = 30.0
    memory: int = 2 << 30
    workers: int = 2
    slow_workers: int = 4
    waiting: int = 6
    patience: float = 0.2
    queue: float = 10.0
    result_size: int = 4 << 30
    replica_memory: int = 8 << 30
    hosts: tuple[str, ...] = ()
    remote: RemoteAddress | None = None

    @classmethod
    def of(cls, config: ServerConfig) -> EngineLimits:
        return cls(
            timeout=config.query_timeout,
            memory=config.query_memory,
            workers=config.query_workers,
            patience=min(0.2, config.query_timeout),
            replica_memory=config.replica_memory,
            hosts=tuple(host.lower() for host in config.allow_service),
            remote=config.remote,
        )
