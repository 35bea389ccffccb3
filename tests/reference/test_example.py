"""The worked example beside the ontology is what it says: sound, consistent, and true to its text."""

from __future__ import annotations

import shutil

import pytest
from pyoxigraph import Literal, Quad, RdfFormat, Store, parse

from kgbuild.resources import ontology_path
from kgbuild.validation.consistency import check, ontology_triples
from kgbuild.validation.report import validate
from kgbuild.vocab import OA, SCHEMA

_QUADS: list[Quad] = list(parse(path=ontology_path("example.trig"), format=RdfFormat.TRIG))


def test_it_conforms_to_the_shapes() -> None:
    assert validate(_QUADS).text() == ""


@pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java")
def test_it_agrees_with_the_ontology() -> None:
    assert check([*ontology_triples(), *(quad.triple for quad in _QUADS)]).sound


def test_every_quote_stands_where_it_says() -> None:
    store = Store()
    store.extend(_QUADS)
    (body,) = (q.object.value for q in store.quads_for_pattern(None, SCHEMA.articleBody, None))
    quotes = list(store.quads_for_pattern(None, OA.exact, None))
    assert len(quotes) >= 6
    for quote in quotes:
        start, end = (
            int(next(store.quads_for_pattern(quote.subject, edge, None)).object.value) for edge in (OA.start, OA.end)
        )
        assert isinstance(quote.object, Literal)
        assert body[start:end] == quote.object.value
