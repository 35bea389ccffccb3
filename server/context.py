"""What belongs to the application that is answering."""

from __future__ import annotations

from flask import current_app

from kgbuild.config import ServerConfig
from server.engine.engine import Engine


def engine() -> Engine:
    found: Engine = current_app.extensions["engine"]
    return found


def config() -> ServerConfig:
    return engine().config
