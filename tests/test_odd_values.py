"""Values of the wrong kind, as an update may write them: no page, dump or catalogue fails for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kgbuild.config import ServerConfig
from kgbuild.export import FORMATS, export
from kgbuild.saved_queries import load_all
from kgbuild.store import open_snapshot
from server.app import close, create_app
from tests.server.conftest import make_store

HTML = {"Accept": "text/html", "Accept-Language": "en"}
VIEWS = [
    "",
    "map",
    "timeline",
    "incidents",
    "statistics",
    "network",
    "search?q=long",
    "incidents.csv",
    "incidents.geojson",
]
THINGS = ["incident/bad", "incident/far", "incident/bare", "entity/nowhere", "document/d", "report/r", "graph/d"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("odd") / "store", Path(__file__).parent / "cases" / "odd_values.trig")


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[FlaskClient]:
    app = create_app(ServerConfig(store=str(store)))
    yield app.test_client()
    close(app)


@pytest.mark.server
@pytest.mark.parametrize("path", [*VIEWS, *(f"{thing}.html" for thing in THINGS)])
def test_pages_show_what_they_can(client: FlaskClient, path: str) -> None:
    assert client.get(f"/{path}", headers=HTML).status_code == 200


@pytest.mark.server
def test_the_sound_incidents_are_found_among_the_others(client: FlaskClient) -> None:
    assert "Shelling of long ago" in client.get("/timeline", headers=HTML).text
    assert client.get("/incidents.csv?until=0001-01-01").text.count("\r\n") == 2  # the head, and that incident


@pytest.mark.server
def test_saved_questions_are_answered(client: FlaskClient) -> None:
    for name in load_all():
        assert client.get(f"/queries/{name}", headers=HTML).status_code == 200


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_written(store: Path, tmp_path: Path, name: str) -> None:
    with open_snapshot(store) as snapshot:
        export(snapshot, name, tmp_path / "out")
    assert (tmp_path / "out").exists()
