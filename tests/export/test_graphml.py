from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kgbuild.store import Reader, Snapshot, open_snapshot
from tests.export.conftest import exported
from tests.export.stories import ARTICLES, ENTITIES, INCIDENTS, SIEGE, STRIKE, iri, quads, write_store

_NS = {"g": "http://graphml.graphdrawing.org/xmlns"}


def _graph(reader: Reader) -> tuple[dict[str, dict[str, str]], set[tuple[str, str, str]]]:
    root = ElementTree.fromstring(exported(reader, "graphml"))
    nodes = {
        node.attrib["id"]: {data.attrib["key"]: data.text or "" for data in node.findall("g:data", _NS)}
        for node in root.findall(".//g:node", _NS)
    }
    edges = {
        (edge.attrib["source"], edge.findtext("g:data", "", _NS), edge.attrib["target"])
        for edge in root.findall(".//g:edge", _NS)
    }
    return nodes, edges


def test_incidents_and_entities_are_nodes(snapshot: Snapshot) -> None:
    nodes, _ = _graph(snapshot)
    assert set(nodes) == {STRIKE, SIEGE, *(entity.iri for entity in ENTITIES)}
    assert (nodes[STRIKE]["kind"], nodes[STRIKE]["class"], nodes[STRIKE]["killed_best"]) == (
        "incident",
        "AirStrike",
        "9",
    )
    assert (nodes[iri("ain")]["kind"], nodes[iri("ain")]["label_ar"]) == ("place", "العين")


def test_edges_bear_roles_and_relations(snapshot: Snapshot) -> None:
    nodes, edges = _graph(snapshot)
    assert (STRIKE, "allegedPerpetrator", iri("coalition")) in edges
    assert (STRIKE, "destroyed", iri("bakery")) in edges
    assert (iri("ain"), "within", iri("syria")) in edges
    assert (iri("bakery"), "locatedIn", iri("ain")) in edges
    assert {end for source, _, target in edges for end in (source, target)} <= set(nodes)


@pytest.mark.parametrize("name", ['a < b & "c"', "bell \x07"])
def test_names_are_escaped(tmp_path: Path, name: str) -> None:
    renamed = replace(ENTITIES[-1], label={"ar": name})
    article = replace(ARTICLES[0], entities=(*ENTITIES[:-1], renamed))
    write_store(tmp_path / "store", quads([article], INCIDENTS[:1]))
    with open_snapshot(tmp_path / "store") as reader:
        nodes, _ = _graph(reader)
    assert nodes[renamed.iri]["label_ar"] == name.replace("\x07", "\ufffd")
