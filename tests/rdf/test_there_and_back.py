from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from pyoxigraph import NamedNode, Store

from kgbuild import ids
from kgbuild.canonical import canonical
from kgbuild.config import BuildConfig
from kgbuild.extraction_json import to_json
from kgbuild.model import Extraction, Run
from kgbuild.rdf import extraction_quads
from tests.extractions import BASE, extractions, sample
from tests.rdf.reading_back import extraction_from_quads

CONFIG = BuildConfig(store_text=True)
RUN = Run(version="1.0", pipeline_hash="abc")


@given(extractions())
def test_a_store_gives_the_extraction_back(extraction: Extraction) -> None:
    store = Store()
    store.extend(extraction_quads(extraction, config=CONFIG, run=RUN))
    graph = NamedNode(ids.graph_iri(BASE, extraction.article.id))
    read = extraction_from_quads(store.quads_for_pattern(None, None, None, graph))
    assert read == canonical(extraction)


def test_without_stored_text_only_the_text_is_missing() -> None:
    extraction = sample()
    read = to_json(extraction_from_quads(extraction_quads(extraction, config=BuildConfig(), run=RUN)))
    expected = to_json(extraction)
    assert read["document"].pop("text") is None
    del expected["document"]["text"]
    assert read == expected


def test_the_day_of_retrieval_comes_back_and_is_no_field_of_the_json() -> None:
    fetched = replace(sample(), article=replace(sample().article, retrieved=date(2017, 6, 10)))
    read = extraction_from_quads(extraction_quads(fetched, config=CONFIG, run=RUN))
    assert read.article.retrieved == date(2017, 6, 10)
    assert to_json(read) == to_json(sample())
