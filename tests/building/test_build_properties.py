"""Whatever happens to a store on the way, it ends as if its articles had been built at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild import ids
from kgbuild.build import Builder
from kgbuild.config import BuildConfig
from kgbuild.model import Article, Run
from tests.memory_store import MemoryStore
from tests.telling import BASE, PLACES, article, make_extract, tells

RUN = Run(version="0", pipeline_hash="0")

_figures = st.sampled_from([None, (3, 3), (14, 14), (17, None), (20, 20)])
_days = st.sampled_from(["2017-06-07", "2017-06-08", "2017-06-09"])
_facilities = st.sampled_from([None, ("Mosque", "Noor Mosque"), ("Bakery", "Sun Bakery"), ("Mosque", "mosque")])


@st.composite
def _reports(draw: st.DrawFn) -> dict[str, Any]:
    return tells(
        draw(st.sampled_from(["AirStrike", "DroneStrike", "Shelling", "Killing"])),
        draw(st.sampled_from(["Raqqa", "Mansour", "Tabqa", None])),
        draw(_days | st.none()),
        last=draw(st.sampled_from([None, None, "2017-06-10"])),
        killed=draw(_figures),
        by=draw(st.sampled_from([None, "First Brigade", "Second Brigade"])),
        facility=draw(_facilities),
        certainty=draw(st.sampled_from(["asserted", "alleged", "denied"])),
    )


@st.composite
def some_articles(draw: st.DrawFn) -> Article:
    return article(
        draw(st.sampled_from("abcdefgh")),
        *draw(st.lists(_reports(), max_size=3)),
        published=draw(st.sampled_from(["2017-06-08", "2017-06-09", "2017-06-10", None])),
        publisher=draw(st.sampled_from(["Example One", "Example Two"])),
    )


_steps = st.lists(st.lists(some_articles(), max_size=5) | st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3))


def builder(store: MemoryStore, batch_size: int = 2) -> Builder:
    def fail(error: Exception) -> None:
        raise error

    return Builder(
        store=store, make_extract=make_extract, config=BuildConfig(batch_size=batch_size), run=RUN, on_error=fail
    )


def built(articles: Iterable[Article], batch_size: int = 2) -> list[str]:
    store = MemoryStore()
    builder(store, batch_size).build(articles)
    return sorted(map(str, store.quads()))


@settings(max_examples=80, deadline=None)
@given(_steps)
def test_any_history_gives_the_graph_of_the_articles_that_are_left(steps: Sequence[Sequence[Article | str]]) -> None:
    store, present = MemoryStore(), dict[str, Article]()
    for step in steps:
        gone = [name for name in step if isinstance(name, str) and name in present]
        articles = {a.id: a for a in step if isinstance(a, Article)}
        if gone:
            builder(store).remove(ids.document_iri(BASE, name) for name in dict.fromkeys(gone))
        builder(store).build(articles.values())
        present = {name: a for name, a in present.items() if name not in gone} | articles
    assert sorted(map(str, store.quads())) == built(present.values())


@settings(max_examples=40, deadline=None)
@given(st.lists(some_articles(), unique_by=lambda a: a.id), st.randoms(use_true_random=False), st.integers(1, 9))
def test_neither_order_nor_batches_matter(articles: list[Article], random: Any, batch_size: int) -> None:
    shuffled = list(articles)
    random.shuffle(shuffled)
    assert built(articles, 64) == built(shuffled, batch_size)


@settings(max_examples=40, deadline=None)
@given(st.lists(some_articles(), unique_by=lambda a: a.id))
def test_no_statement_stands_in_two_graphs(articles: list[Article]) -> None:
    store = MemoryStore()
    builder(store).build(articles)
    triples = [q.triple for q in store.quads()]
    assert len(triples) == len(set(triples))


@settings(max_examples=40, deadline=None)
@given(st.lists(some_articles(), unique_by=lambda a: a.id))
def test_every_report_describes_one_incident_and_no_incident_lacks_reports(articles: list[Article]) -> None:
    store = MemoryStore()
    builder(store).build(articles)
    rows = store.query(
        """SELECT ?x {
        { ?x a cko:Report . OPTIONAL { ?x cko:describes ?i . ?i a cko:Incident } FILTER(!BOUND(?i)) } UNION
        { ?x a cko:Incident FILTER NOT EXISTS { ?r cko:describes ?x } } }""",
        prefixes={"cko": "https://w3id.org/cko#"},
    )
    assert list(rows) == []  # type: ignore[arg-type]
    assert not any("graph/pending" in graph for graph in store.graphs())


def test_the_places_of_these_tests_hang_together() -> None:
    assert all(container in PLACES for _, container, _ in PLACES.values() if container)
