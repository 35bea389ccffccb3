from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kgbuild.config import ServerConfig
from server.app import close, create_app

HTML = {"Accept": "text/html", "Accept-Language": "en"}
ALL = {"a1", "b1"}


def found(client: FlaskClient, arguments: str) -> set[str]:
    """The incidents of a selection, by the ends of their IRIs."""
    rows = csv.DictReader(io.StringIO(client.get(f"/incidents.csv?{arguments}").text))
    return {row["iri"].rpartition("/")[2] for row in rows}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", ALL),
        ("since=2017-06-09", {"b1"}),
        ("until=2017-06-09", {"a1"}),
        ("since=2017-06-11&until=2017-06-11", {"b1"}),
        ("type=AirStrike", {"a1"}),
        ("type=Bombing", set()),
        ("place=raqqa", {"a1"}),
        ("place=raqqa-governorate", {"a1"}),
        ("place=https://w3id.org/cko/id/entity/syria", ALL),
        ("actor=coalition", {"a1"}),
        ("actor=isis", {"b1"}),
        ("weapon=landmine", {"b1"}),
        ("facility=cafe", {"a1"}),
        ("killed=10", {"a1"}),
        ("status=Contested", {"a1"}),
        ("source=Example+Times", {"a1"}),
        ("box=38,35.5,39.5,36.5", {"a1"}),
        ("q=شارع", {"a1"}),
        ("q=observatory", {"a1"}),
        ("q=الرعاة", {"b1"}),
        ("q=رعاة", {"b1"}),
        ("type=AirStrike&actor=isis", set()),
    ],
)
def test_filters_choose_incidents(client: FlaskClient, arguments: str, expected: set[str]) -> None:
    assert found(client, arguments) == expected


@pytest.mark.parametrize(
    "arguments", ["since=yesterday", "type=Mosque", "killed=many", "box=1,2", "status=Certain", "until=2017-13-01"]
)
def test_a_filter_that_makes_no_sense_is_told(client: FlaskClient, arguments: str) -> None:
    assert client.get(f"/incidents?{arguments}", headers=HTML).status_code == 400


