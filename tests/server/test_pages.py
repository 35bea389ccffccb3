"""What the pages say; how they look is for the browser's tests."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

import kgbuild
from kgbuild.reference import codes, terms
from server.formats import GRAPHS

ENGLISH, ARABIC = {"Accept-Language": "en"}, {"Accept-Language": "ar"}


def test_an_incident_shows_what_every_source_says(client: FlaskClient) -> None:
    page = client.get("/incident/a1.html", headers=ENGLISH).text
    for words in (
        "Air strike in Raqqa",
        "8 June 2017",
        "International coalition",
        "14–30",
        "≥ 14",
        "21–30",
        "Contested",
    ):
        assert words in page


def test_an_incident_quotes_the_sentences_and_links_them_to_the_article(client: FlaskClient) -> None:
    page = client.get("/incident/a1.html", headers=ENGLISH).text
    assert 'href="/document/d1#char=40,132"' in page
    assert "Between 21 and 30 people died" in page
    assert "according to" in page


def test_an_incident_has_a_map_with_the_precision_as_a_circle(client: FlaskClient) -> None:
    page = client.get("/incident/a1.html", headers=ENGLISH).text
    assert '<circle class="area c-AirStrike"' in page
    assert "known to the precision of a city" in page


def test_arabic_readers_get_arabic(client: FlaskClient) -> None:
    page = client.get("/incident/a1.html", headers=ARABIC).text
    for words in ("غارة جوية في الرقة", "8 حزيران 2017", "الفاعل", "التحالف الدولي", "متنازع عليه"):
        assert words in page


def test_the_switch_is_remembered(client: FlaskClient) -> None:
    client.get("/?lang=ar", headers=ENGLISH)
    assert 'lang="ar"' in client.get("/", headers=ENGLISH).text


def test_the_home_page_lists_the_newest_incidents_first(client: FlaskClient) -> None:
    page = client.get("/", headers=ENGLISH).text
    assert page.index("Mine explosion in Deir ez-Zor") < page.index("Air strike in Raqqa, 8 June 2017</bdi>")
    assert "<b>2</b> <span>incidents</span>" in page


def test_a_place_lists_what_happened_in_it_and_within_it(client: FlaskClient) -> None:
    for place in ("raqqa", "raqqa-governorate", "syria"):
        assert "/incident/a1" in client.get(f"/entity/{place}.html", headers=ENGLISH).text
    assert "/incident/b1" not in client.get("/entity/raqqa-governorate.html", headers=ENGLISH).text


def test_an_actor_shows_its_other_names_and_its_relations(client: FlaskClient) -> None:
    page = client.get("/entity/isis.html", headers=ENGLISH).text
    assert "داعش" in page
    assert "/entity/coalition" in page


def test_a_document_shows_what_was_read_out_of_it(client: FlaskClient) -> None:
    page = client.get("/document/d1.html", headers=ENGLISH).text
    assert 'id="char=40,132"' in page
    assert "Example Wire" in page
    assert 'href="https://wire.example/1"' in page


@pytest.mark.parametrize("text", ["raqqa", "RAQQA", "رقة", "الرقّة", "رقه"])
def test_both_scripts_and_all_spellings_find_the_same_place(client: FlaskClient, text: str) -> None:
    found = client.get("/search", query_string={"q": text}, headers={"Accept": "application/json"}).json
    assert found["results"][0]["iri"] == "https://w3id.org/cko/id/entity/raqqa"


def test_suggestions_come_as_opensearch_has_them(client: FlaskClient) -> None:
    document = json.loads(client.get("/suggest", query_string={"q": "raq"}).data)
    assert document[0] == "raq"
    assert document[1][0] == "Raqqa"
    assert document[3][0] == "/entity/raqqa"


@pytest.mark.parametrize("text", ['"', "' OR 1=1 --", "*", "AND", "a" * 150, "؟"])
def test_no_text_breaks_the_search(client: FlaskClient, text: str) -> None:
    assert client.get("/search", query_string={"q": text}).status_code == 200


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_ontology_s_page_tells_all_of_every_term_in_both_languages(client: FlaskClient, language: str) -> None:
    page = unescape(client.get(f"/ontology?lang={language}", headers={"Accept": "text/html"}).text)
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in page.split("<head>")[0]
    for name, term in terms.terms().items():
        assert page.count(f'id="{name}"') == 1
        assert [text for text in (*term.labels.values(), *term.definitions.values()) if text not in page] == []
    for one in codes.code_lists():
        assert [c.notation for c in one.codes if f'id="{one.name}-{c.notation}"' not in page] == []
    for rules in codes.rules().values():
        assert [rule.code for rule in rules if rule.why[language] not in page] == []


def test_the_codes_of_other_codebooks_lead_to_ours_or_say_that_there_is_none(client: FlaskClient) -> None:
    page = client.get("/ontology?lang=en", headers={"Accept": "text/html"}).text
    rows = dict(re.findall(r'<tr><td><code dir="ltr">([^<]*)</code></td><td>.*?</td><td>(.*?)</td></tr>', page))
    assert "#SuicideBombing" in rows["Suicide bomb"]
    assert rows["Sexual violence"] == "–"


def test_every_link_within_the_ontology_s_page_leads_somewhere(client: FlaskClient) -> None:
    page = client.get("/ontology", headers={"Accept": "text/html"}).text
    places = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) - places == set()


def test_the_ontology_s_page_has_no_word_without_its_translation(client: FlaskClient) -> None:
    page = client.get("/ontology?lang=ar", headers={"Accept": "text/html"}).text
    plain = re.findall(r"<(?:dt|h2|h3|th|summary|small)[^>]*>([^<]*)<", page)
    assert [
        words for words in plain if re.search("[A-Za-z]{3}", words) and not re.search("[\u0621-\u064a]", words)
    ] == []


def test_the_ontology_is_data_and_a_picture(client: FlaskClient) -> None:
    assert client.get("/ontology", headers={"Accept": "text/turtle"}).location == "/ontology.ttl"
    for form in GRAPHS:
        assert client.get(f"/ontology.{form.extension}").status_code == 200
    assert client.get("/ontology.svg").content_type == "image/svg+xml"
    for path, form in (("shapes.ttl", RdfFormat.TURTLE), ("example.trig", RdfFormat.TRIG)):
        Store().load(client.get(f"/ontology/{path}").data, format=form)
    assert client.get("/ontology.pdf").status_code == 404
    assert client.get("/ontology", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/robots.txt", "/.well-known/void"])
def test_machines_find_what_they_look_for(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_the_dataset_tells_when_it_was_built_and_by_what(client: FlaskClient) -> None:
    said = Store()
    said.load(client.get("/.well-known/void").data, format=RdfFormat.TURTLE)
    (row,) = said.query(
        """PREFIX cko: <https://w3id.org/cko#> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?from ?to ?software WHERE { ?data a cko:Dataset, dcat:Dataset ; dcterms:modified ?to ;
            prov:wasGeneratedBy ?build . ?build a cko:Build ; prov:startedAtTime ?from ; prov:endedAtTime ?to ;
            cko:softwareVersion ?software }"""
    )
    assert row["from"].value <= row["to"].value
    assert row["software"].value == f"kgbuild {kgbuild.__version__}"


def test_every_response_has_the_security_headers_and_no_page_has_inline_scripts(client: FlaskClient) -> None:
    for path in ("/", "/incident/a1.html", "/sparql", "/queries", "/nothing"):
        response = client.get(path, headers={"Accept": "text/html"})
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "<script>" not in response.text
        assert " style=" not in response.text
        assert " onclick" not in response.text


def test_links_from_the_data_cannot_run_scripts() -> None:
    from server.templating import _outside

    assert _outside("javascript:alert(1)") == "#"
    assert _outside("https://e.example/x") == "https://e.example/x"
