"""What is printed of the sample reports; `tests/rdf/test_shared.py` holds all reference material against the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.extract import Extractor
from kgbuild.extraction_json import to_json
from kgbuild.reading import read_paths
from tests.output_checks import wrong_in

_ROOT = Path(__file__).parent.parent
_ARTICLES = list(read_paths([str(_ROOT / "examples")], on_error=lambda error: pytest.fail(str(error))))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize("article", _ARTICLES, ids=lambda article: article.id)
def test_the_output_is_of_the_schema_and_every_value_is_in_the_text(extractor: Extractor, article: object) -> None:
    data = to_json(extractor(article))  # type: ignore[arg-type]
    assert wrong_in(data) == []


def test_a_misplaced_word_is_seen(extractor: Extractor) -> None:
    data = to_json(next(x for x in map(extractor, _ARTICLES) if x.reports))
    data["mentions"][0]["start"] += 1
    data["incidents"][0]["trigger"] = [10**6, 10**6 + 1]
    data["incidents"][0]["class"] = "Rain"
    wrong = wrong_in(data)
    assert any("is not at its place" in what for what in wrong)
    assert any("nothing at 1000000" in what for what in wrong)
    assert any("'Rain' is not one of" in what for what in wrong)
