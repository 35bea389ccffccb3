"""What belongs to the application that is answering."""

from __future__ import annotations

from functools import cache

from flask import current_app

from kgbuild.config import ServerConfig
from server.catalogue.catalogue import Catalogue, Tables
from server.engine.engine import Engine
from server.language import current
from server.pages.edition import Edition


def engine() -> Engine:
    found: Engine = current_app.extensions["engine"]
    return found


def tables() -> Tables:
    """The newest catalogue."""
    found: Catalogue = current_app.extensions["catalogue"]
    return found.tables()


def config() -> ServerConfig:
    return engine().config


def this_edition() -> Edition:
    """What the pages of this request are made from."""
    return Edition(engine(), current(), cache(tables))
