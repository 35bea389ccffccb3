from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from kgbuild.export.formats import FORMATS
from kgbuild.store import Reader, Snapshot, open_snapshot
from tests.export.stories import quads, write_store

Json = dict[str, Any]


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The sample store; no test changes it."""
    folder = tmp_path_factory.mktemp("sample") / "store"
    write_store(folder, quads())
    with open_snapshot(folder) as opened:
        yield opened


def exported(reader: Reader, name: str) -> bytes:
    output = io.BytesIO()
    FORMATS[name](reader, output)
    return output.getvalue()


@pytest.fixture(scope="session")
def entities(snapshot: Snapshot) -> dict[str, Json]:
    """The JSON dump of the sample store by our own IRI, or by the id for entities without one."""
    return by_iri(exported(snapshot, "wikibase-json"))


def by_iri(dump: bytes) -> dict[str, Json]:
    found = {}
    for entity in json.loads(dump):
        for statement in entity["claims"].get("P90000", [{"mainsnak": {"datavalue": {"value": entity["id"]}}}]):
            found[statement["mainsnak"]["datavalue"]["value"]] = entity
    return found
