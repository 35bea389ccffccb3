"""The sample reports are what their README says they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kgbuild.build import Builder
from kgbuild.config import BuildConfig
from kgbuild.errors import InputError
from kgbuild.extract import Extractor
from kgbuild.model import Article
from kgbuild.reading import read_paths
from kgbuild.vocab import CKO
from tests.memory_store import MemoryStore

EXAMPLES = Path(__file__).parent.parent / "examples"
MARKS = {"ar": "نص نموذجي كُتب لتجربة البرنامج", "en": "This is a sample text written to try out the program."}


def fail(error: InputError) -> None:
    raise error


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(read_paths([EXAMPLES], on_error=fail))


def test_there_are_enough_in_both_languages(articles: list[Article]) -> None:
    count = Counter(article.language for article in articles)
    assert count["ar"] >= 11
    assert count["en"] >= 3


def test_each_is_marked_as_a_sample(articles: list[Article]) -> None:
    assert [article.id for article in articles if MARKS[article.language] not in article.text] == []


def test_each_is_dated_in_june_2017(articles: list[Article]) -> None:
    assert all(article.published and article.published.strftime("%Y-%m") == "2017-06" for article in articles)


def test_nothing_of_the_pages_around_the_articles_is_read(articles: list[Article]) -> None:
    pages = [article.text for article in articles if article.source.endswith(".html")]
    assert len(pages) == 3
    for furniture in (
        "الرئيسية",
        "فيسبوك",
        "مواضيع ذات صلة",
        "اقرأ أيضاً",
        "الأكثر قراءة",
        "الخط",
        "محفوظة",
        "التعليقات",
        "آخر الأخبار",
    ):
        assert not [text for text in pages if furniture in text], furniture


def test_the_readme_lists_every_file() -> None:
    readme = (EXAMPLES / "README.md").read_text("utf-8")
    names = {path.name for path in EXAMPLES.iterdir()} - {"README.md"}
    reports = {name for name in names if not name.endswith(".ipynb")}
    assert reports == {line.split("`")[1] for line in readme.splitlines() if line.startswith("| `")}
    assert all(f"`{name}`" in readme for name in names)


def test_four_accounts_of_the_strike_on_the_cafe_are_one_incident(articles: list[Article]) -> None:
    """Also in the same city and night: a strike with white phosphorus, which is another incident."""
    with MemoryStore() as store:
        builder = Builder(store=store, make_extract=Extractor, config=BuildConfig(), on_error=fail)
        builder.build(article for article in articles if "raqqa" in article.source)
        counts = {q.subject: int(q.object.value) for q in store.quads(None, CKO.reportCount)}  # type: ignore[union-attr]
        incident = max(counts, key=lambda node: counts[node])
        claims = [quad.graph_name.value for quad in store.quads(None, CKO.describes, incident)]  # type: ignore[union-attr]
        quads = [q for graph in claims for q in store.quads(None, CKO.killedMin, None, NamedNode(graph))]
        assert (counts[incident], len(claims)) == (4, 4)
        assert {"14", "15", "17", "21"} <= {q.object.value for q in quads}  # type: ignore[union-attr]
