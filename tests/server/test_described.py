"""What pages tell machines beside what they show: links, tags, schema.org, sitemaps; and long things page by page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from kgbuild.config import ServerConfig
from server.app import close, create_app
from tests.server.generated import make_generated

BASE = "https://w3id.org/cko/id/"
ENGLISH = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A country that more incidents name than one page holds."""
    app = create_app(ServerConfig(store=str(make_generated(tmp_path_factory.mktemp("many") / "store", 250))))
    yield app.test_client()
    close(app)


def described(client: FlaskClient, path: str) -> dict[str, object]:
    page = client.get(path, headers=ENGLISH).text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    document: dict[str, object] = json.loads(found[1])
    assert document["@context"] == "https://schema.org"
    return document


@pytest.mark.parametrize("path", ["/incident/a1", "/entity/raqqa", "/document/d1", "/report/a1", "/graph/d1"])
def test_pages_and_data_link_to_the_thing_and_to_each_other(client: FlaskClient, path: str) -> None:
    for extension in ("html", "ttl", "jsonld"):
        link = client.get(f"{path}.{extension}").headers["Link"]
        assert f'<{BASE}{path[1:]}>; rel="describes"' in link
        assert f'<http://localhost{path}.{extension}>; rel="canonical"' in link
        assert f'<{path}.rdf>; rel="alternate"; type="application/rdf+xml"' in link
    assert f'<{path}.ttl>; rel="alternate"' in client.get(path).headers["Link"]


