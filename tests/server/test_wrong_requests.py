"""What is wrong with a request is said in the reader's language, with the status that fits, and with what to do."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from server.language import LANGUAGES
from server.routes.sparql import LONGEST_QUERY

WRONG = (
    ("GET", "/nothing", 404, ("/nothing", "Search", "البحث")),
    ("GET", "/incident/nothing", 404, ("incident/nothing", "Search", "البحث")),
    ("GET", "/entity/isis.pdf", 404, ("isis.pdf", "Search", "البحث")),
    ("GET", "/ontology/Nothing", 404, ("Nothing", "/ontology", "/ontology")),
    ("GET", "/ontology.pdf", 404, ("pdf", "ttl", "ttl")),
    ("GET", "/queries/nothing", 404, ("nothing", "/queries", "/queries")),
    ("GET", "/queries/incidents-by-month?from=yesterday", 400, ("yesterday", "2017-06-01", "2017-06-01")),
    ("GET", "/queries/incidents-by-month?nonsense=1", 400, ("nonsense", "from, to", "from, to")),
    ("GET", "/queries/incidents-in-box?west=abc", 400, ("abc", "38.5", "38.5")),
    ("GET", "/queries/incidents-by-month?format=pdf", 406, ("pdf", "csv", "csv")),
    ("GET", "/incidents?since=yesterday", 400, ("yesterday", "2017-06-08", "2017-06-08")),
    ("GET", "/timeline?until=2017-13-45", 400, ("2017-13-45", "2017-06-08", "2017-06-08")),
    ("GET", "/incidents?type=Nonsense", 400, ("Nonsense", "AirStrike", "AirStrike")),
    ("GET", "/incidents?status=Nonsense", 400, ("Nonsense", "Contested", "Contested")),
    ("GET", "/incidents?certainty=perhaps", 400, ("perhaps", "alleged", "alleged")),
    ("GET", "/incidents?killed=many", 400, ("many", "whole number", "عدداً صحيحاً")),
    ("GET", "/incidents.pdf", 404, ("pdf", "geojson", "geojson")),
    ("GET", "/map?box=1,2,3", 400, ("1,2,3", "38,35,40,37", "38,35,40,37")),
    ("GET", "/map/clusters?view=38,35,40,37&cell=nan", 400, ("view", "cell=0.5", "cell=0.5")),
    ("GET", "/map/clusters", 400, ("view", "cell=0.5", "cell=0.5")),
    ("GET", "/network?thing=nothing", 404, ("nothing", "Search", "البحث")),
    ("GET", "/dumps/nothing.zip", 404, ("nothing.zip", "/dumps/", "/dumps/")),
    ("GET", "/sparql?query=SELEC", 400, ("1", "not known", "غير معروفة")),
    ("GET", f"/sparql?query={quote('SELECT * { ?s ?p ?o')}", 400, ("}", "missing", "ينقص")),
    ("GET", f"/sparql?query={quote('ASK { ?s a foo:Bar }')}", 400, ("19", "PREFIX name:", "PREFIX name:")),
    ("GET", f"/sparql?query={quote('DELETE WHERE { ?s ?p ?o }')}", 400, ("/update", "token", "الرمز")),
    ("GET", "/reconcile?extend=%7B%22ids%22%3A3%7D", 400, ("ids", "is a list", "قائمة")),
    ("GET", f"/sitemap-{10**30}.xml", 404, ("/sitemap", "Search", "البحث")),
    ("GET", "/sparql?query=ASK%20%7B%7D&format=pdf", 406, ("pdf", "srx", "srx")),
    ("POST", "/incidents", 405, ("POST", "GET", "GET")),
    ("GET", "/update", 405, ("/update", "POST", "POST")),
    ("GET", "/reconcile?queries=%7B", 400, ("JSON", "line 1", "line 1")),
    ("GET", "/reconcile/preview?id=nothing", 404, ("nothing", "suggest", "suggest")),
    ("GET", f"/search?q={'a' * 201}", 400, ("200", "too long", "طويل")),
)
"""Method, address, status; then what is wrong, and the remedy in English and in Arabic."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("method", "path", "status", "words"), WRONG, ids=[f"{m} {p[:50]}" for m, p, *_ in WRONG])
def test_a_page_says_what_and_where_and_what_to_do(
    client: FlaskClient, language: str, method: str, path: str, status: int, words: tuple[str, str, str]
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": language}
    answer = client.open(path, method=method, headers=headers)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    (said,) = re.findall(r'<section class="panel problem">(.*?)</section>', answer.text, re.DOTALL)
    what, in_english, in_arabic = words
    assert what in said
    assert (in_english if language == "en" else in_arabic) in said
    assert bool(re.search("[ء-ي]{3}", re.search(r'<p dir="auto">(.*?)</p>', said)[1])) == (language == "ar")  # type: ignore[index]


def test_programs_are_told_the_same(client: FlaskClient) -> None:
    answer = client.get("/incidents?since=yesterday", headers={"Accept": "application/json"})
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json(force=True)["detail"] == "since: yesterday is no date. Write it like 2017-06-08."
    answer = client.get("/incidents?since=yesterday", headers={"Accept": "text/plain"})
    assert answer.text.splitlines()[1] == "since: yesterday is no date. Write it like 2017-06-08."


def test_days_in_the_wrong_order_are_pointed_out(client: FlaskClient) -> None:
    for path in ("/incidents", "/map", "/timeline"):
        page = client.get(f"{path}?since=2017-06-30&until=2017-06-01", headers={"Accept": "text/html"})
        assert "Exchange them" in page.text
        assert "Exchange them" not in client.get(f"{path}?since=2017-06-30", headers={"Accept": "text/html"}).text


def test_past_the_last_page_is_the_last_page(client: FlaskClient) -> None:
    html = {"Accept": "text/html"}
    for path, shown in (("/incidents", r"<tr class.*"), ("/entity/isis.html", r'<ol class="cards">.*')):
        first, late = (client.get(f"{path}?page={page}", headers=html).text for page in (1, 99_999))
        assert re.findall(shown, first) == re.findall(shown, late) != []


@pytest.mark.parametrize(("language", "word"), [("en", "million characters"), ("ar", "ملايين حرف")])
def test_a_query_may_not_be_endless(client: FlaskClient, language: str, word: str) -> None:
    text = f"ASK {{}} #{'x' * LONGEST_QUERY}"
    answer = client.post("/sparql", data={"query": text}, headers={"Accept-Language": language})
    assert answer.status_code == 413
    assert word in answer.get_data(as_text=True)
