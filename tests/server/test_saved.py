from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kgbuild.saved_queries import load_all
from server.engine.pool import Answer
from server.engine.tasks import Task
from server.graph import Text
from server.pages.links import Link
from server.pages.saved import warm
from server.pages.table import Table, told


@pytest.mark.parametrize("name", list(load_all()))
def test_every_saved_query_has_a_page_that_answers(client: FlaskClient, name: str) -> None:
    response = client.get(f"/queries/{name}", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "<form" in response.text or not load_all()[name].parameters


def test_a_parameter_narrows_the_answer(client: FlaskClient) -> None:
    arguments = {"actor": "https://w3id.org/cko/id/entity/coalition", "lang": "en", "format": "csv"}
    answer = client.get("/queries/who-struck-what", query_string=arguments).text
    assert "Air strike in Raqqa" in answer
    assert "Mine explosion" not in answer


def test_a_value_of_the_wrong_type_is_a_bad_request(client: FlaskClient) -> None:
    arguments = {"from": "yesterday", "format": "csv"}
    assert client.get("/queries/who-struck-what", query_string=arguments).status_code == 400


def test_an_unknown_parameter_or_query_is_told(client: FlaskClient) -> None:
    assert client.get("/queries/who-struck-what?nonsense=1&format=csv").status_code == 400
    assert client.get("/queries/nonsense").status_code == 404


def test_a_query_with_points_shows_a_map(client: FlaskClient) -> None:
    box = {"west": "36", "east": "42", "north": "38", "south": "34"}
    page = client.get("/queries/incidents-in-box", query_string=box, headers={"Accept": "text/html"}).text
    assert '<svg class="map"' in page
    assert page.count("<title>") > 2


def test_a_page_that_was_asked_for_beforehand_waits_for_no_query(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, asked = app.extensions["engine"], []

    def read(task: Task) -> Answer:
        asked.append(task)
        return answer(task)

    warm(engine, app.extensions["catalogue"].tables)
    answer = engine.read
    monkeypatch.setattr(engine, "read", read)
    for name in load_all():
        assert client.get(f"/queries/{name}?lang=ar", headers={"Accept": "text/html"}).status_code == 200
    assert asked == []
    client.get("/queries/who-struck-what?lang=en&from=2017-01-01", headers={"Accept": "text/html"})
    assert len(asked) > 0


def test_an_answer_is_told_in_the_readers_words(client: FlaskClient) -> None:
    page = client.get("/queries/incidents-by-class?lang=ar", headers={"Accept": "text/html"}).text
    assert "غارة جوية" in page
    assert ">عدد الحوادث</th>" in page
    assert "<bdi>AirStrike</bdi>" not in page
    assert "AirStrike" in client.get("/queries/incidents-by-class?format=csv").text


def test_a_column_that_only_repeats_the_names_of_links_is_left_out() -> None:
    link = Link("/entity/a", Text("Raqqa", "en"))
    rows = [{"at": link, "atName": Text("Raqqa", "en"), "status": Text("Contested", None)}, {"at": link}]
    table = told(Table(["at", "atName", "status"], rows), "ar")
    assert table.columns == ["at", "status"]
    assert table.rows[0]["status"] == Text("متنازع عليها", "ar")
