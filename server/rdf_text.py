"""Statements as the text of a format of RDF."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

from kgbuild.vocab import PREFIXES
from server.formats import Format
from server.json_ld import compacted

PLAIN = ("nt", "nq")
"""Formats that know no prefixes."""


def described(quads: Iterable[Quad], form: Format) -> bytes:
    """What is said of things, for people too: JSON-LD with its context, formats without graphs without repetitions."""
    found = list(quads)
    triples = dict.fromkeys(quad.triple for quad in found)
    if form.extension == "jsonld":
        return compacted(triples)
    return written(found if _engine_format(form).supports_datasets else triples, form)


def written(statements: Iterable[Quad] | Iterable[Triple], form: Format) -> bytes:
    """The statements as the engine writes them."""
    prefixes = None if form.extension in PLAIN else dict(PREFIXES)
    return pyoxigraph.serialize(statements, format=_engine_format(form), prefixes=prefixes) or b""


def _engine_format(form: Format) -> RdfFormat:
    found = RdfFormat.from_extension(form.extension)
    assert found is not None
    return found
