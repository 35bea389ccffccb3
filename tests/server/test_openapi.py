"""The description of what there is beside SPARQL, and a program that tries out all that it allows and forbids."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.server.test_run import running

SCHEMATHESIS = shutil.which("schemathesis", path=str(Path(sys.executable).parent)) or shutil.which("schemathesis")
SPARQL = ("/sparql", "/update", "/store", "/store/<path:_rest>")
OTHERS_DESCRIBE = ("/reconcile", "/static", "/favicon", "/sitemap", "/opensearch", "/ontology/", "/ontology.", "/map/")
"""Described by the Reconciliation API's own manifest, or parts of pages."""


def test_every_path_is_described(app: Flask, client: FlaskClient) -> None:
    described = set(client.get("/openapi.json").json["paths"])  # type: ignore[index]
    rules = {rule.rule for rule in app.url_map.iter_rules()} - set(SPARQL)
    rules -= {rule for rule in rules if rule.startswith(OTHERS_DESCRIBE)}
    missing = {rule for rule in rules if not any(_matches(rule, path) for path in described)}
    assert missing == set()


def _matches(rule: str, path: str) -> bool:
    """Whether a rule of ours, such as `/<any(incidents, map):view>`, takes in what a described path stands for."""
    pattern = re.sub(r"<any\(([^)]*)\):\w+>", lambda found: f"(?:{found[1].replace(', ', '|')})", rule)
    pattern = re.sub(r"<(?:\w+:)?\w+>", "[^/]+", pattern)
    sample = path.replace("{kind}", "entity").replace("{view}", "map")
    return re.fullmatch(pattern, sample) is not None


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.skipif(SCHEMATHESIS is None, reason="schemathesis is not installed")
def test_schemathesis_finds_nothing(small_store: Path, tmp_path: Path) -> None:
    assert SCHEMATHESIS
    with running(small_store) as (_, port):
        command = [SCHEMATHESIS, "run", f"http://127.0.0.1:{port}/openapi.json", "--max-examples", "10", "--no-color"]
        command += ["--generation-database", "none", "--seed", "7"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=200, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-4000:]
    assert int(re.findall(r"(\d+) generated", done.stdout)[-1]) > 100


def test_it_is_json_of_the_version_it_names(client: FlaskClient) -> None:
    answer = client.get("/openapi.json")
    assert (answer.mimetype, json.loads(answer.data)["openapi"]) == ("application/json", "3.1.0")
