from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kgbuild import ids
from kgbuild.build import publish_merged
from kgbuild.building.decisions import Author, constraints, keep_apart, merge_incidents, reports_of, split_incident
from kgbuild.building.review import doubts
from kgbuild.errors import UsageError
from kgbuild.model import Article
from kgbuild.vocab import CKO, DCTERMS
from tests.building.test_build_properties import builder
from tests.building.test_build_properties import some_articles as articles
from tests.memory_store import MemoryStore
from tests.telling import BASE, article, tells

SOMEBODY = Author(name="somebody", when=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), why="the same photographs")
APART = [article("a", tells(place="Raqqa")), article("b", tells("Abduction", "Tabqa", "2017-08-01"))]
TOGETHER = [article(name, tells(killed=(14, 14))) for name in "abc"]


def built(articles: list[Article]) -> MemoryStore:
    store = MemoryStore()
    builder(store).build(articles)
    return store


def report(name: str) -> str:
    return ids.report_iri(BASE, name, 1)


def incident(name: str) -> str:
    return ids.incident_iri(BASE, report(name))


def incidents(store: MemoryStore) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for quad in store.quads(None, CKO.describes):
        name = next(n for n in "abcdefgh" if ids.graph_iri(BASE, n) == quad.graph_name.value)  # type: ignore[union-attr]
        found.setdefault(quad.object.value, set()).add(name)  # type: ignore[union-attr]
    return sorted(found.values(), key=sorted)


def incidents_of(store: MemoryStore, told: str) -> str:
    return str(next(store.quads(NamedNode(told), CKO.describes)).object.value)  # type: ignore[union-attr]


def test_merging_lasts_over_builds_and_can_be_undone() -> None:
    store = built(APART)
    merge_incidents(store, [incident("a"), incident("b")], SOMEBODY)
    publish_merged(store)
    assert incidents(store) == [{"a", "b"}]
    builder(store).build([article("c", tells(place="Karama"))])
    assert incidents(store) == [{"a", "b"}, {"c"}]
    split_incident(store, incident("b"), [report("b")], SOMEBODY)
    publish_merged(store)
    assert incidents(store) == [{"a"}, {"b"}, {"c"}]


def test_splitting_lasts_over_builds() -> None:
    store = built(TOGETHER)
    assert incidents(store) == [{"a", "b", "c"}]
    split_incident(store, incident("a"), [report("b")], SOMEBODY)
    publish_merged(store)
    assert incidents(store) == [{"a", "c"}, {"b"}]
    builder(store).build([article("d", tells(killed=(14, 14)))])
    assert not any({"a", "b"} <= group for group in incidents(store))


def test_who_decided_when_and_why_is_kept() -> None:
    store = built(APART)
    merge_incidents(store, [incident("a"), incident("b")], SOMEBODY)
    node = NamedNode(ids.decision_iri(BASE, *sorted([report("a"), report("b")])))
    said = [next(store.quads(node, p)).object.value for p in (DCTERMS.creator, DCTERMS.created, DCTERMS.description)]  # type: ignore[union-attr]
    assert said == ["somebody", "2026-01-02T03:04:05Z", "the same photographs"]
    assert constraints(store).same == {tuple(sorted([report("a"), report("b")]))}


def test_an_incident_is_also_known_by_the_iri_it_had() -> None:
    store = built(TOGETHER)
    assert reports_of(store, incident("c")) == sorted(map(report, "abc"))


@pytest.mark.parametrize("names", [["a"], ["a", "a"], ["a", "none"], ["no IRI", "a"]])
def test_merging_what_is_not_two_incidents_is_declined(names: list[str]) -> None:
    store = built(APART)
    with pytest.raises(UsageError):
        merge_incidents(store, [incident(n) if len(n) == 1 else n for n in names], SOMEBODY)
    assert not store.unfinished


@pytest.mark.parametrize("names", ["", "d", "abc"])
def test_splitting_off_nothing_all_or_others_is_declined(names: str) -> None:
    store = built([*TOGETHER, article("d", tells(place="Tabqa"))])
    with pytest.raises(UsageError):
        split_incident(store, incident("a"), map(report, names), SOMEBODY)
    assert not store.unfinished


