"""Rows chosen before their optional parts are looked up: the same answer, and only where that is certain."""

from __future__ import annotations

import random
import re

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from server.engine.insertions import inserted
from server.engine.top_rows import first_rows_first

P = "PREFIX e: <http://e/> "
E = "http://e/"

REWRITTEN = [
    "SELECT ?s ?d ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY DESC(?d) ?s LIMIT 7",
    "SELECT * WHERE { ?s e:date ?d . ?s a e:A . OPTIONAL { ?s e:weapon ?w } . OPTIONAL { ?s e:killed ?k } }"
    " ORDER BY ?d ?s LIMIT 9",
    "select $s $w { GRAPH e:g { ?s e:date ?d FILTER(?d > 3) } OPTIONAL { GRAPH e:g { ?s e:weapon ?w } } }"
    " order by ?d ?s offset 4 limit 5",
    'SELECT ?s ?limit { ?s e:date ?limit . FILTER regex(STR(?limit), "[0-9]") OPTIONAL { ?s e:killed ?k }'
    " OPTIONAL { ?s e:weapon ?w FILTER(?w > ?limit) } } ORDER BY ASC(?limit) ?s LIMIT 6 OFFSET 3",
    "SELECT ?s ?k ?x { ?s e:date ?d OPTIONAL { ?s e:killed ?k OPTIONAL { ?x e:killed ?k } } } ORDER BY ?d ?s LIMIT 8",
    "SELECT ?s ?w FROM e:g { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY ?d ?s LIMIT 7 # OPTIONAL",
]

ONE_BY_ONE = [
    ("SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY ?d ?s LIMIT 7", 1),
    ("SELECT ?s ?w { ?s e:date ?d OPTIONAL { GRAPH e:g { ?s e:weapon ?w FILTER(?w > 9) } } } ORDER BY ?d LIMIT 7", 1),
    ("SELECT * { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } OPTIONAL { ?w e:killed ?k } } ORDER BY ?d ?s LIMIT 9", 1),
    ("SELECT * { ?s e:date ?d OPTIONAL { ?s e:weapon ?w FILTER(?w > ?d) } } ORDER BY ?d ?s LIMIT 9", 0),
    ("SELECT * { ?s e:date ?d OPTIONAL { ?x a e:A } } ORDER BY ?d ?s LIMIT 9", 0),  # all of them for each row
    ("SELECT * { ?s e:date ?d OPTIONAL { ?s e:killed ?k OPTIONAL { ?x e:weapon ?d } } } ORDER BY ?d ?s LIMIT 8", 0),
    ("SELECT * { ?s e:date ?d OPTIONAL { ?s e:killed ?k MINUS { ?s e:weapon ?d } } } ORDER BY ?d ?s LIMIT 8", 0),
    ("SELECT * { ?s e:date ?d OPTIONAL { { SELECT ?s { ?s e:killed ?d } } } } ORDER BY ?d ?s LIMIT 8", 0),
    ("SELECT * { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY ?d ?s LIMIT 9000", 0),
]

LEFT = [
    "SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY ?w LIMIT 7",  # a key that may be unbound
    "SELECT ?s ?w { { ?s e:date ?d } UNION { ?s a ?c } OPTIONAL { ?s e:date ?d } } ORDER BY ?d LIMIT 7",
    "SELECT DISTINCT ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY ?d LIMIT 7",
    "SELECT (COUNT(?w) AS ?n) { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY ?d LIMIT 7",
    "SELECT ?s (COUNT(?w) AS ?n) { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } GROUP BY ?s ORDER BY ?d LIMIT 7",
    "SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } FILTER(BOUND(?w)) } ORDER BY ?d LIMIT 7",
    "SELECT ?s ?w { ?s e:date ?d FILTER(!BOUND(?w)) OPTIONAL { ?s e:weapon ?w } } ORDER BY ?d LIMIT 7",
    "SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } ?s a e:A } ORDER BY ?d LIMIT 7",
    "SELECT ?s ?w { ?s a e:A BIND(1/0 AS ?d) OPTIONAL { ?s e:date ?d } } ORDER BY ?d LIMIT 7",
    "SELECT ?s ?w { ?s a e:A VALUES ?d { UNDEF } OPTIONAL { ?s e:date ?d } } ORDER BY ?d LIMIT 7",
    "SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY (?d + 1) LIMIT 7",
    "SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY ?d",
    "SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } LIMIT 7",
    "SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY ?d LIMIT 1000000",
    "SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY ?d LIMIT 7 VALUES ?s { e:s1 }",
    "CONSTRUCT { ?s e:w ?w } { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } } ORDER BY ?d LIMIT 7",
    "SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } ORDER BY ?d LIMIT 7",
    "SELECT ?s ?w { ?s e:date ?d OPTIONAL { ?s e:weapon ?w } MINUS { ?s a e:A } } ORDER BY ?d LIMIT 7",
]


