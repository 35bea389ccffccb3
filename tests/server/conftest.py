"""A store made of the fixture, and an application over it that all tests of the server share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat

from kgbuild.config import ServerConfig
from kgbuild.store import open_store
from server.app import close, create_app

SMALL = Path(__file__).parent / "fixtures" / "small.trig"


def make_store(folder: Path, data: Path | None = SMALL) -> Path:
    """A published store with the fixture's quads, or an empty one."""
    with open_store(folder) as store:
        if data:
            store.database.load(path=str(data), format=RdfFormat.TRIG)
        store.publish()
    return folder


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("small") / "store")


@pytest.fixture(scope="session")
def app(small_store: Path) -> Iterator[Flask]:
    """Read only, and with short limits."""
    app = create_app(ServerConfig(store=str(small_store), query_timeout=2.0))
    yield app
    close(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of an empty store of its own that can be written with the token `secret`."""
    store = make_store(tmp_path / "store", None)
    app = create_app(ServerConfig(store=str(store), token="secret", default_graph="separate"))
    yield app.test_client()
    close(app)
