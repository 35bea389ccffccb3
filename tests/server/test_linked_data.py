from __future__ import annotations

import pyoxigraph
import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat

from server.formats import GRAPHS

BASE = "https://w3id.org/cko/id/"
THINGS = ["/incident/a1", "/entity/raqqa", "/report/a1", "/document/d1", "/graph/d1", "/run/v1"]


@pytest.mark.parametrize("path", [p for p in THINGS if not p.startswith("/graph")])
def test_a_thing_sends_its_reader_to_its_page_or_its_data(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"})
    data = client.get(path, headers={"Accept": "text/turtle"})
    assert (page.status_code, page.location) == (303, f"{path}.html")
    assert (data.status_code, data.location) == (303, f"{path}.ttl")
    assert "Accept" in page.headers["Vary"]


@pytest.mark.parametrize("path", THINGS)
def test_every_page_opens_in_both_languages(client: FlaskClient, path: str) -> None:
    for language, direction in (("ar", "rtl"), ("en", "ltr")):
        response = client.get(f"{path}.html", headers={"Accept-Language": language})
        assert response.status_code == 200
        assert f'<html lang="{language}" dir="{direction}">' in response.text


@pytest.mark.parametrize("path", ["/incident/a1", "/entity/raqqa", "/document/d1"])
def test_all_formats_carry_the_same_graph(client: FlaskClient, path: str) -> None:
    graphs = []
    for form in GRAPHS:
        response = client.get(f"{path}.{form.extension}")
        assert response.mimetype == form.media_type
        engine_format = RdfFormat.from_extension(form.extension)
        assert engine_format is not None
        graphs.append({str(q.triple) for q in pyoxigraph.parse(response.data, format=engine_format)})
    assert all(graph == graphs[0] for graph in graphs)
    assert any(f"<{BASE}{path[1:]}>" in triple for triple in graphs[0])


def test_an_incident_that_was_merged_away_leads_to_the_one_it_became(client: FlaskClient) -> None:
    assert client.get("/incident/a2").location == "/incident/a1"
    assert client.get("/incident/a2.ttl").location == "/incident/a1.ttl"


@pytest.mark.parametrize("path", ["/incident/none", "/entity/a%20b", "/entity/x<y", "/incident/none.html"])
def test_what_the_graph_does_not_know_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"


def test_a_format_that_nobody_writes_is_not_acceptable(client: FlaskClient) -> None:
    assert client.get("/incident/a1", headers={"Accept": "image/png"}).status_code == 406


def test_the_parts_of_a_thing_are_part_of_its_data(client: FlaskClient) -> None:
    data = client.get("/entity/raqqa.nt").text
    assert f"<{BASE}entity/raqqa#geometry-1> <http://www.opengis.net/ont/geosparql#asWKT>" in data
