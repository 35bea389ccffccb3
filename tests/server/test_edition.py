"""What the pages of a request are made from."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.catalogue.catalogue import Tables
from server.context import this_edition


def test_a_page_keeps_to_the_catalogue_that_it_began_with(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.extensions["catalogue"], "tables", lambda: Tables(tmp_path / "none", 1))
    with app.test_request_context("/"):
        edition = this_edition()
        assert edition.tables is edition.tables
        assert edition.tables is not this_edition().tables


@pytest.mark.parametrize("path", ["/document/d1", "/graph/d1", "/report/a1", "/entity/raqqa?view=statements"])
def test_what_the_graph_alone_tells_does_not_wait_for_the_catalogue(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(app.extensions["catalogue"], "tables", lambda: asked.append(path))
    page = client.get(path, headers={"Accept": "text/html", "Accept-Language": "en-GB"}, follow_redirects=True)
    assert (page.status_code, asked) == (200, [])
