"""/dumps/ serves what `kgbuild export --all` has prepared."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import rdflib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kgbuild.cli import run
from kgbuild.config import ServerConfig
from server.app import close, create_app
from tests.server.conftest import make_store

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
HTML = {"Accept": "text/html"}


class _Closing(FlaskClient):
    """A client that reads an answer to its end and closes it, as one over the network does."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{**kwargs, "buffered": True})


@contextmanager
def _serving(**settings: str) -> Iterator[FlaskClient]:
    app = create_app(ServerConfig(**settings))  # type: ignore[arg-type]
    app.test_client_class = _Closing
    yield app.test_client()
    close(app)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store, with its dumps within."""
    folder = make_store(tmp_path_factory.mktemp("dumped") / "store")
    assert run(["export", "--store", str(folder), "--all", "--out", str(folder / "dumps")]) == 0
    return folder


@pytest.fixture(scope="module")
def dumping(folder: Path) -> Iterator[FlaskClient]:
    with _serving(store=str(folder)) as client:
        yield client


def _manifest(folder: Path) -> list[dict[str, str]]:
    return list(json.loads((folder / "dumps" / "datapackage.json").read_text())["resources"])


def test_every_file_is_served_as_it_is(dumping: FlaskClient, folder: Path) -> None:
    for resource in _manifest(folder):
        response = dumping.get(f"/dumps/{resource['path']}", headers={"Accept-Encoding": "gzip"})
        assert (response.status_code, "Content-Encoding" in response.headers) == (200, False)
        digest = hashlib.sha256(response.data).digest()
        assert resource["hash"] == f"sha256:{digest.hex()}"
        assert response.headers["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest).decode()}:"
        checksum = dumping.get(f"/dumps/{resource['path']}.sha256").text
        assert checksum == f"{digest.hex()}  {resource['path']}\n"


def test_compressed_files_are_gzip_to_the_client(dumping: FlaskClient) -> None:
    assert dumping.get("/dumps/graph.nq.gz").mimetype == "application/gzip"
    assert dumping.get("/dumps/incidents.geojson").mimetype == "application/geo+json"


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [("bytes=0-9", 206, slice(0, 10)), ("bytes=-5", 206, slice(-5, None)), ("bytes=7-", 206, slice(7, None))],
)
def test_ranges(dumping: FlaskClient, folder: Path, asked: str, status: int, part: slice) -> None:
    whole = (folder / "dumps" / "wikibase.json.gz").read_bytes()
    response = dumping.get("/dumps/wikibase.json.gz", headers={"Range": asked})
    assert (response.status_code, response.data) == (status, whole[part])
    assert response.headers["Content-Range"].endswith(f"/{len(whole)}")


def test_a_range_beyond_the_end(dumping: FlaskClient, folder: Path) -> None:
    size = (folder / "dumps" / "wikibase.json.gz").stat().st_size
    response = dumping.get("/dumps/wikibase.json.gz", headers={"Range": f"bytes={size}-"})
    assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{size}")


def test_an_interrupted_download_goes_on_only_with_the_same_file(dumping: FlaskClient) -> None:
    tag = dumping.get("/dumps/graph.nq.gz").headers["ETag"]
    same = {"Range": "bytes=5-9", "If-Range": tag}
    assert dumping.get("/dumps/graph.nq.gz", headers=same).status_code == 206
    assert dumping.get("/dumps/graph.nq.gz", headers={**same, "If-Range": '"other"'}).status_code == 200
    assert dumping.get("/dumps/graph.nq.gz", headers={"If-None-Match": tag}).status_code == 304


def test_head_tells_size_and_ranges(dumping: FlaskClient, folder: Path) -> None:
    response = dumping.head("/dumps/graph.nq.gz")
    assert (response.headers["Accept-Ranges"], response.data) == ("bytes", b"")
    assert int(response.headers["Content-Length"]) == (folder / "dumps" / "graph.nq.gz").stat().st_size


@pytest.mark.parametrize(
    "name", ["../store.json", "%2e%2e%2fstore.json", "store.json", "graph.nq.gz.sha256.sha256", "no"]
)
def test_nothing_else_is_served(dumping: FlaskClient, name: str) -> None:
    assert dumping.get(f"/dumps/{name}").status_code == 404


def test_the_page_lists_them_in_both_languages(dumping: FlaskClient, folder: Path) -> None:
    for language, words in (("en", "Incidents on the map"), ("ar", "الحوادث على الخريطة")):
        page = dumping.get(f"/dumps/?lang={language}", headers=HTML).text
        assert words in page
        assert all(f'href="/dumps/{resource["path"]}"' in page for resource in _manifest(folder))


def test_programs_get_the_data_package(dumping: FlaskClient, folder: Path) -> None:
    listed = dumping.get("/dumps/", headers={"Accept": "application/json"}).get_json()
    assert listed["resources"] == _manifest(folder)
    assert dumping.get("/dumps/datapackage.json").get_json() == listed


def test_void_links_every_dump(dumping: FlaskClient, folder: Path) -> None:
    found = rdflib.Graph().parse(data=dumping.get("/.well-known/void").text, format="turtle")
    dumps = {str(url).rpartition("/")[2] for url in found.objects(None, VOID.dataDump)}
    assert dumps == {
        "graph.nq.gz",
        "graph.trig.gz",
        "graph.ttl.gz",
        "graph.jsonld.gz",
        "wikibase.nt.gz",
        "wikibase-truthy.nt.gz",
    }
    for resource in _manifest(folder):
        (node,) = found.subjects(DCAT.downloadURL, rdflib.URIRef(f"http://localhost/dumps/{resource['path']}"))
        assert int(found.value(node, DCAT.byteSize)) == resource["bytes"]  # type: ignore[arg-type]
        checksum = found.value(node, SPDX.checksum / SPDX.checksumValue)  # type: ignore[arg-type]
        assert f"sha256:{checksum}".lower() == resource["hash"]


def test_void_follows_new_dumps(dumping: FlaskClient, folder: Path) -> None:
    before = dumping.get("/.well-known/void")
    tagged = {"If-None-Match": before.headers["ETag"]}
    assert dumping.get("/.well-known/void", headers=tagged).status_code == 304
    manifest = folder / "dumps" / "datapackage.json"
    manifest.write_text(manifest.read_text())
    assert dumping.get("/.well-known/void", headers=tagged).status_code == 200


def test_a_file_that_is_newer_than_the_manifest_has_no_digest_of_the_old_one(folder: Path) -> None:
    path = folder / "dumps" / "quickstatements.txt"
    before = path.read_bytes()
    with _serving(store=str(folder)) as client:
        path.write_bytes(b"x" * len(before))
        response = client.get("/dumps/quickstatements.txt")
    path.write_bytes(before)
    assert (response.status_code, "Repr-Digest" in response.headers) == (200, False)


def test_without_dumps_the_page_says_how_to_make_them(client: FlaskClient) -> None:
    assert "kgbuild export --store DIR --all" in client.get("/dumps/", headers=HTML).text
    assert client.get("/dumps/", headers={"Accept": "application/json"}).get_json()["resources"] == []
    assert client.get("/dumps/graph.nq.gz").status_code == 404


def test_a_damaged_manifest_is_a_failure_of_the_server(tmp_path: Path, small_store: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"resources": [{}]}')
    with _serving(store=str(small_store), dumps=str(tmp_path)) as client:
        assert client.get("/dumps/").status_code == 503


def test_a_folder_without_dumps_is_refused(
    small_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", "--store", str(small_store), "--dumps", str(tmp_path)]) == 2
    assert "kgbuild export" in capsys.readouterr().err
