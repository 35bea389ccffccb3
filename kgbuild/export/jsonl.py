"""JSON Lines: what `kgbuild extract` prints, from a store, with the merged incident of each report."""

from __future__ import annotations

import json
from typing import IO

from pyoxigraph import NamedNode

from kgbuild.extraction_json import Json
from kgbuild.store import Reader, value_of
from kgbuild.vocab import CKO

_PARTS = ("document", "mentions", "entities", "incidents", "relations")


def jsonl(reader: Reader, output: IO[bytes]) -> None:
    """One object an article, in the order of the graphs' IRIs.

    The text is null where the store does not keep it, the incident where an update has taken the report's away.
    """
    graphs = sorted(value_of(quad.graph_name) for quad in reader.quads(None, CKO.record))
    for graph in graphs:
        line = json.dumps(_article(reader, NamedNode(graph)), ensure_ascii=False)
        output.write(line.encode("utf-8", "backslashreplace") + b"\n")


def _article(reader: Reader, graph: NamedNode) -> Json:
    record = next(reader.quads(None, CKO.record, None, graph))
    data = json.loads(value_of(record.object))
    described = {
        value_of(quad.subject): value_of(quad.object) for quad in reader.quads(None, CKO.describes, None, graph)
    }
    for report in data["incidents"]:
        report["incident"] = described.get(report["iri"])
    return {part: data[part] for part in _PARTS}
