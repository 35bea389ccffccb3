"""JSON Lines: what `kgbuild extract` prints, from a store, with the merged incident of each report."""

from __future__ import annotations

import json
from typing import IO

from pyoxigraph import NamedNode

from kgbuild.extraction_json import Json
from kgbuild.store import Reader
from kgbuild.vocab import CKO

_PARTS = ("document", "mentions", "entities", "incidents", "relations")


def jsonl(reader: Reader, output: IO[bytes]) -> None:
    """One object an article, in the order of the graphs' IRIs. The text is null where the store does not keep it."""
    graphs = sorted(quad.graph_name.value for quad in reader.quads(None, CKO.record))  # type: ignore[union-attr]
    for graph in graphs:
        line = json.dumps(_article(reader, NamedNode(graph)), ensure_ascii=False)
        output.write(line.encode("utf-8", "backslashreplace") + b"\n")


def _article(reader: Reader, graph: NamedNode) -> Json:
    record = next(reader.quads(None, CKO.record, None, graph))
    data = json.loads(record.object.value)  # type: ignore[union-attr]
    described = {
        quad.subject.value: quad.object.value  # type: ignore[union-attr]
        for quad in reader.quads(None, CKO.describes, None, graph)
    }
    for report in data["incidents"]:
        report["incident"] = described[report["iri"]]
    return {part: data[part] for part in _PARTS}