def test_an_article_changed_right_after_a_decision_leaves_no_trace_of_its_former_reports() -> None:
    store = built(TOGETHER)
    split_incident(store, incident("a"), [report("b")], SOMEBODY)
    builder(store).build([article("a", tells(place="Karama"))])
    assert incidents(store) == [{"a"}, {"b"}, {"c"}] or incidents(store) == [{"a"}, {"b", "c"}]
    assert len(list(store.quads(None, CKO.reportCount))) == len(incidents(store))


@settings(max_examples=60, deadline=None)
@given(st.lists(articles(), unique_by=lambda a: a.id))
def test_merging_then_splitting_restores_the_incidents(told: list[Article]) -> None:
    store = built(told)
    graph = NamedNode(ids.incidents_graph_iri(BASE))
    before = sorted(map(str, store.quads(None, None, None, graph)))
    known = sorted({q.object.value for q in store.quads(None, CKO.describes)})  # type: ignore[union-attr]
    if len(known) < 2:
        return
    first, second = known[0], known[-1]
    staying = reports_of(store, second)
    merge_incidents(store, [first, second], SOMEBODY)
    publish_merged(store)
    split_incident(store, first, staying, SOMEBODY)
    publish_merged(store)
    assert sorted(map(str, store.quads(None, None, None, graph))) == before


def test_near_misses_and_doubtful_merges_are_reviewed_until_decided() -> None:
    near = [article("a", tells(day="2017-06-08")), article("b", tells("Bombardment", day="2017-06-09"))]
    store = built(near)
    (doubt,) = doubts(store)
    assert not doubt.merged
    assert {a.report for a in doubt.reports} == {report("a"), report("b")}
    merge_incidents(store, doubt.incidents, SOMEBODY)
    publish_merged(store)
    assert doubts(store) == []


def test_two_incidents_kept_apart_are_neither_reviewed_nor_merged_later() -> None:
    store = built([article("a", tells(day="2017-06-08")), article("b", tells("Bombardment", day="2017-06-09"))])
    keep_apart(store, [incident("a"), incident("b")], SOMEBODY)
    publish_merged(store)
    assert doubts(store) == []
    builder(store).build([article("b", tells(day="2017-06-08"))])
    assert incidents(store) == [{"a"}, {"b"}]


def test_near_misses_are_told_once_for_each_two_incidents() -> None:
    told = [article(name, tells(day="2017-06-08")) for name in "ab"]
    store = built([*told, article("c", tells("Bombardment", day="2017-06-09"))])
    (doubt,) = (d for d in doubts(store) if not d.merged)
    assert doubt.pairs == 2
    assert [incidents_of(store, a.report) for a in doubt.reports] == list(doubt.incidents)


@pytest.mark.parametrize("decide", [merge_incidents, keep_apart])
def test_a_decision_on_one_incident_is_refused(decide: Callable[..., list[str]]) -> None:
    store = built([*TOGETHER, article("d", tells(place="Karama"))])
    with pytest.raises(UsageError, match="one incident already"):
        decide(store, [incident("a"), incident("b")], SOMEBODY)
    with pytest.raises(UsageError, match="name two incidents at least"):
        decide(store, [incident("a")], SOMEBODY)
    with pytest.raises(UsageError, match=f"a report, not an incident; it tells of {incidents_of(store, report('b'))}"):
        decide(store, [incident("d"), report("b")], SOMEBODY)


def test_a_merge_just_above_the_threshold_is_doubtful() -> None:
    store = built([article("a", tells(day="2017-06-08")), article("b", tells("Bombardment"))])
    (doubt,) = doubts(store)
    assert doubt.merged
    assert 6 <= doubt.score.total <= 7.5
    split_incident(store, doubt.incidents[0], [doubt.reports[0].report], SOMEBODY)
    publish_merged(store)
    assert doubts(store) == []


def test_a_clear_merge_is_not_reviewed() -> None:
    assert doubts(built(TOGETHER)) == []