@pytest.mark.parametrize("view", ["incidents", "map", "timeline"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_view_shows_the_selection_and_leads_to_the_others(client: FlaskClient, view: str, language: str) -> None:
    page = client.get(f"/{view}?type=AirStrike", headers={**HTML, "Accept-Language": language}).text
    assert "/incident/a1" in page
    assert "/incident/b1" not in page
    for other in ("incidents", "map", "timeline"):
        assert f'href="/{other}?type=AirStrike"' in page
    assert 'href="/incidents.csv?type=AirStrike"' in page


def test_the_counts_of_a_filter_are_right(client: FlaskClient) -> None:
    page = client.get("/incidents", headers=HTML).text
    assert ">Syria (2)</option>" in page
    assert ">Air strike (1)</option>" in page


def test_geojson_has_points_and_figures(client: FlaskClient) -> None:
    document = client.get("/incidents.geojson?type=AirStrike").get_json(force=True)
    (feature,) = document["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [39.0136, 35.9506]}
    assert feature["properties"]["killed_min"] == 14
    assert feature["properties"]["killed_max"] == 30


def test_jsonld_says_the_same_as_the_graph(client: FlaskClient) -> None:
    import pyoxigraph
    from pyoxigraph import RdfFormat

    data = client.get("/incidents.jsonld?type=AirStrike").data
    triples = {str(quad.triple) for quad in pyoxigraph.parse(data, format=RdfFormat.JSON_LD)}
    graph = {str(q.triple) for q in pyoxigraph.parse(client.get("/incident/a1.nt").data, format=RdfFormat.N_TRIPLES)}
    assert len(triples) >= 10
    assert {t for t in triples if "label" not in t} <= graph


def test_a_spreadsheet_runs_nothing() -> None:
    from server.downloads import harmless

    assert harmless("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert harmless("Raqqa") == "Raqqa"
    assert harmless(-3) == -3


def test_a_page_is_not_sent_again_to_who_has_it(client: FlaskClient) -> None:
    first = client.get("/incidents", headers=HTML)
    again = client.get("/incidents", headers={**HTML, "If-None-Match": first.headers["ETag"]})
    other = client.get("/incidents", headers={**HTML, "Accept-Language": "ar", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


def test_pages_are_compressed_for_who_takes_it(client: FlaskClient) -> None:
    import gzip

    plain = client.get("/incidents", headers=HTML)
    packed = client.get("/incidents", headers={**HTML, "Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2


def test_a_tile_server_is_asked_only_where_one_is_named(client: FlaskClient, small_store: Path) -> None:
    assert "data-tiles" not in client.get("/map", headers=HTML).text
    app = create_app(ServerConfig(store=str(small_store), tiles="https://tiles.example/{z}/{x}/{y}.png"))
    try:
        response = app.test_client().get("/map", headers=HTML)
        assert 'data-tiles="https://tiles.example/{z}/{x}/{y}.png"' in response.text
        assert "img-src 'self' data: https://tiles.example;" in response.headers["Content-Security-Policy"]
        other = app.test_client().get("/timeline", headers=HTML)
        assert "tiles.example" not in other.headers["Content-Security-Policy"]
    finally:
        close(app)


def test_clusters_hold_what_is_in_view(client: FlaskClient) -> None:
    def counts(view: str, cell: str) -> list[int]:
        features = client.get(f"/map/clusters?view={view}&cell={cell}").get_json(force=True)["features"]
        return sorted(feature["properties"]["count"] for feature in features)

    assert counts("30,30,45,40", "0.1") == [1, 1]
    assert counts("30,30,45,40", "50") == [2]
    assert counts("38,35.5,39.5,36.5", "0.1") == [1]
    assert client.get("/map/clusters?view=1,2&cell=x").status_code == 400
    assert len(client.get("/map/ground").get_json(force=True)["rings"]) > 100


def test_incidents_without_a_date_come_last_in_every_view(writable: FlaskClient) -> None:
    told = """PREFIX cko: <https://w3id.org/cko#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        INSERT DATA { GRAPH <https://w3id.org/cko/id/graph/incidents> {
            <https://w3id.org/cko/id/incident/dated> a cko:Incident, cko:Shelling ; rdfs:label "dated"@en ;
                cko:startDate "2017-06-08" .
            <https://w3id.org/cko/id/incident/undated> a cko:Incident, cko:Killing ; rdfs:label "undated"@en } }"""
    assert (
        writable.post("/update", data={"update": told}, headers={"Authorization": "Bearer secret"}).status_code == 204
    )
    for view in ("incidents", "timeline", "map", ""):
        page = writable.get(f"/{view}", headers=HTML)
        assert page.status_code == 200
        assert 0 < page.text.index(">dated<") < page.text.index(">undated<")


def test_an_incident_lies_where_the_map_shows_it_on_its_own_page_too(writable: FlaskClient) -> None:
    told = """PREFIX cko: <https://w3id.org/cko#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX geo: <http://www.opengis.net/ont/geosparql#> PREFIX e: <https://w3id.org/cko/id/entity/>
        INSERT DATA { GRAPH <https://w3id.org/cko/id/graph/incidents> {
            <https://w3id.org/cko/id/incident/i> a cko:Incident, cko:Shelling ; cko:place e:junction }
          GRAPH <https://w3id.org/cko/id/graph/entities> {
            e:junction a cko:Junction ; cko:within e:countryside .
            e:countryside a cko:Area ; rdfs:label "the countryside"@en ; geo:hasGeometry e:shape .
            e:shape geo:asWKT "POINT(39.01 35.95)"^^geo:wktLiteral ; cko:placePrecision "region" } }"""
    token = {"Authorization": "Bearer secret"}
    assert writable.post("/update", data={"update": told}, headers=token).status_code == 204
    page = writable.get("/incident/i.html", headers=HTML).text
    assert '<svg class="map"' in page
    assert "known to the precision of a region" in page
    assert "39.01" in writable.get("/incidents.csv").text
