"""Behind a reverse proxy and below a path."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgbuild.config import ServerConfig
from server.app import close, create_app
from tests.server.test_run import free_port, get, running, wait_for

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
CONFIGURATION = """
daemon off; pid {folder}/pid; error_log stderr; worker_processes 1;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    location /graph/ {{
      proxy_pass http://127.0.0.1:{behind}{kept};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto https;
      proxy_set_header X-Forwarded-Host $http_host;
    }}
  }}
}}
"""


@contextlib.contextmanager
def nginx(folder: Path, behind: int, kept: str) -> Iterator[int]:
    port = free_port()
    path = folder / "nginx.conf"
    path.write_text(CONFIGURATION.format(folder=folder, port=port, behind=behind, kept=kept), encoding="utf-8")
    assert NGINX
    process = subprocess.Popen([NGINX, "-c", str(path), "-e", "stderr"], stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.mark.server
@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
@pytest.mark.parametrize("kept", ["", "/"], ids=["prefix left on", "prefix taken off"])
def test_every_link_stays_below_the_prefix(small_store: Path, tmp_path: Path, kept: str) -> None:
    with (
        running(small_store, prefix="/graph", behind_proxy=True) as (_, behind),
        nginx(tmp_path, behind, kept) as port,
    ):
        status, page = get(port, "/graph/incidents")
        assert status == 200
        links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.decode())
        assert len(links) > 20
        assert [link for link in links if not link.startswith("/graph/")] == []
        for link in dict.fromkeys(links[:8]):
            assert get(port, link.replace("&amp;", "&"))[0] in (200, 303), link
        assert get(port, "/graph/sparql?query=ASK%7B%7D&format=csv") == (200, b"true")
        assert get(port, "/incidents")[0] == 404
        described = get(port, "/graph/sparql?format=ttl")[1].decode() + get(port, "/graph/.well-known/void")[1].decode()
        assert f"https://127.0.0.1:{port}/graph/sparql" in described


@pytest.fixture
def application(small_store: Path) -> Iterator[object]:
    made = []

    def make(**settings: object) -> object:
        made.append(create_app(ServerConfig(store=str(small_store), **settings)))  # type: ignore[arg-type]
        return made[-1].test_client()

    yield make
    for app in made:
        close(app)


def test_redirects_and_links_have_the_prefix(application) -> None:  # type: ignore[no-untyped-def]
    client = application(prefix="/graph")
    answer = client.get("/graph/incident/a1", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/graph/incident/a1.ttl")
    assert "</graph/incident/a1.html>" in client.get("/graph/incident/a1.ttl").headers["Link"]
    assert client.get("/graph").status_code == 200


def test_forwarded_headers_are_believed_only_where_that_is_asked_for(application) -> None:  # type: ignore[no-untyped-def]
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Accept": "text/turtle"}
    assert "evil.example" not in application().get("/sparql", headers=headers).text
    assert "https://evil.example/sparql" in application(behind_proxy=True).get("/sparql", headers=headers).text


def test_a_forwarded_prefix_is_no_part_of_another_ones_page(application) -> None:  # type: ignore[no-untyped-def]
    client = application(behind_proxy=True)
    for prefix in ("/a", "/b"):
        page = client.get("/incidents", headers={"X-Forwarded-Prefix": prefix, "Accept": "text/html"}).text
        assert f'href="{prefix}/sparql"' in page


def test_what_is_asked_is_logged(small_store: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    app = create_app(ServerConfig(store=str(small_store), access_log=str(log)))
    try:
        client = app.test_client()
        answers = [client.get("/sparql?query=ASK%7B%7D&format=csv") for _ in range(2)]
        answers.append(client.post("/sparql?format=csv", data={"query": "ASK{}"}))
        answers.append(client.post("/sparql", data="ASK{", content_type="application/sparql-query"))
        answers.append(client.get("/no/such/page"))
        for answer in answers:
            answer.close()
    finally:
        close(app)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [line["status"] for line in lines] == [200, 200, 200, 400, 404]
    assert [line["id"] for line in lines] == [answer.headers["X-Request-Id"] for answer in answers]
    queries = [line["query"] for line in lines]
    assert queries[0] == queries[1] == queries[2] != queries[3]
    assert queries[4] is None
    assert [lines[0]["bytes"], lines[0]["client"], lines[0]["method"]] == [4, "127.0.0.1", "GET"]
    assert all(line["ms"] >= 0 for line in lines)


@pytest.mark.server
def test_a_running_server_writes_its_log(small_store: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with running(small_store, access_log=str(log)) as (_, port):
        get(port, "/sparql?query=ASK%7B%7D")
        deadline = time.monotonic() + 5
        while not log.read_text(encoding="utf-8") and time.monotonic() < deadline:
            time.sleep(0.05)
    assert '"status": 200' in log.read_text(encoding="utf-8")
