"""A client that knows nothing of us walks from the home page: whatever it meets can be looked up in every format."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from email.message import Message
from urllib.parse import urljoin, urlsplit

import pytest
from rdflib import Dataset, Graph, URIRef

from tests.server.generated import BASE, make_generated
from tests.server.test_run import running

pytestmark = [pytest.mark.server, pytest.mark.slow]

WANTED = 500
FORMATS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
    "application/trig": "trig",
}
KINDS = ("incident", "entity", "report", "document", "graph", "run")
THING = re.compile(rf'href="(/(?:{"|".join(KINDS)})/[^"?#.]+)["#]')


class NoFollowing(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


OPENER = urllib.request.build_opener(NoFollowing)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The data's IRIs are not this server's addresses."""
    with running(make_generated(tmp_path_factory.mktemp("crawl") / "store", 150)) as (_, port):
        yield f"http://127.0.0.1:{port}"


def get(url: str, accept: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(url, headers={"Accept": accept, "Accept-Language": "en"})
    try:
        with OPENER.open(request, timeout=30) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read()


def looked_up(url: str, accept: str) -> tuple[str, bytes]:
    """Follow the one 303 of a thing; the media type and what came."""
    status, headers, _ = get(url, accept)
    assert (status, "Accept" in headers["Vary"]) == (303, True), url
    status, headers, body = get(urljoin(url, headers["Location"]), "*/*")
    assert status == 200, url
    assert 'rel="describes"' in headers["Link"]
    assert headers["ETag"]
    return headers["Content-Type"].partition(";")[0], body


def triples(body: bytes, form: str) -> set[tuple[object, ...]]:
    if form != "trig":
        return set(Graph().parse(data=body, format=form))
    return {(s, p, o) for s, p, o, _ in Dataset().parse(data=body, format="trig").quads()}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib warns of what it uses itself
def test_whatever_the_home_page_leads_to_can_be_looked_up_in_every_format_with_the_same_statements(site: str) -> None:
    waiting, met = deque(sorted(set(THING.findall(get(f"{site}/", "text/html")[2].decode())))), set[str]()
    while waiting and len(met) < WANTED:
        path = waiting.popleft()
        if path in met:
            continue
        met.add(path)
        kind, page = looked_up(site + path, "text/html,application/xhtml+xml;q=0.9")
        assert kind == "text/html"
        waiting.extend(sorted(set(THING.findall(page.decode())) - met))
        found = []
        for accept, form in FORMATS.items():
            kind, body = looked_up(site + path, accept)
            assert kind == accept
            found.append(triples(body, form))
        assert found[0], path
        assert all(other == found[0] for other in found), path
        if not path.startswith("/graph/"):
            assert any(URIRef(BASE + path[1:]) in (s, o) for s, _, o in found[0]), path
    assert len(met) == WANTED
    assert {urlsplit(path).path.split("/")[1] for path in met} >= {"incident", "entity", "report", "document", "graph"}