@pytest.fixture(scope="module")
def store() -> Store:
    draw, store, graph = random.Random(7), Store(), NamedNode(E + "g")
    for i in range(40):
        thing = NamedNode(f"{E}s{i}")
        store.add(Quad(thing, NamedNode(E + "date"), Literal(draw.randint(1, 9)), graph))
        if draw.random() < 0.5:
            store.add(
                Quad(
                    thing,
                    NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
                    NamedNode(E + "A"),
                    graph,
                )
            )
        for name, most in (("weapon", 3), ("killed", 2)):
            for _ in range(draw.randint(0, most)):
                store.add(Quad(thing, NamedNode(E + name), Literal(draw.randint(1, 20)), graph))
    return store


@pytest.mark.parametrize("query", REWRITTEN)
def test_the_answer_stays(store: Store, query: str) -> None:
    """Rows with equal keys may come in any order, and the last of them may be any: so their keys are compared, and
    each row must be one of the whole answer."""
    insertions = first_rows_first(P + query)
    assert insertions
    quicker = inserted(P + query, insertions)
    before, after = _rows(store, P + query), _rows(store, quicker)
    assert len(before) == len(after) > 0
    keys = [name for name in ("s", "d", "limit") if name in before[0]]
    assert [[row[key] for key in keys] for row in before] == [[row[key] for key in keys] for row in after]
    whole = _rows(store, _unlimited(P + query))
    assert all(row in whole for row in after)


@pytest.mark.parametrize(("query", "parts"), ONE_BY_ONE)
def test_an_optional_part_is_looked_up_row_by_row_where_that_is_the_same_and_quicker(
    store: Store, query: str, parts: int
) -> None:
    quicker = inserted(P + query, first_rows_first(P + query))
    assert quicker.count("LATERAL") == parts
    assert sorted(map(str, _rows(store, _all(quicker)))) == sorted(map(str, _rows(store, _all(P + query))))


@pytest.mark.parametrize("query", LEFT)
def test_it_stays_as_it_is_where_that_is_not_certain(query: str) -> None:
    assert not first_rows_first(P + query)


def _all(query: str) -> str:
    """With limits that all rows are within: where some are cut off, it may be any of those with equal keys."""
    return re.sub(r"LIMIT \d+", "LIMIT 1999", query)


def _unlimited(query: str) -> str:
    return query[: max(query.rfind("ORDER BY"), query.rfind("order by"))]


def _rows(store: Store, query: str) -> list[dict[str, str]]:
    solutions = store.query(query, use_default_graph_as_union="FROM" not in query)
    names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]
    return [{name: str(row[name]) for name in names} for row in solutions]  # type: ignore[union-attr,index]


@pytest.mark.parametrize("number", ["9" * 5000, "5²"])
def test_a_limit_that_is_no_number_of_rows_stays_as_it_is(number: str) -> None:
    text = f"SELECT ?s {{ ?s ?p ?o OPTIONAL {{ ?s ?q ?r }} }} ORDER BY ?o LIMIT {number}"
    assert not first_rows_first(text)
