"""Settings that several parts share."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_BASE = "https://w3id.org/cko/id/"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildConfig:
    """How articles become a graph. `base` ends with a slash or a hash sign."""

    base: str = DEFAULT_BASE
    store_text: bool = False
    batch_size: int = 64
    processes: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerConfig:
    """How a store is served. Sizes in bytes, times in seconds.

    `replica_memory` is what copies of the graph in memory may take, over all workers; 0 keeps it on disk.
    `response_cache` is what whole answers kept for the same question again may take; 0 keeps none. `dumps` is the
    folder of prepared dumps, None for `dumps` within the store's folder. `allow_service` names the hosts (`name` or
    `name:port`) that SERVICE and LOAD may ask. With `behind_proxy` the X-Forwarded-* headers are believed; `prefix` is
    the path below which the server is reached, such as `/graph`. `access_log` is a file, or `-` for standard error.
    """

    store: str
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    default_graph: str = "union"
    base: str = DEFAULT_BASE
    query_timeout: float = 30.0
    query_memory: int = 2 << 30
    max_rows: int = 1_000_000
    query_workers: int = 2
    max_body: int = 16 << 20
    replica_memory: int = 8 << 30
    response_cache: int = 64 << 20
    dumps: str | None = None
    allow_service: tuple[str, ...] = ()
    behind_proxy: bool = False
    prefix: str = ""
    access_log: str | None = None
