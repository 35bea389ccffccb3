from __future__ import annotations

from urllib.parse import quote, quote_plus, unquote_plus

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st

from server.fast_path import decoded
from server.metrics import Metrics

SRJ = {"Accept": "application/sparql-results+json"}
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
INSERT = {"update": "INSERT DATA { <http://e/s> <http://e/p> 1 }"}
TOKEN = {"Authorization": "Bearer secret"}


def test_an_answer_has_a_strong_tag_and_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/sparql", query_string={"query": COUNT}, headers=SRJ)
    again = client.get(
        "/sparql", query_string={"query": COUNT}, headers={**SRJ, "If-None-Match": first.headers["ETag"]}
    )
    assert first.status_code == 200
    assert (again.status_code, again.data) == (304, b"")


def test_formats_have_tags_of_their_own(client: FlaskClient) -> None:
    tags = {
        client.get("/sparql", query_string={"query": COUNT, "format": name}).headers["ETag"] for name in ("json", "csv")
    }
    assert len(tags) == 2


def test_an_answer_that_may_change_is_not_kept(client: FlaskClient) -> None:
    text = "SELECT (UUID() AS ?id) {}"
    answers = {client.get("/sparql", query_string={"query": text, "format": "csv"}).data for _ in range(3)}
    assert len(answers) == 3


def test_after_an_update_the_old_answer_is_not_given_again(writable: FlaskClient) -> None:
    before = writable.get("/sparql", query_string={"query": COUNT, "format": "csv"})
    writable.post("/update", data=INSERT, headers=TOKEN)
    after = writable.get("/sparql", query_string={"query": COUNT, "format": "csv"})
    assert (before.text.split(), after.text.split()) == (["n", "0"], ["n", "1"])
    assert before.headers["ETag"] != after.headers["ETag"]


def test_failures_are_told_as_everywhere(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT WHERE"}, headers=SRJ)
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"


def test_the_fast_answer_has_the_security_headers(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": COUNT}, headers=SRJ)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in response.headers["Vary"]


@given(st.text() | st.text("aZ09%+\\xé\n"))
@example("%")
@example("%4")
@example("%zz%x41%%41")
@example("\\x41%C3")
def test_what_a_url_holds_is_decoded_as_by_the_library(text: str) -> None:
    for written in (text, quote(text), quote_plus(text), quote(text)[:-1]):
        assert decoded(written) == unquote_plus(written)


def test_no_two_answers_have_the_same_number(client: FlaskClient) -> None:
    numbers = [client.get("/sparql", query_string={"query": COUNT}).headers["X-Request-Id"] for _ in range(3)]
    assert len({*numbers}) == 3


def test_queries_are_counted_though_noted_first(client: FlaskClient) -> None:
    counted = 'kgbuild_requests_total{method="GET",route="/sparql",status="200"}'

    def count() -> float:
        found = [line for line in client.get("/metrics").text.splitlines() if line.startswith(counted)]
        return float(found[0].split()[-1]) if found else 0.0

    before = count()
    for _ in range(3):
        client.get("/sparql", query_string={"query": COUNT, "format": "csv"})
    assert count() == before + 3


def test_what_is_noted_is_counted_before_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.metrics.MOST_NOTED", 3)
    metrics = Metrics()
    for _ in range(7):
        metrics.query(0.001)
    name, labels = "kgbuild_requests_total", {"route": "/sparql", "method": "GET", "status": "200"}
    assert metrics.registry.get_sample_value(name, labels) == 6


def test_a_limit_of_thousands_of_digits_is_a_limit(client: FlaskClient) -> None:
    text = f"SELECT ?s ?p {{ ?s ?p ?o OPTIONAL {{ ?s ?q ?r }} }} ORDER BY ?s LIMIT {'9' * 5000}"
    response = client.get("/sparql", query_string={"query": text, "format": "csv"})
    assert response.data.startswith(b"s,p")
    assert response.headers["X-Row-Limit"] == "1000000"
