"""Settings that several parts share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

DEFAULT_BASE = "https://w3id.org/cko/id/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifierConfig:
    """A token classifier on this machine; `labels` pairs labels with our classes, where they are not the common ones.

    Names of which it is less sure than `threshold` (0 to 1) are left out.
    """

    model: str
    threshold: float = 0.8
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmConfig:
    """A language model behind an endpoint that speaks OpenAI's chat completions, below `url` (it ends in "/v1").

    `key_variable` names the environment variable that holds the key. `timeout` is in seconds, `attempts` counts the
    first one. `prompt` is the path of a template of one's own, `cache` a folder; prices are for a million tokens.
    """

    url: str
    model: str
    key_variable: str = ""
    timeout: float = 60.0
    attempts: int = 3
    max_characters: int = 6000
    json_mode: bool = True
    prompt: str = ""
    cache: str = ""
    price_in: float = 0.0
    price_out: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingConfig:
    """How articles are read: the models that help, none by default, and the parts that are left out.

    `without` is for measuring what a part adds; `kgbuild.extract.PARTS` lists what it may hold.
    """

    classifier: ClassifierConfig | None = None
    llm: LlmConfig | None = None
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildConfig:
    """How articles become a graph. `base` ends with a slash or a hash sign.

    `engine` says where articles are read: in `processes` of this machine, or on Apache Spark as that is configured.
    """

    base: str = DEFAULT_BASE
    store_text: bool = False
    batch_size: int = 64
    processes: int = 1
    engine: Literal["processes", "spark"] = "processes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteAddress:
    """A SPARQL 1.1 server. Of the URLs that are None, those of the usual servers are tried."""

    url: str
    query_url: str | None = None
    update_url: str | None = None
    graph_store_url: str | None = None

    def __str__(self) -> str:
        return without_password(self.url)


def without_password(url: str) -> str:
    """A URL as messages may show it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerConfig:
    """How a store is served. Sizes in bytes, times in seconds.

    `replica_memory` is what copies of the graph in memory may take, over all workers; 0 keeps it on disk.
    `response_cache` is what whole answers kept for the same question again may take; 0 keeps none. `dumps` is the
    folder of prepared dumps, None for `dumps` within the store's folder. `allow_service` names the hosts (`name` or
    `name:port`) that SERVICE and LOAD may ask. With `behind_proxy` the X-Forwarded-* headers are believed; `prefix` is
    the path below which the server is reached, such as `/graph`. `access_log` is a file, or `-` for standard error.
    `tiles` is the URL of a tile server with {z}, {x} and {y}, which browsers then ask for the ground of the map;
    without it they ask nobody. With `remote`, `store` is a copy of the store there, and updates go there first.
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
    tiles: str = ""
    remote: RemoteAddress | None = None
