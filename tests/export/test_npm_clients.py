"""wikibase-dump-filter and wikibase-sdk read the JSON dump.

They are programs for Node; `npm ci --prefix tests/export/npm` fetches them, as `make test` does where there is npm.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kgbuild.export import export
from kgbuild.store import Snapshot
from tests.export.conftest import Json
from tests.export.stories import SIEGE, STRIKE

_MODULES = Path(__file__).parent / "npm" / "node_modules"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not _MODULES.is_dir(), reason="npm ci --prefix tests/export/npm"),
]

_SIMPLIFY = """
import { simplifyEntity } from '%s/wikibase-sdk/dist/src/index.js'
import { readFileSync } from 'node:fs'
const keep = { keepQualifiers: true, keepReferences: true, keepRanks: true }
const entities = JSON.parse(readFileSync(process.argv[2]))
console.log(JSON.stringify(Object.fromEntries(entities.map(e => [e.id, simplifyEntity(e, keep)]))))
"""


@pytest.fixture(scope="module")
def dump(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("npm") / "dump.json"
    export(snapshot, "wikibase-json", path)
    return path


def _filtered(dump: Path, *options: str) -> list[Json]:
    program = _MODULES / ".bin" / "wikibase-dump-filter"
    done = subprocess.run([program, *options], input=dump.read_bytes(), capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]


def test_the_filter_finds_by_claim(dump: Path, entities: dict[str, Json]) -> None:
    assert [e["id"] for e in _filtered(dump, "--claim", "P31:Q188055")] == [entities[SIEGE]["id"]]


def test_the_filter_parts_items_from_properties(dump: Path, entities: dict[str, Json]) -> None:
    found = [_filtered(dump, "--type", kind) for kind in ("item", "property")]
    assert sum(map(len, found)) == len(entities)
    assert {e["id"][0] for e in found[1]} == {"P"}


def test_the_sdk_simplifies_every_entity(dump: Path, entities: dict[str, Json], tmp_path: Path) -> None:
    script = tmp_path / "simplify.mjs"
    script.write_text(_SIMPLIFY % _MODULES)
    done = subprocess.run(["node", script, dump], capture_output=True, check=True, text=True)
    simple: dict[str, Any] = json.loads(done.stdout)
    assert set(simple) == {entity["id"] for entity in entities.values()}
    deaths = simple[entities[STRIKE]["id"]]["claims"]["P1120"]
    assert [(d["value"], d["rank"]) for d in deaths] == [(9, "preferred")]
    assert deaths[0]["references"][0]["P854"] == ["https://example.org/b"]
