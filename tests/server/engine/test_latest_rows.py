"""First rows by date looked for among the first days: the same answer, and only where that is certain."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, parse_query_results

from kgbuild.vocab import CKO, RDF, XSD
from server.engine import answering, latest_rows
from server.engine.date_index import DateIndex
from server.engine.folder import Opened
from server.engine.latest_rows import FIRST_SHARE, first_by_date
from server.engine.tasks import Dataset, QueryTask

P = "PREFIX cko: <https://w3id.org/cko#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX e: <http://e/> "
E = "http://e/"
DAYS = [f"{year}-{month:02}-{day:02}" for year in (2016, 2017) for month in range(1, 13) for day in range(1, 29)]

TRIED = [
    "SELECT ?s ?d { ?s cko:startDate ?d } ORDER BY DESC(?d) ?s LIMIT 7",
    "SELECT * WHERE { ?s cko:startDate ?d ; cko:place ?p } ORDER BY ?d ?s LIMIT 7",
    "SELECT $d { $s a cko:Incident . $s cko:startDate $d } ORDER BY DESC($d) LIMIT 7",
    "SELECT ?s ?d { GRAPH e:g1 { ?s cko:startDate ?d } GRAPH ?h { ?s cko:place ?p } } ORDER BY desc(?d) ?s ?p LIMIT 7",
    "SELECT ?s ?d { GRAPH ?g { ?s cko:startDate ?d ; cko:killedMin ?n FILTER(?n > 3) } } ORDER BY DESC(?d) ?s LIMIT 5",
    "SELECT ?s ?d ?w { ?s cko:startDate ?d OPTIONAL { ?s cko:weapon ?w } } ORDER BY DESC(?d) ?s LIMIT 7",
    "SELECT ?s ?d { ?s cko:startDate ?d FILTER NOT EXISTS { ?s cko:weapon ?w } } ORDER BY ASC(?d) ?s LIMIT 7 OFFSET 3",
    "SELECT ?s ?d { ?s cko:startDate ?d { ?s cko:place ?p } UNION { ?s cko:weapon ?p } } ORDER BY DESC(?d) ?s LIMIT 9",
    "SELECT ?s ?d { ?s cko:startDate ?d { SELECT ?s { ?s cko:weapon ?w } LIMIT 300 } } ORDER BY DESC(?d) ?s LIMIT 9",
    "SELECT ?s ?d { OPTIONAL { ?s cko:endDate ?d } GRAPH e:g1 { ?s cko:startDate ?d } } ORDER BY DESC(?d) ?s LIMIT 9",
    "SELECT ?s ?d ?f { ?s cko:startDate ?d . ?s cko:endDate ?f FILTER(?f > ?d) } ORDER BY DESC(?d) ?s LIMIT 9",
    "SELECT ?s ?d FROM e:g1 { ?s cko:startDate ?d } ORDER BY DESC(?d) ?s LIMIT 7",
]

LEFT = [
    "SELECT ?s ?d { ?s cko:startDate ?d } LIMIT 7",
    "SELECT ?s ?d { ?s cko:startDate ?d } ORDER BY ?d",
    "SELECT ?s ?d { ?s cko:startDate ?d } ORDER BY ?s DESC(?d) LIMIT 7",
    "SELECT ?s ?d { ?s cko:startDate ?d } ORDER BY STR(?d) LIMIT 7",
    "SELECT ?s ?d { ?s cko:startDate ?d } ORDER BY DESC(?d) LIMIT 400",  # more than the days of a first list have
    "SELECT ?s ?d { ?s cko:startDate ?d } ORDER BY DESC(?d) LIMIT 7 OFFSET 400",
    "SELECT ?s ?d { ?s cko:place ?d } ORDER BY DESC(?d) LIMIT 7",
    "SELECT ?s ?d { ?s cko:retrieved ?d } ORDER BY DESC(?d) LIMIT 7",  # some of them have time zones
    "SELECT ?s ?d { ?s cko:issued ?d ; a cko:Siege ; cko:startDate ?d } ORDER BY DESC(?d) LIMIT 7",  # few sieges
    "SELECT ?s ?d { OPTIONAL { ?s cko:startDate ?d } } ORDER BY DESC(?d) LIMIT 7",
    "SELECT ?s ?d { { ?s cko:startDate ?d } UNION { ?s cko:endDate ?d } } ORDER BY DESC(?d) LIMIT 7",
    "SELECT ?s ?d { { SELECT ?s ?d { ?s cko:startDate ?d } LIMIT 20 } } ORDER BY DESC(?d) LIMIT 7",
    "SELECT DISTINCT ?s { ?s cko:startDate ?d } ORDER BY DESC(?d) LIMIT 7",
    "SELECT (MAX(?d) AS ?m) { ?s cko:startDate ?d } ORDER BY DESC(?d) LIMIT 7",
    "SELECT ?s { ?s cko:startDate ?d } GROUP BY ?s ORDER BY DESC(?d) LIMIT 7",
    "SELECT ?s ?d { ?s cko:startDate ?d } ORDER BY DESC(?d) LIMIT 7 VALUES ?s { e:s1 }",
    "SELECT ?s ?d { ?s cko:startDate ?d ; cko:perpetrator e:a1 } ORDER BY DESC(?d) LIMIT 7",
    "SELECT ?s ?d { ?s cko:startDate ?d MINUS { \\u003Fs a cko:Siege } } ORDER BY DESC(?d) LIMIT 7",
    "CONSTRUCT { ?s e:on ?d } { ?s cko:startDate ?d } ORDER BY DESC(?d) LIMIT 7",
    "SELECT ?s ?d { ?s cko:startDate ?d ORDER BY DESC(?d) LIMIT 7",
]


@pytest.fixture(scope="module")
def opened() -> Opened:
    draw, store = random.Random(7), Store()
    graphs = [NamedNode(f"{E}g{n}") for n in (1, 2)]
    for i in range(1500):
        thing = NamedNode(f"{E}s{i}")
        day = Literal(draw.choice(DAYS), datatype=XSD.date)
        found: list[tuple[NamedNode, Any]] = [(CKO.startDate, day), (RDF.type, CKO.Incident)]
        found += [(RDF.type, CKO.Siege)] * (i % 300 == 0)
        found += [(CKO.endDate, day if i % 3 else Literal(draw.choice(DAYS), datatype=XSD.date))]
        found += [(CKO.retrieved, Literal(draw.choice(DAYS) + draw.choice(("", "Z")), datatype=XSD.date))]
        found += [(CKO.killedMin, Literal(draw.randint(1, 9))) for _ in range(draw.randint(0, 2))]
        found += [(CKO.place, NamedNode(f"{E}p{draw.randint(1, 9)}"))] * (i % 5 > 0)
        found += [(CKO.weapon, NamedNode(f"{E}w{draw.randint(1, 3)}")) for _ in range(draw.choice((0, 0, 1, 2)))]
        for predicate, term in found:
            for graph in draw.choice([graphs[:1], graphs[1:], graphs]):
                store.add(Quad(thing, predicate, term, graph))
    return Opened(1, store, DateIndex.of(store))


@pytest.mark.parametrize("query", TRIED)
def test_the_answer_stays(opened: Opened, query: str) -> None:
    for union in (True, False):
        assert _answer(opened, P + query, union) == _expected(opened, P + query, union)


@pytest.mark.parametrize("query", TRIED)
def test_the_first_days_are_tried(opened: Opened, query: str) -> None:
    assert first_by_date(P + query, opened.dates)


@pytest.mark.parametrize("query", LEFT)
def test_it_stays_as_it_is_where_that_is_not_certain_or_not_quicker(opened: Opened, query: str) -> None:
    assert first_by_date(P + query, opened.dates) is None


def test_a_longer_list_is_tried_by_the_rows_that_a_short_one_had(opened: Opened) -> None:
    found = first_by_date(P + TRIED[0], opened.dates)
    assert found
    assert found.longer(FIRST_SHARE, 6) == 2 * FIRST_SHARE
    assert found.longer(FIRST_SHARE, 1) == 7 * 1.5 * FIRST_SHARE
    assert len(found.list_of(FIRST_SHARE)[1]) < len(found.list_of(2 * FIRST_SHARE)[1])


_PARTS = (
    "OPTIONAL { ?s cko:weapon ?w }",
    "OPTIONAL { ?s cko:killedMin ?w FILTER(?w > 3) }",
    "OPTIONAL { ?x cko:endDate ?d . ?x cko:weapon ?w }",
    "MINUS { ?s cko:weapon ?w }",
    "FILTER NOT EXISTS { ?s cko:weapon ?w }",
    "FILTER EXISTS { ?s cko:killedMin 9 ; cko:weapon ?w }",
    "?s cko:endDate ?f .",
    "?s cko:endDate ?d .",
    "?s cko:place ?p .",
    "{ ?s cko:place ?p } UNION { ?s cko:weapon ?w }",
    "GRAPH ?h { ?s cko:place ?p }",
    "FILTER(?d != '2016-05-05'^^xsd:date)",
)


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(st.sampled_from(_PARTS), max_size=3, unique=True), place=st.integers(0, 3),
    wrapped=st.sampled_from(("{}", "GRAPH ?g {{ {} }}")), descending=st.booleans(), union=st.booleans(),
    limit=st.integers(1, 40), offset=st.sampled_from((0, 0, 5)),
)  # fmt: skip
def test_the_answer_stays_whatever_stands_around(
    opened: Opened, parts: list[str], place: int, wrapped: str, descending: bool, union: bool, limit: int, offset: int,
) -> None:  # fmt: skip
    body = " ".join([*parts[:place], "?s cko:startDate ?d .", *parts[place:]])
    order = "DESC(?d)" if descending else "?d"
    query = f"{P} SELECT ?s ?d {{ {wrapped.format(body)} }} ORDER BY {order} ?s LIMIT {limit} OFFSET {offset}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(latest_rows, "FIRST_SHARE", 0.1)  # so that the rows of more queries are within
        patch.setattr(answering, "FIRST_SHARE", 0.1)
        assert _answer(opened, query, union) == _expected(opened, query, union)


class _Sink:
    """What the worker's outlet is to the engine."""

    def __init__(self) -> None:
        self.body = b""

    def open(self, kind: str, extension: str) -> _Sink:
        return self

    def write(self, data: bytes) -> int:
        self.body += data
        return len(data)

    def flush(self) -> None: ...

    def close(self) -> None: ...


def _answer(opened: Opened, query: str, union: bool) -> list[dict[str, str]]:
    sink = _Sink()
    task = QueryTask(
        text=query, snapshot=1, formats={"rows": "srj"}, dataset=Dataset(union=union and "FROM" not in query)
    )
    answering.answer_query(opened, task, sink)  # type: ignore[arg-type]
    solutions = parse_query_results(sink.body, format=answering.QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    return _rows(solutions)


def _expected(opened: Opened, query: str, union: bool) -> list[dict[str, str]]:
    solutions = opened.database.query(query, use_default_graph_as_union=union and "FROM" not in query)
    assert isinstance(solutions, QuerySolutions)
    return _rows(solutions)


def _rows(solutions: QuerySolutions) -> list[dict[str, str]]:
    names: Sequence[str] = [variable.value for variable in solutions.variables if variable.value in ("s", "d")]
    return [{name: str(row[name]) for name in names} for row in solutions]
