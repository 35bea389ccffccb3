"""Why reports were merged, as statements of the incidents graph."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild import ids
from kgbuild.merging import Link
from kgbuild.rdf.terms import decimal
from kgbuild.vocab import CKO, RDF


def link_iri(base: str, report: str) -> str:
    """The link of a report to the other reports of its incident; there is one at most."""
    return f"{ids.incident_iri(base, report)}#link"


def link_quads(link: Link, base: str) -> Iterator[Quad]:
    """The link with its score and the parts of it that count."""
    node, graph = NamedNode(link_iri(base, link.report)), NamedNode(ids.incidents_graph_iri(base))
    yield Quad(node, RDF.type, CKO.ReportLink, graph)
    yield Quad(node, CKO.linkedReport, NamedNode(link.report), graph)
    yield Quad(node, CKO.linkedTo, NamedNode(link.other), graph)
    yield Quad(node, CKO.score, decimal(link.score.total), graph)
    for part in link.score.parts:
        yield Quad(node, CKO.scorePart, Literal(part), graph)
