"""`graphml`: incidents with the actors, people, places, facilities and weapons in them, as a directed graph.

Nodes are named by IRI. An edge from an incident bears the role of what it leads to ("perpetrator"), one between
entities the relation ("within", "affiliatedWith"). Format: http://graphml.graphdrawing.org/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.ordering import in_order
from kgbuild.export.records import Event, Thing
from kgbuild.store import Reader
from kgbuild.vocab import GROUP_OF

Value = str | int | float | None

_NODE_KEYS = {
    "kind": "string", "class": "string", "label_ar": "string", "label_en": "string", "start_date": "string",
    "end_date": "string", "killed_best": "int", "injured_best": "int", "certainty": "string", "status": "string",
    "longitude": "double", "latitude": "double",
}  # fmt: skip
_EDGE_KEYS = {"role": "string"}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(reader: Reader, output: IO[bytes]) -> None:
    """Entities in the order of their IRIs, then incidents by day."""
    graph = GraphReader(reader)
    output.write(_head().encode())
    for iri in in_order(("", iri) for iri in graph.thing_iris()):
        output.write("".join(_thing(graph, graph.thing(iri))).encode("utf-8", "xmlcharrefreplace"))
    for event in graph.events():
        output.write("".join(_event(graph, event)).encode("utf-8", "xmlcharrefreplace"))
    output.write(b"</graph>\n</graphml>\n")


def _head() -> str:
    keys = [("node", name, kind) for name, kind in _NODE_KEYS.items()]
    keys += [("edge", name, kind) for name, kind in _EDGE_KEYS.items()]
    declared = "".join(
        f'<key id="{name}" for="{place}" attr.name="{name}" attr.type="{kind}"/>\n' for place, name, kind in keys
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        f'{declared}<graph edgedefault="directed">\n'
    )


def _thing(graph: GraphReader, thing: Thing) -> Iterator[str]:
    longitude, latitude = thing.point or (None, None)
    labels: dict[str, Value] = {f"label_{language}": thing.labels.get(language) for language in ("ar", "en")}
    place: dict[str, Value] = {"longitude": longitude, "latitude": latitude}
    yield _node(thing.iri, {"kind": GROUP_OF[thing.cls], "class": thing.cls, **labels, **place})
    for container in thing.within:
        yield from _edge(graph, thing.iri, container, "within")
    for type_, other in dict.fromkeys((link.type, link.object) for link in graph.links(thing.iri)):
        yield from _edge(graph, thing.iri, other, type_)


def _event(graph: GraphReader, event: Event) -> Iterator[str]:
    when = event.date
    yield _node(
        event.iri,
        {
            "kind": "incident",
            "class": event.cls,
            **{f"label_{language}": words for words, language in event.labels},
            "start_date": when.earliest.isoformat() if when and when.earliest else None,
            "end_date": when.latest.isoformat() if when and when.latest else None,
            "killed_best": event.killed.best,
            "injured_best": event.injured.best,
            "certainty": event.certainty,
            "status": event.status,
        },
    )
    for role, iris in event.roles.items():
        for iri in iris:
            yield from _edge(graph, event.iri, iri, role)


def _node(iri: str, values: Mapping[str, Value]) -> str:
    return f"<node id={_attribute(iri)}>{_data(values)}</node>\n"


def _edge(graph: GraphReader, source: str, target: str, role: str) -> Iterator[str]:
    """An edge, where both its ends are nodes."""
    if graph.thing(target).cls in GROUP_OF:
        ends = f"source={_attribute(source)} target={_attribute(target)}"
        yield f"<edge {ends}>{_data({'role': role})}</edge>\n"


def _data(values: Mapping[str, Value]) -> str:
    known = {**_NODE_KEYS, **_EDGE_KEYS}
    filled = ((name, value) for name, value in values.items() if value is not None and name in known)
    return "".join(f'<data key="{name}">{escape(_allowed(str(value)))}</data>' for name, value in filled)


def _attribute(iri: str) -> str:
    return quoteattr(_allowed(iri))


def _allowed(text: str) -> str:
    """Text without the characters that XML 1.0 forbids."""
    return _NO_XML.sub("\ufffd", text)
