from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, QuerySolutions, RdfFormat, parse

from kgbuild.errors import QueryError
from kgbuild.store import Change, EmbeddedStore, open_store

S = "<http://example.org/s>"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    with open_store(tmp_path) as opened:
        opened.apply(Change(insert={f"http://example.org/{g}": f'{S} {S} "{g}" .' for g in "ab"}))
        yield opened


def rows(result: object) -> list[str]:
    assert isinstance(result, QuerySolutions)
    return sorted(row["o"].value for row in result)


def test_the_default_graph_is_the_union_of_all(store: EmbeddedStore) -> None:
    assert rows(store.query("SELECT ?o { ?s ?p ?o }")) == ["a", "b"]


def test_the_default_graph_can_be_separate(store: EmbeddedStore) -> None:
    assert rows(store.query("SELECT ?o { ?s ?p ?o }", union=False)) == []


def test_variables_can_be_bound_before(store: EmbeddedStore) -> None:
    assert rows(store.query("SELECT ?o { ?s ?p ?o }", substitutions={"o": Literal("b")})) == ["b"]


def test_prefixes_can_be_given(store: EmbeddedStore) -> None:
    assert rows(store.query("SELECT ?o { ex:s ?p ?o }", prefixes={"ex": "http://example.org/"})) == ["a", "b"]


def test_a_malformed_query_tells_its_place(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="line 2, column") as caught:
        store.query("SELECT *\n  WHERE ?s")
    assert caught.value.line == 2
    assert caught.value.column is not None
    assert len(str(caught.value)) < 400


def test_a_dump_with_graphs_has_every_quad(store: EmbeddedStore) -> None:
    output = io.BytesIO()
    store.dump(output, RdfFormat.N_QUADS)
    assert sorted(output.getvalue().decode().splitlines()) == sorted(f"{quad} ." for quad in store.quads())


def test_a_dump_without_graphs_has_the_triples_of_all(store: EmbeddedStore) -> None:
    output = io.BytesIO()
    store.dump(output, RdfFormat.TURTLE, prefixes={"ex": "http://example.org/"})
    assert sorted(q.object.value for q in parse(output.getvalue(), RdfFormat.TURTLE)) == ["a", "b"]
    assert b"ex:s" in output.getvalue()
