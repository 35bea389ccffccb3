"""What pages count is what SPARQL counts over the same graph."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from kgbuild.config import ServerConfig
from server.app import close, create_app
from tests.server.generated import BASE, make_generated

PREFIX = "PREFIX cko: <https://w3id.org/cko#> PREFIX dcterms: <http://purl.org/dc/terms/> "
IN_INCIDENTS = f"GRAPH <{BASE}graph/incidents>"
HTML = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    app = create_app(ServerConfig(store=str(make_generated(tmp_path_factory.mktemp("figures") / "store", 400))))
    yield app.test_client()
    close(app)


def asked(client: FlaskClient, query: str) -> list[tuple[str, ...]]:
    response = client.get("/sparql", query_string={"query": PREFIX + query, "format": "csv"})
    assert response.status_code == 200, response.text
    return [tuple(line.split(",")) for line in response.text.splitlines()[1:]]


def shown(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers=HTML)
    assert response.status_code == 200
    return response.text.replace(",", "")


def totals(page: str) -> dict[str, int]:
    return {name: int(number) for number, name in re.findall(r"<b>(\d+)</b> <span>([^<]+)</span>", page)}


def bars(page: str, title: str) -> dict[str, tuple[int, int]]:
    """Label, incidents and killed of the table of that title."""
    section = page[page.index(f"<h2>{title}</h2>") :].partition("</section>")[0]
    rows = re.findall(r"<bdi[^>]*>([^<]+)</bdi></a></th><td>(\d+)</td>.*?<td>(\d+)</td>", section)
    return {label: (int(n), int(killed)) for label, n, killed in rows}


def test_the_totals_of_the_home_page(client: FlaskClient) -> None:
    ((incidents, killed),) = asked(
        client,
        f"SELECT (COUNT(?i) AS ?n) (SUM(?k) AS ?s) {{ {IN_INCIDENTS} {{ ?i a cko:Incident ; cko:killedBest ?k }} }}",
    )
    ((documents,),) = asked(client, "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a cko:Document }")
    found = totals(shown(client, "/"))
    assert found["incidents"] == int(incidents) == 400
    assert found["killed by best figures"] == int(killed)
    assert found["documents"] == int(documents)


def test_the_table_of_types(client: FlaskClient) -> None:
    query = f"""SELECT ?label (COUNT(?i) AS ?n) (SUM(?k) AS ?killed) {{
        {IN_INCIDENTS} {{ ?i a cko:Incident, ?class ; cko:killedBest ?k FILTER(?class != cko:Incident) }}
        BIND(STRAFTER(STR(?class), "#") AS ?label) }} GROUP BY ?label"""
    wanted = {label: (int(n), int(killed)) for label, n, killed in asked(client, query)}
    found = bars(shown(client, "/"), "Incidents by type")
    assert {label.title().replace(" ", ""): pair for label, pair in found.items()} == wanted


def test_the_table_of_perpetrators(client: FlaskClient) -> None:
    query = f"""SELECT ?label (COUNT(?i) AS ?n) (SUM(?k) AS ?killed) {{
        {IN_INCIDENTS} {{ ?i cko:perpetrator ?a ; cko:killedBest ?k }}
        ?a <http://www.w3.org/2000/01/rdf-schema#label> ?label FILTER(LANG(?label) = "en") }}
        GROUP BY ?label ORDER BY DESC(?n) LIMIT 5"""
    found = bars(shown(client, "/incidents"), "Incidents by perpetrator")
    for label, n, killed in asked(client, query):
        assert found[label] == (int(n), int(killed))


@pytest.mark.parametrize(
    ("arguments", "pattern"),
    [
        ("since=2015-01-01&until=2015-12-31", "?i cko:startDate ?d FILTER(YEAR(?d) = 2015)"),
        ("type=AirStrike&killed=5", "?i a cko:AirStrike ; cko:killedBest ?k FILTER(?k >= 5)"),
        ("actor=a1", f"?i cko:perpetrator <{BASE}entity/a1>"),
        ("place=p0", f"?i cko:place <{BASE}entity/p0>"),
        (
            "place=country&until=2014-06-30",
            '?i cko:startDate ?d FILTER(?d <= "2014-06-30"^^<http://www.w3.org/2001/XMLSchema#date>)',
        ),
    ],
)
@pytest.mark.parametrize("view", ["incidents", "map", "timeline"])
def test_the_number_of_a_selection_in_every_view(client: FlaskClient, view: str, arguments: str, pattern: str) -> None:
    ((wanted,),) = asked(
        client, f"SELECT (COUNT(DISTINCT ?i) AS ?n) {{ {IN_INCIDENTS} {{ ?i a cko:Incident . {pattern} }} }}"
    )
    page = shown(client, f"/{view}?{arguments}")
    (number,) = re.findall(r'<p class="other"><b>(\d+)</b> incidents', page)
    assert int(number) == int(wanted) > 0


def test_the_months_of_the_chart(client: FlaskClient) -> None:
    query = f"""SELECT (COUNT(?i) AS ?n) (SUM(?k) AS ?killed) {{
        {IN_INCIDENTS} {{ ?i a cko:Incident ; cko:startDate ?d ; cko:killedBest ?k }}
        FILTER(YEAR(?d) = 2016 && MONTH(?d) = 3) }}"""
    ((incidents, killed),) = asked(client, query)
    found = re.findall(r'aria-label="March 2016: (\d+)"', shown(client, "/timeline"))
    assert found == [incidents, killed]


def test_the_clusters_of_the_map_hold_every_incident(client: FlaskClient) -> None:
    features = client.get("/map/clusters?view=-180,-80,180,80&cell=0.5").get_json(force=True)["features"]
    assert sum(feature["properties"]["count"] for feature in features) == 400
    ((killed,),) = asked(client, f"SELECT (SUM(?k) AS ?s) {{ {IN_INCIDENTS} {{ ?i cko:killedBest ?k }} }}")
    assert sum(feature["properties"]["killed"] for feature in features) == int(killed)


def test_the_network_counts_incidents_in_common(client: FlaskClient) -> None:
    query = f"""SELECT ?p (COUNT(DISTINCT ?i) AS ?n) {{
        {IN_INCIDENTS} {{ ?i cko:perpetrator <{BASE}entity/a1> ; cko:place ?p }} }} GROUP BY ?p
        ORDER BY DESC(?n) LIMIT 3"""
    page = shown(client, "/network?thing=a1")
    for place, n in asked(client, query):
        assert re.search(rf'href="/network\?thing={re.escape(place)}".*?<title>[^<]*: {n}</title>', page)


def test_the_statistics(client: FlaskClient) -> None:
    page = shown(client, "/statistics")
    ((statements,),) = asked(client, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert totals(page)["statements"] == int(statements)
    ((wire,),) = asked(client, 'SELECT (COUNT(?d) AS ?n) { ?d dcterms:publisher "Example Wire" }')
    assert re.search(rf">Example Wire</bdi></a></th><td>{wire}</td>", page)
