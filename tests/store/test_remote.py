"""Stores on SPARQL servers: Oxigraph's, Virtuoso, and our own, started here where they are installed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kgbuild.config import RemoteAddress
from kgbuild.errors import QueryError, StoreError
from kgbuild.store import Change, open_reader, open_store
from kgbuild.store.sparql_client import TOKEN_VARIABLE
from tests.command import Command
from tests.server.conftest import make_store
from tests.server.test_run import free_port, get, running, wait_for
from tests.store.servers import ISQL, OXIGRAPH, VIRTUOSO, oxigraph, virtuoso
from tests.telling import article, tells

pytestmark = pytest.mark.server

G, H = "https://w3id.org/cko/id/graph/g", "https://w3id.org/cko/id/graph/h"
S, P = "<http://example.org/s>", "<http://example.org/p>"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
TERMS = [
    '"قتل 3\\n\\"x\\""@ar', '"2017-06-09"^^<http://www.w3.org/2001/XMLSchema#date>', f'"POINT(39.01 35.9506)"^^<{WKT}>',
    '"0.85"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
    '"7"^^<http://www.w3.org/2001/XMLSchema#integer>', "<http://example.org/حلب>", '"a\\u2028b"',
]  # fmt: skip


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso", "kgbuild"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "oxigraph":
        if not OXIGRAPH:
            pytest.skip("oxigraph is not installed")
        with oxigraph() as found:
            yield found
    elif request.param == "virtuoso":
        if not (VIRTUOSO and ISQL):
            pytest.skip("virtuoso is not installed")
        with virtuoso(tmp_path_factory.mktemp("virtuoso")) as found:
            yield found
    else:
        store = make_store(tmp_path_factory.mktemp("kgbuild") / "store", None)
        with running(store, token="secret", replica_memory=0) as (_, port), pytest.MonkeyPatch.context() as patch:
            patch.setenv(TOKEN_VARIABLE, "secret")
            yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("small") / "store")


@pytest.fixture
def address(url: str) -> RemoteAddress:
    """The server, emptied of our graphs."""
    found = RemoteAddress(url=url)
    with open_store(found) as store:
        graphs = list(store.graphs())
        store.apply(Change(replace=dict.fromkeys((*graphs, G, H), "")))
        store.publish()
    return found


def content(address: RemoteAddress) -> set[str]:
    with open_reader(address) as reader:
        return {f"{q.object} {q.graph_name.value[-1]}" for q in reader.quads()}  # type: ignore[union-attr]


def test_what_is_written_is_read(address: RemoteAddress) -> None:
    triples = "\n".join(f"{S} {P} {term} ." for term in TERMS)
    with open_store(address) as store:
        store.apply(Change(insert={G: triples, H: f"{S} {P} 1 ."}))
        assert store.unfinished
        store.publish()
        assert not store.unfinished
        assert sorted(str(q.object) for q in store.quads(graph=NamedNode(G))) == sorted(_canonical(triples))
        assert sorted(store.graphs()) == [G, H]


def _canonical(triples: str) -> list[str]:
    import pyoxigraph

    parsed = pyoxigraph.parse(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return [str(quad.object) for quad in parsed]


def test_a_change_has_its_order(address: RemoteAddress) -> None:
    one, two = f'{S} {P} "1" .', f'{S} {P} "2" .'
    with open_store(address) as store:
        store.apply(Change(insert={G: f"{one}\n{two}", H: one}))
        store.apply(Change(replace={G: two}))
        assert content(address) == {'"2" g', '"1" h'}
        store.apply(Change(delete={G: two}, insert={G: f"{one}\n{two}"}))
        store.apply(Change(replace={H: ""}))
        assert content(address) == {'"1" g', '"2" g'}
        store.apply(Change(delete={G: ""}, insert={G: ""}))


def test_more_triples_than_one_statement_may_have(address: RemoteAddress) -> None:
    with open_store(address) as store:
        store.apply(Change(replace={G: "\n".join(f'{S} {P} "نص طويل {n}"@ar .' for n in range(6000))}))
        assert sum(1 for _ in store.quads(None, None, None, NamedNode(G))) == 6000


def test_queries_see_the_union_and_bind_what_they_are_told(address: RemoteAddress) -> None:
    with open_store(address) as store:
        store.apply(Change(insert={G: f'{S} {P} "1" .\n{S} {P} "2" .'}))
        rows = store.query(
            "SELECT ?o { ?s e:p ?o }", prefixes={"e": "http://example.org/"}, substitutions={"o": Literal("2")}
        )
        assert [row["o"].value for row in rows] == ["2"]  # type: ignore[union-attr,index]
        assert bool(store.query("ASK { ?s ?p '1' }"))
        assert len(list(store.query(f"CONSTRUCT {{ ?s <http://e/q> ?o }} {{ ?s {P} ?o }}"))) == 2  # type: ignore[arg-type]
        with pytest.raises(QueryError):
            store.query("SELECT ?o { ?s ?p")


def test_a_build_is_the_same_as_into_a_folder(address: RemoteAddress, kgbuild: Command, tmp_path: Path) -> None:
    for name, killed in (("a", (14, 14)), ("b", (17, None))):
        found = article(name, tells(killed=killed))
        record = {"id": found.id, "text": found.text, "published": "2017-06-09", "publisher": "W", "language": "en"}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(record) + "\n")
    for store in (address.url, str(tmp_path / "store")):
        assert kgbuild("build", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"), "--store", store).status == 0
        out = str(tmp_path / ("remote" if store == address.url else "folder"))
        assert kgbuild("export", "--store", store, "--format", "nquads", "--out", out).status == 0
    lines = [set((tmp_path / name).read_text().splitlines()) for name in ("remote", "folder")]
    assert lines[0] == lines[1] != set()
    again = kgbuild("build", str(tmp_path / "a.jsonl"), "--store", address.url)
    assert "1 unchanged" in again.err
    counted = kgbuild(
        "query", "SELECT (COUNT(DISTINCT ?i) AS ?n) { ?i a cko:Incident }", "--store", address.url, "--format", "csv"
    )
    assert counted.out.split() == ["n", "1"]
    assert kgbuild("validate", "--store", address.url, "--no-reasoner").status == 0


def test_where_nothing_listens_is_told(kgbuild: Command) -> None:
    told = kgbuild("query", "ASK {}", "--store", f"http://user:secret@127.0.0.1:{free_port()}")
    assert told.status == 2
    assert "no answer (Connection refused); is the server running there?" in told.err
    assert "secret" not in told.err


def test_urls_of_a_server_do_not_go_with_a_folder(kgbuild: Command, tmp_path: Path) -> None:
    told = kgbuild("query", "ASK {}", "--store", str(tmp_path), "--query-url", "http://127.0.0.1/")
    assert (told.status, "--query-url" in told.err) == (2, True)


def test_a_server_that_only_reads_says_how_to_write(small_store: Path) -> None:
    with running(small_store, replica_memory=0) as (_, port):
        store = open_store(RemoteAddress(url=f"http://127.0.0.1:{port}"))
        with pytest.raises(StoreError, match=TOKEN_VARIABLE):
            store.apply(Change(insert={G: f"{S} {P} 1 ."}))


def test_an_answer_that_was_cut_is_no_answer(small_store: Path) -> None:
    with running(small_store, replica_memory=0, max_rows=5) as (_, port):
        reader = open_reader(RemoteAddress(url=f"http://127.0.0.1:{port}"))
        with pytest.raises(StoreError, match="5 rows"):
            list(reader.quads())


@pytest.mark.skipif(not OXIGRAPH, reason="oxigraph is not installed")
def test_a_server_over_a_server(tmp_path: Path) -> None:
    with oxigraph() as url:
        with open_store(RemoteAddress(url=url)) as store:
            store.apply(Change(insert={G: f'{S} {P} "before" .'}))
            store.publish()
        port = free_port()
        command = [sys.executable, "-m", "kgbuild", "serve", "--store", url, "--port", str(port), "--token", "secret"]
        environment = {**os.environ, "TMPDIR": str(tmp_path)}
        server = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment)
        try:
            wait_for(port)
            assert _objects(port) == {"before"}
            assert _update_status(port, f'INSERT DATA {{ GRAPH <{G}> {{ {S} {P} "ours" }} }}') == 204
            assert _objects(port) == {"before", "ours"}
            assert {'"before" g', '"ours" g'} <= content(RemoteAddress(url=url))
            with open_store(RemoteAddress(url=url)) as store:
                store.apply(Change(insert={H: f'{S} {P} "theirs" .'}))
                assert _objects(port) == {"before", "ours"}
                store.publish()
            assert _update_status(port, "DROP GRAPH <http://e/none>") == 502
            deadline = time.monotonic() + 40
            while "theirs" not in _objects(port) and time.monotonic() < deadline:
                time.sleep(0.5)
            assert _objects(port) == {"before", "ours", "theirs"}
        finally:
            server.send_signal(signal.SIGINT)
            _, errors = server.communicate(timeout=20)
        assert errors.decode().splitlines()[0] == f"copying {url}"
        assert list(tmp_path.glob("kgbuild-mirror-*")) == []


def _update_status(port: int, text: str) -> int:
    headers = {"Authorization": "Bearer secret", "Content-Type": "application/sparql-update"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/update", text.encode(), headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def _objects(port: int) -> set[str]:
    query = urllib.request.quote(f"SELECT ?o {{ ?s {P} ?o }}")  # type: ignore[attr-defined]
    return set(get(port, f"/sparql?format=csv&query={query}")[1].decode().split()[1:])
