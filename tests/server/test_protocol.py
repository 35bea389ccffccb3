from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

SRJ = "application/sparql-results+json"
ASK = "ASK { ?s ?p ?o }"


@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_a_query_may_come_in_each_of_the_three_ways(client: FlaskClient, method: str) -> None:
    headers = {"Accept": SRJ}
    if method == "get":
        response = client.get("/sparql", query_string={"query": ASK}, headers=headers)
    elif method == "form":
        response = client.post("/sparql", data={"query": ASK}, headers=headers)
    else:
        response = client.post("/sparql", data=ASK, content_type="application/sparql-query", headers=headers)
    assert response.status_code == 200
    assert json.loads(response.data)["boolean"] is True


def test_the_default_graph_is_the_union(client: FlaskClient) -> None:
    text = "PREFIX cko: <https://w3id.org/cko#> ASK { ?incident cko:killedBest ?n . ?report cko:describes ?incident }"
    assert client.get("/sparql", query_string={"query": text, "format": "json"}).json == {"head": {}, "boolean": True}


def test_a_dataset_of_the_request_replaces_the_union(client: FlaskClient) -> None:
    arguments = {"query": ASK, "default-graph-uri": "http://example.org/none", "format": "json"}
    response = client.get("/sparql", query_string=arguments)
    assert response.json == {"head": {}, "boolean": False}


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("json", SRJ),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
    ],
)
def test_the_format_may_be_named_in_the_url(client: FlaskClient, name: str, content_type: str) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT (1 AS ?x) {}", "format": name})
    assert response.mimetype == content_type


def test_a_syntax_error_says_where(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?s . }"}, headers={"Accept": SRJ})
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    problem = response.get_json(force=True)
    assert (problem["line"], problem["column"]) == (2, 15)


def test_a_query_that_takes_too_long_is_a_504(client: FlaskClient) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
    assert client.post("/sparql", data={"query": endless}).status_code == 504


@pytest.mark.parametrize("text", ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"])
def test_other_servers_are_not_asked(client: FlaskClient, text: str) -> None:
    assert client.post("/sparql", data={"query": text}).status_code == 403


def test_an_unknown_function_is_not_implemented(client: FlaskClient) -> None:
    text = "SELECT (<http://example.org/f>(1) AS ?x) {}"
    response = client.post("/sparql", data={"query": text}, headers={"Accept": SRJ})
    assert response.status_code == 501
    assert "http://example.org/f" in response.get_json(force=True)["detail"]


def test_rows_in_a_graph_format_are_not_acceptable(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT * {}"}, headers={"Accept": "text/turtle"})
    assert response.status_code == 406


def test_without_a_query_the_endpoint_describes_itself(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert "sd:UnionDefaultGraph" in response.text
    assert "sd:endpoint <http://localhost/sparql>" in response.text


def test_a_browser_gets_the_query_page_with_the_answer(client: FlaskClient) -> None:
    text = "SELECT ?x { VALUES ?x { <https://w3id.org/cko/id/entity/raqqa> } }"
    response = client.get(
        "/sparql", query_string={"query": text}, headers={"Accept": "text/html", "Accept-Language": "en"}
    )
    assert 'href="/entity/raqqa"' in response.text
    assert ">Raqqa</bdi>" in response.text


def test_a_browser_sees_what_is_wrong_beside_its_query(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT WHERE"}, headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert "SELECT WHERE</textarea>" in response.text


def test_writing_is_forbidden_without_a_token(client: FlaskClient) -> None:
    assert client.post("/update", data={"update": "CLEAR ALL"}).status_code == 403
    assert client.put("/store?default", data=b"", content_type="text/turtle").status_code == 403


def test_an_answer_that_the_server_cut_says_so(client: FlaskClient) -> None:
    rows = client.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }", "format": "csv"})
    own = client.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o } LIMIT 2", "format": "csv"})
    posted = client.post("/sparql?format=csv", data={"query": "SELECT * { ?s ?p ?o }"})
    asked = client.get("/sparql", query_string={"query": "ASK { ?s ?p ?o . ?o ?q ?r }", "format": "csv"})
    limits = [answer.headers.get("X-Row-Limit") for answer in (rows, own, posted, asked)]
    assert limits == ["1000000", None, "1000000", None]


@pytest.mark.parametrize("path", ["/entity/raqqa.ttl", "/ontology.jsonld", "/queries/publishers?format=json"])
def test_pages_of_other_hosts_may_read_the_data(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/store?default").headers


def test_pages_of_other_hosts_may_send_queries_as_they_are(client: FlaskClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    answer = client.options("/sparql", headers=asked)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
