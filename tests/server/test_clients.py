"""Programs of others that speak SPARQL: SPARQLWrapper, rdflib's SPARQLStore, curl."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from tests.server.conftest import make_store
from tests.server.test_run import running

SPARQLWrapper = pytest.importorskip("SPARQLWrapper")

pytestmark = pytest.mark.server

CKO = "https://w3id.org/cko#"
INCIDENT = URIRef("https://w3id.org/cko/id/incident/a1")


@pytest.fixture(scope="module")
def server(small_store: Path) -> Iterator[str]:
    with running(small_store, replica_memory=0) as (_, port):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_rows_and_graphs(server: str, method: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{server}/sparql")
    client.setMethod(method)
    client.setReturnFormat(SPARQLWrapper.JSON)
    client.setQuery(f"SELECT ?i {{ ?i a <{CKO}Incident> }} ORDER BY ?i")
    found = [row["i"]["value"] for row in client.queryAndConvert()["results"]["bindings"]]
    assert str(INCIDENT) in found
    client.setReturnFormat(SPARQLWrapper.XML)
    client.setQuery("ASK {}")
    assert "<boolean>true</boolean>" in client.queryAndConvert().toxml()
    client.setReturnFormat(SPARQLWrapper.TURTLE)
    client.setQuery(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{INCIDENT}>) }}")
    assert len(Graph().parse(client.queryAndConvert(), format="turtle")) > 3


def test_sparqlwrapper_hears_what_is_wrong(server: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{server}/sparql")
    client.setQuery("SELECT * {")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="line 1"):
        client.query()


def test_rdflib_reads_it_as_a_graph(server: str) -> None:
    graph = Graph(SPARQLStore(f"{server}/sparql", returnFormat="json"))
    killed = graph.value(INCIDENT, URIRef(f"{CKO}killedMin"))
    assert isinstance(killed, Literal)
    assert killed.value == 14
    assert len(list(graph.query(f"SELECT ?i {{ ?i a <{CKO}Incident> }}"))) >= 2


def test_rdflib_writes_with_the_token(tmp_path: Path) -> None:
    with running(make_store(tmp_path / "store", None), token="secret", replica_memory=0) as (_, port):
        url = f"http://127.0.0.1:{port}"
        store = SPARQLUpdateStore(f"{url}/sparql", f"{url}/update", headers={"Authorization": "Bearer secret"})
        graph = Dataset(store).graph(URIRef("http://e/g"))
        graph.add((URIRef("http://e/s"), URIRef("http://e/p"), Literal("نص", lang="ar")))
        assert [str(o) for o in graph.objects()] == ["نص"]


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl_asks_in_every_way(server: str, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text(f"ASK {{ ?i a <{CKO}Incident> }}")
    text = query.read_text()
    for arguments in (
        ["-G", "--data-urlencode", f"query={text}"],
        ["--data-urlencode", f"query={text}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", f"@{query}"],
        ["-F", f"query={text}"],
    ):
        command = ["curl", "-sS", "-H", "Accept: text/csv", *arguments, f"{server}/sparql"]
        assert subprocess.check_output(command, timeout=30) == b"true"
    head = subprocess.check_output(["curl", "-sSI", f"{server}/sparql?format=csv&query=ASK%7B%7D"], timeout=30)
    assert head.startswith(b"HTTP/1.1 200")
