"""Starts the server."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.util import Finalize
from typing import Any

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from kgbuild.config import ServerConfig
from kgbuild.errors import UsageError
from server.app import close, create_app, start
from server.mirror import Mirror

THREADS = 64
"""Requests in progress at once; a thread that waits for a worker or a slow client costs next to nothing."""

M_ARENA_MAX, ARENAS = -8, 2
"""glibc's allocator gives nearly each thread an arena of its own, and gives back little of what stays in them."""

STOP_SECONDS = 5
PARENT_CHECK_SECONDS = 1.0


def serve(config: ServerConfig, *, on_start: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGINT or SIGTERM; ready when the port listens. UsageError where it is taken, before `on_start`."""
    _check_port(config)
    on_start()
    with contextlib.suppress(AttributeError, OSError):  # other C libraries have no arenas
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)  # the process that serves is a fork of this one
    server = Server(
        "server.app",
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_enabled=False,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve(target_loader=partial(_load, config, os.getpid()), wrap_loader=False)


def _check_port(config: ServerConfig) -> None:
    """Granian shares its port with any other server of the same user, so two could run side by side unnoticed."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            reason = f"{config.host}, port {config.port}: {error.strerror}; choose another one with --host or --port"
            raise UsageError(reason) from error


def _load(config: ServerConfig, parent: int) -> Any:
    """Runs in the process that serves, which granian has started."""
    app = create_app(config)
    start(app)
    if config.remote:
        Mirror(config.remote, config.store).follow()
    Finalize(None, close, args=(app,), exitpriority=1)
    threading.Thread(target=_end_with, args=(parent, app), daemon=True).start()
    return app


def _end_with(parent: int, app: Flask) -> None:
    """End this process when the one that started it has been killed and can no longer say so."""
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK_SECONDS)
    close(app)
    os._exit(1)