@pytest.mark.parametrize("path", ["/incident/a1.html", "/incident/a1.nt", "/graph/d1.trig", "/incidents", "/ontology"])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path, headers=ENGLISH)
    again = client.get(path, headers={**ENGLISH, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Accept-Language" in again.headers["Vary"]


@pytest.mark.parametrize("path", ["/incident/a1.html", "/graph/d1.trig", "/incidents"])
def test_head_says_what_get_says(client: FlaskClient, path: str) -> None:
    got, head = client.get(path, headers=ENGLISH), client.head(path, headers=ENGLISH)
    differing = ("X-Request-Id", "Content-Length")  # the client for tests strips the length with the body
    shown = [{name: value for name, value in r.headers if name not in differing} for r in (got, head)]
    assert (shown[0], head.data) == (shown[1], b"")
    again = client.head(path, headers={**ENGLISH, "If-None-Match": got.headers["ETag"]})
    assert again.status_code == 304


def test_a_page_names_its_own_address_and_its_languages(client: FlaskClient) -> None:
    page = client.get("/incidents?type=AirStrike&lang=ar", headers=ENGLISH).text
    assert '<link rel="canonical" href="http://localhost/incidents?type=AirStrike">' in page
    assert 'hreflang="en" href="http://localhost/incidents?type=AirStrike&amp;lang=en"' in page


def test_schema_org_tells_of_incidents_places_actors_and_articles(client: FlaskClient) -> None:
    incident = described(client, "/incident/a1.html")
    assert (incident["@type"], incident["@id"], incident["startDate"]) == ("Event", f"{BASE}incident/a1", "2017-06-08")
    place = described(client, "/entity/raqqa.html")
    assert place["geo"] == {"@type": "GeoCoordinates", "longitude": 39.0136, "latitude": 35.9506}
    assert "الرقّة" in str(place["alternateName"])
    assert described(client, "/entity/coalition.html")["sameAs"] == ["http://www.wikidata.org/entity/Q18217138"]
    article = described(client, "/document/d1.html")
    assert (article["@type"], article["datePublished"], article["inLanguage"]) == ("NewsArticle", "2017-06-09", "ar")
    assert described(client, "/")["@type"] == "WebSite"


def test_no_text_ends_the_description_early() -> None:
    from server.structured import embedded

    assert "</script>" not in embedded({"name": "</script><script>alert(1)</script>"})


def test_the_statements_of_anything_are_had_as_a_page(client: FlaskClient) -> None:
    page = client.get("/incident/a1.html?view=statements", headers=ENGLISH).text
    assert 'href="/ontology#killedMin"' in page
    assert "What points here" in page


def test_long_lists_of_statements_come_page_by_page(many: FlaskClient) -> None:
    seen, number = set[str](), 1
    while True:
        page = many.get(f"/entity/p0.html?view=statements&page={number}", headers=ENGLISH).text
        new = set(re.findall(r'href="/(?:incident|report)/(\w+)"', page))
        assert not new & seen
        seen |= new
        if 'rel="next"' not in page:
            break
        number += 1
    data = many.get("/entity/p0.nt").text
    assert seen == set(re.findall(r"<https://w3id.org/cko/id/(?:incident|report)/(\w+)>", data))


def test_data_with_more_incoming_statements_than_a_page_says_where_the_rest_is(many: FlaskClient) -> None:
    assert 'rel="next"' not in many.get("/entity/p0.ttl").headers["Link"]
    assert '<?page=1>; rel="prev"' in many.get("/entity/p0.ttl?page=2").headers["Link"]


def test_the_sitemap_lists_everything_there_is(client: FlaskClient) -> None:
    index = ElementTree.fromstring(client.get("/sitemap.xml").data)
    (file,) = (element.text or "" for element in index.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"))
    listed = ElementTree.fromstring(client.get(file.removeprefix("http://localhost")).data)
    pages = [element.text or "" for element in listed.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert "http://localhost/incident/a1.html" in pages
    assert all(client.get(page.removeprefix("http://localhost"), headers=ENGLISH).status_code == 200 for page in pages)
    assert client.get("/sitemap-2.xml").status_code == 404
    assert f"Sitemap: {'http://localhost'}/sitemap.xml" in client.get("/robots.txt").text


def test_browsers_learn_to_search_here(client: FlaskClient) -> None:
    document = ElementTree.fromstring(client.get("/opensearch.xml").data)
    urls = {e.get("type"): e.get("template") for e in document.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")}
    assert urls["text/html"] == "http://localhost/search?q={searchTerms}"
    assert "/suggest?q=" in (urls["application/x-suggestions+json"] or "")


@pytest.mark.parametrize("name", ["AirStrike", "killedMin", "within", "Contested"])
def test_every_term_can_be_looked_up(client: FlaskClient, name: str) -> None:
    assert client.get(f"/ontology/{name}", headers={"Accept": "text/turtle"}).location == f"/ontology/{name}.ttl"
    assert client.get(f"/ontology/{name}", headers=ENGLISH).location == f"/ontology/{name}.html"
    assert f"cko:{name}" in client.get(f"/ontology/{name}.html", headers=ENGLISH).text
    assert f"cko:{name} " in client.get(f"/ontology/{name}.ttl").text
    assert client.get("/ontology/Nothing").status_code == 404


def test_a_term_is_told_in_the_language_that_was_asked_for(client: FlaskClient) -> None:
    answer = client.get("/ontology/AirStrike?lang=ar", headers={"Accept": "text/html"})
    assert answer.location == "/ontology/AirStrike.html?lang=ar"
    page = client.get(answer.location).text
    assert "صنف فرعي من" in page  # what RDF Schema says in English
    assert "ضربة جوية/بطائرة مسيّرة" in page
    assert "أنواع الحوادث في ACLED" in page


def test_data_of_another_base_is_served_here(tmp_path_factory: pytest.TempPathFactory) -> None:
    from pathlib import Path

    from kgbuild.store import open_store

    folder = tmp_path_factory.mktemp("other")
    text = (Path(__file__).parent / "fixtures" / "small.trig").read_text(encoding="utf-8")
    (folder / "other.trig").write_text(text.replace(BASE, "https://war.example/kg/"), encoding="utf-8")
    with open_store(folder / "store", base="https://war.example/kg/") as store:
        store.database.load(path=str(folder / "other.trig"))
        store.publish()
    app = create_app(ServerConfig(store=str(folder / "store"), base="https://war.example/kg/"))
    try:
        client = app.test_client()
        assert client.get("/incident/a2").location == "/incident/a1"
        assert client.get("/incident/a1", headers={"Accept": "text/turtle"}).location == "/incident/a1.ttl"
        assert "<https://war.example/kg/incident/a1>" in client.get("/incident/a1.nt").text
        assert "/entity/raqqa" in client.get("/incident/a1.html", headers=ENGLISH).text
        assert client.get("/reconcile").get_json()["identifierSpace"] == "https://war.example/kg/entity/"
    finally:
        close(app)
