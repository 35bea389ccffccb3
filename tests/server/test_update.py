from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from kgbuild.store import open_snapshot, open_store

TOKEN = {"Authorization": "Bearer secret"}
ONE = "INSERT DATA { <http://e/s> <http://e/p> 1 }"


def count(client: FlaskClient) -> int:
    text = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    rows = client.get("/sparql", query_string={"query": text, "format": "csv"}).text
    return int(rows.splitlines()[1])


def test_what_is_written_is_seen_at_once(writable: FlaskClient) -> None:
    response = writable.post("/update", data={"update": ONE}, headers=TOKEN)
    assert response.status_code == 204
    assert count(writable) == 1


def test_a_wrong_token_is_refused(writable: FlaskClient) -> None:
    response = writable.post("/update", data={"update": ONE}, headers={"Authorization": "Bearer other"})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert count(writable) == 0


def test_a_failed_update_changes_nothing(writable: FlaskClient) -> None:
    text = f"{ONE} ; DROP GRAPH <http://e/none>"
    assert writable.post("/update", data={"update": text}, headers=TOKEN).status_code == 409
    assert count(writable) == 0


def test_loading_is_forbidden_even_with_the_token(writable: FlaskClient) -> None:
    text = f"{ONE} ; LOAD <http://127.0.0.1:9/x>"
    assert writable.post("/update", data={"update": text}, headers=TOKEN).status_code == 403
    assert count(writable) == 0


def test_get_is_not_allowed(writable: FlaskClient) -> None:
    response = writable.get("/update", query_string={"update": ONE}, headers=TOKEN)
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_a_build_that_holds_the_lock_makes_updates_wait(writable: FlaskClient) -> None:
    folder = Path(writable.application.extensions["engine"].config.store)
    with open_store(folder):
        response = writable.post("/update", data={"update": ONE}, headers=TOKEN)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0


def test_updates_are_published_for_other_readers(writable: FlaskClient) -> None:
    writable.post("/update", data={"update": ONE}, headers=TOKEN)
    with open_snapshot(writable.application.extensions["engine"].config.store) as snapshot:
        assert len(list(snapshot.quads())) == 1


def test_a_graph_is_put_read_and_deleted(writable: FlaskClient) -> None:
    url, turtle = "/store?graph=http://e/g", '<http://e/s> <http://e/p> "قصف"@ar .'
    missing = writable.get(url, headers=TOKEN)
    assert (missing.status_code, missing.get_json(force=True)["detail"][:17]) == (404, "There is no graph")
    assert writable.put(url, data=turtle, content_type="text/turtle", headers=TOKEN).status_code == 201
    assert writable.put(url, data=turtle, content_type="text/turtle", headers=TOKEN).status_code == 204
    assert "قصف" in writable.get(url, headers={**TOKEN, "Accept": "text/turtle"}).text
    assert writable.delete(url, headers=TOKEN).status_code == 204
    assert writable.delete(url, headers=TOKEN).status_code == 404


def test_a_malformed_graph_replaces_nothing(writable: FlaskClient) -> None:
    url = "/store?graph=http://e/g"
    writable.put(url, data="<http://e/s> <http://e/p> 1 .", content_type="text/turtle", headers=TOKEN)
    broken = writable.put(url, data="<http://e/s> <http://e/p> .", content_type="text/turtle", headers=TOKEN)
    assert broken.status_code == 400
    assert count(writable) == 1
