"""The Reconciliation Service API 0.2; `reconciliation_shapes.json` puts the rules of its schemas in our own words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

SHAPES = json.loads((Path(__file__).parent / "reconciliation_shapes.json").read_text(encoding="utf-8"))


def conforms(document: Any, shape: str) -> Any:
    jsonschema.Draft202012Validator(SHAPES[shape]).validate(document)
    return document


def ask(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    response = client.post("/reconcile", data={"queries": json.dumps({"q0": query})})
    assert response.status_code == 200
    found: list[dict[str, Any]] = conforms(response.json, "results")["q0"]["result"]
    return found


def extended(client: FlaskClient, *names: str) -> dict[str, Any]:
    asked = {"ids": ["raqqa"], "properties": [{"id": name} for name in names]}
    document = conforms(client.post("/reconcile", data={"extend": json.dumps(asked)}).json, "extension")
    row: dict[str, Any] = document["rows"]["raqqa"]
    return row


def test_the_manifest_names_what_there_is_and_every_address_in_it_answers(client: FlaskClient) -> None:
    document = conforms(client.get("/reconcile").json, "manifest")
    root = "http://localhost"
    assert document["view"]["url"] == f"{root}/entity/{{{{id}}}}"
    for service in document["suggest"].values():
        address = service["service_url"] + service["service_path"]
        assert client.get(address.removeprefix(root), query_string={"prefix": "a"}).status_code == 200
    preview = document["preview"]["url"].replace("{{id}}", "raqqa")
    assert client.get(preview.removeprefix(root)).status_code == 200


@pytest.mark.parametrize("name", ["Raqqa", "raqqa", "الرقة", "الرقّة", "رقه", "مدينة الرقة", "Raqa"])
def test_names_in_any_spelling_find_the_place_first(client: FlaskClient, name: str) -> None:
    assert ask(client, query=name, type="Place")[0]["id"] == "raqqa"


def test_only_what_is_certain_is_called_a_match(client: FlaskClient) -> None:
    assert ask(client, query="International coalition")[0]["match"] is True
    assert not any(result["match"] for result in ask(client, query="Raqa"))
    assert ask(client, query="nothing like it") == []


def test_types_choose_with_what_is_below_them(client: FlaskClient) -> None:
    assert {r["id"] for r in ask(client, query="raqqa", type="Place")} == {"raqqa", "raqqa-governorate"}
    assert {r["id"] for r in ask(client, query="raqqa", type="https://w3id.org/cko#Governorate")} == {
        "raqqa-governorate"
    }
    assert ask(client, query="raqqa", type=["Governorate"], type_strict="should")[0]["id"] == "raqqa"


def test_properties_decide_between_namesakes(client: FlaskClient) -> None:
    within = [{"pid": "within", "v": {"id": "syria"}}]
    assert ask(client, query="raqqa")[0]["id"] == "raqqa"
    assert ask(client, query="raqqa governorate", properties=within)[0]["id"] == "raqqa-governorate"
    assert ask(client, query="raqqa", properties=[{"pid": "wikidata", "v": "Q184345"}])[0]["score"] == 100


def test_values_are_fetched(client: FlaskClient) -> None:
    row = extended(
        client, "wikidata", "latitude", "within", "incidents", "first_incident", "label_ar", "partOf", "nonsense"
    )
    assert row["wikidata"] == [{"str": "Q184345"}]
    assert row["latitude"] == [{"float": 35.9506}]
    assert row["within"] == [{"id": "raqqa-governorate", "name": "Raqqa Governorate"}]
    assert row["incidents"] == [{"int": 1}]
    assert row["first_incident"] == [{"date": "2017-06-08T00:00:00Z"}]
    assert row["label_ar"] == [{"str": "الرقة"}]
    assert row["partOf"] == row["nonsense"] == []


def test_every_property_proposed_can_be_fetched(client: FlaskClient) -> None:
    proposed = client.get("/reconcile/properties?type=City").json["properties"]
    assert len(proposed) > 10
    assert set(extended(client, *(p["id"] for p in proposed))) == {p["id"] for p in proposed}
    assert len(client.get("/reconcile/properties?type=City&limit=3").json["properties"]) == 3


@pytest.mark.parametrize(
    ("kind", "prefix", "expected"),
    [
        ("entity", "raq", "raqqa"),
        ("entity", "الرق", "raqqa"),
        ("type", "vill", "Village"),
        ("property", "wikid", "wikidata"),
    ],
)
def test_suggestions(client: FlaskClient, kind: str, prefix: str, expected: str) -> None:
    document = client.get(f"/reconcile/suggest/{kind}", query_string={"prefix": prefix}).json
    assert expected in {item["id"] for item in conforms(document, "suggestions")["result"]}
    flyout = client.get(f"/reconcile/flyout/{kind}", query_string={"id": expected}).json
    assert flyout["id"] == expected
    assert "<h1>" in flyout["html"]


def test_a_preview_can_be_framed_and_nothing_else_can(client: FlaskClient) -> None:
    preview = client.get("/reconcile/preview?id=raqqa")
    assert "frame-ancestors *" in preview.headers["Content-Security-Policy"]
    assert "Q184345" in preview.text
    assert "frame-ancestors 'none'" in client.get("/entity/raqqa.html").headers["Content-Security-Policy"]
    assert client.get("/reconcile/preview?id=nobody").status_code == 404


def test_clients_of_other_hosts_may_ask_and_old_ones_by_script(client: FlaskClient) -> None:
    assert client.get("/reconcile").headers["Access-Control-Allow-Origin"] == "*"
    script = client.get("/reconcile?callback=jsonp_1")
    assert script.mimetype == "text/javascript"
    assert script.text.startswith("/**/jsonp_1({")
    assert client.get("/reconcile?callback=alert(1)").status_code == 400


@pytest.mark.parametrize(
    "data",
    [
        {"queries": "{"},
        {"queries": "[]"},
        {"queries": '{"q": 1}'},
        {"queries": '{"q": {}}'},
        {"queries": '{"q": {"query": "a", "properties": [{"pid": "x"}]}}'},
        {"queries": '{"q": {"query": "a", "properties": 3}}'},
        {"queries": '{"q": {"query": "a", "type": 3}}'},
        {"extend": "[]"},
        {"extend": '{"ids": 3}'},
        {"extend": '{"ids": ["raqqa"], "properties": "class"}'},
    ],
)
def test_what_is_no_query_is_refused(client: FlaskClient, data: dict[str, str]) -> None:
    assert client.post("/reconcile", data=data).status_code == 400


def test_a_limit_that_is_none_limits_nothing(client: FlaskClient) -> None:
    for limit in ("1e999", '"many"', "-1", "null"):
        answer = client.get("/reconcile", query_string={"queries": f'{{"q": {{"query": "raqqa", "limit": {limit}}}}}'})
        assert answer.json["q"]["result"]  # type: ignore[index]
        setting = f'{{"id": "class", "settings": {{"limit": {limit}}}}}, {{"id": "class", "settings": [{limit}]}}'
        answer = client.get("/reconcile", query_string={"extend": f'{{"ids": ["raqqa"], "properties": [{setting}]}}'})
        assert answer.json["rows"]["raqqa"]["class"]  # type: ignore[index]
    assert client.get(f"/reconcile/suggest/entity?prefix=r&cursor={10**30}").json == {"result": []}


def test_an_empty_cell_of_a_table_keeps_no_answer_from_the_others(client: FlaskClient) -> None:
    batch = json.dumps({"q0": {"query": ""}, "q1": {"query": "Raqqa"}})
    found = conforms(client.post("/reconcile", data={"queries": batch}).json, "results")
    assert (found["q0"]["result"], found["q1"]["result"][0]["id"]) == ([], "raqqa")


def test_batches_are_bounded(client: FlaskClient) -> None:
    many = {f"q{i}": {"query": "raqqa"} for i in range(201)}
    assert client.post("/reconcile", data={"queries": json.dumps(many)}).status_code == 413
