"""On the reference material beside the checkout: nothing is lost on the way through RDF, and all conforms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kgbuild.config import BuildConfig
from kgbuild.extract import Extractor
from kgbuild.extraction_json import to_json
from kgbuild.model import Article, Run
from kgbuild.rdf import extraction_quads
from kgbuild.reading import read_paths
from kgbuild.validation.shapes import shipped
from tests.output_checks import wrong_in
from tests.rdf.reading_back import extraction_from_quads

_ROOT = Path(__file__).parent.parent.parent
_SHARED = _ROOT.parent / "shared"
_RUN = Run(version="1.0", pipeline_hash="abc")


@pytest.fixture(scope="module")
def extract() -> Extractor:
    return Extractor()


def _articles(*paths: Path) -> Iterator[Article]:
    def refused(error: Exception) -> None:
        raise error

    return read_paths([str(path) for path in paths], on_error=refused)


def _there_and_back(extract: Extractor, article: Article) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    extraction = extract(article)
    quads = list(extraction_quads(extraction, config=BuildConfig(store_text=True), run=_RUN))
    back = to_json(extraction_from_quads(quads))
    for incident in back["incidents"]:
        del incident["incident"]
    return to_json(extraction), back, shipped().violations(quads)


def _check(extract: Extractor, articles: Iterator[Article]) -> None:
    count = 0
    for article in articles:
        there, back, violations = _there_and_back(extract, article)
        assert back == there, article.source
        assert violations == [], article.source
        assert wrong_in(there) == [], article.source
        count += 1
    assert count


def test_examples_go_through_rdf_without_loss_and_conform(extract: Extractor) -> None:
    _check(extract, _articles(_ROOT / "examples"))


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not _SHARED.is_dir(), reason="no reference material beside the checkout")
@pytest.mark.parametrize("name", ["articles", "airwars/dev.jsonl", "raw/articles.jsonl"])
def test_reference_material_goes_through_rdf_without_loss_and_conforms(extract: Extractor, name: str) -> None:
    _check(extract, _articles(_SHARED / name))
