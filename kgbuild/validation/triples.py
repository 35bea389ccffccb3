"""Statements of any graphs as one graph, in a form that every RDF library reads."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import Quad, Triple


def n_triples(statements: Iterable[Quad | Triple]) -> bytes:
    """Sorted N-Triples without repeats, whatever graphs the statements stand in."""
    triples = {str(triple): triple for s in statements for triple in (Triple(s.subject, s.predicate, s.object),)}
    out = io.BytesIO()
    pyoxigraph.serialize((triples[key] for key in sorted(triples)), out, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return out.getvalue()
