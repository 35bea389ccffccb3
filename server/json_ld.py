"""JSON-LD as people read it: with a context, short names, and plain values for plain literals.

https://www.w3.org/TR/json-ld11/#compacted-document-form
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kgbuild.vocab import PREFIXES, RDF, XSD

_LOCAL = re.compile(r"[A-Za-z][\w-]*")
_NAMESPACE = re.compile(r"^(.*[/#])([^/#]+)$")
_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_PLAIN = "http://www.w3.org/2001/XMLSchema#string"
_WHOLE = re.compile(r"0|-?[1-9]\d{0,14}")


def compacted(triples: Iterable[Triple]) -> bytes:
    """The triples as one document: a node for each subject, in the order in which subjects come."""
    nodes: dict[str, dict[str, list[Any]]] = {}
    used: set[str] = set()
    for triple in triples:
        node = nodes.setdefault(_id(triple.subject, used), {})
        if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
            node.setdefault("@type", []).append(_short(triple.object.value, used))
        else:
            node.setdefault(_short(triple.predicate.value, used), []).append(_value(triple.object, used))
    graph = [{"@id": name, **{key: _single(values) for key, values in node.items()}} for name, node in nodes.items()]
    context: Mapping[str, str] = {prefix: PREFIXES[prefix] for prefix in sorted(used)}
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1).encode()


def _single(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _short(iri: str, used: set[str]) -> str:
    """`prefix:name` where there is a prefix for it, and nothing in the name that could be misread."""
    found = _NAMESPACE.match(iri)
    prefix = _PREFIX_OF.get(found[1]) if found else None
    if not found or prefix is None or not _LOCAL.fullmatch(found[2]):
        return iri
    used.add(prefix)
    return f"{prefix}:{found[2]}"


def _id(term: object, used: set[str]) -> str:
    return _short(term.value, used) if isinstance(term, NamedNode) else str(term)


def _value(term: object, used: set[str]) -> Any:
    if isinstance(term, NamedNode | BlankNode):
        return {"@id": _id(term, used)}
    assert isinstance(term, Literal)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.integer and _WHOLE.fullmatch(term.value):
        return int(term.value)
    if term.datatype == XSD.boolean and term.value in ("true", "false"):
        return term.value == "true"
    if term.datatype.value == _PLAIN:
        return term.value
    return {"@value": term.value, "@type": _short(term.datatype.value, used)}
