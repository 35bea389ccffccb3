"""Where SPARQL servers differ: how the union of all graphs is asked for, and what becomes of terms."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from kgbuild.store.protocol import GraphName, Term

UNIONS: tuple[tuple[tuple[str, str], ...], ...] = (
    (), (("union-default-graph", ""),), (("default-graph-uri", "urn:x-arq:UnionGraph"),),
)  # fmt: skip
"""Parameters by which servers make the union of all graphs the default graph: none, Oxigraph's, Jena's."""

_GEOMETRY = NamedNode("http://www.openlinksw.com/schemas/virtrdf#Geometry")
_WKT = NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")
_BOOLEAN = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
_NUMBER = re.compile(r"-?\d+\.\d+")


def as_written(term: Term | GraphName | None) -> Term | GraphName | None:
    """A term of an answer as we wrote it.

    Virtuoso keeps points as numbers of single precision under a datatype of its own (five decimals are a metre), and
    booleans as numbers.
    """
    if not isinstance(term, Literal):
        return term
    if term.datatype == _GEOMETRY:
        return Literal(_NUMBER.sub(lambda found: repr(round(float(found[0]), 5)), term.value), datatype=_WKT)
    return Literal(term.value == "1") if term.datatype == _BOOLEAN and term.value in ("0", "1") else term
