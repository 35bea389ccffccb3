"""Ranges of dates given as lists: the same answer, and only where that is certain and quicker."""

from __future__ import annotations

import random
import socket
from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kgbuild.vocab import CKO, RDF, XSD
from server.engine import answering, date_ranges
from server.engine.channel import Channel
from server.engine.date_index import DateIndex
from server.engine.date_ranges import listed
from server.engine.folder import Opened
from server.engine.insertions import inserted
from server.engine.tasks import Dataset, QueryTask

P = (
    "PREFIX cko: <https://w3id.org/cko#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
    " PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX e: <http://e/> "
)
E = "http://e/"
IN = '?d >= "2016-02-05"^^xsd:date && ?d <= "2016-02-14"^^xsd:date'
ONE = f"?s cko:startDate ?d FILTER({IN})"

REWRITTEN = [
    f"SELECT * {{ {ONE} }}",
    f"SELECT * WHERE {{ FILTER({IN}) ?s cko:startDate ?d }}",
    'select $s $d { $s cko:startDate $d . filter($d>"2016-02-20"^^xsd:date &&?d<"2016-03-02"^^xsd:date) }',
    'SELECT ?s ?d { ?s cko:startDate ?d FILTER(?d = "2016-02-10"^^xsd:date) }',
    'SELECT ?s ?d { ?s cko:startDate ?d FILTER(?d = "2016-02-10+14:00"^^xsd:date) }',
    'SELECT ?s ?d { ?s cko:startDate ?d FILTER(?d <= "2016-01-12-12:00"^^xsd:date) }',
    'SELECT ?s ?d { ?s cko:startDate ?d FILTER(?d > "2016-12-15Z"^^xsd:date) }',
    'SELECT ?s ?d { ?s cko:startDate ?d FILTER(?d >= "2016-02-05"^^xsd:date) FILTER(?d < "2016-02-14"^^xsd:date) }',
    "SELECT ?s ?d { ?s cko:startDate ?d FILTER((?d >= '2016-02-05'^^xsd:date) && (?d < '2016-02-14'^^xsd:date)) }",
    f'SELECT ?s ?d {{ ?s cko:startDate ?d ; cko:killedMin ?n FILTER({IN} && (?n > 3 || STR(?d) < "2016-02-15")) }}',
    "SELECT ?s ?d { ?s <https://w3id.org/cko#startDate> ?d FILTER(?d < "
    '"2016-01-20"^^<http://www.w3.org/2001/XMLSchema#date>) }',
    f"SELECT ?s ?p ?d {{ ?s cko:place ?p ; cko:startDate ?d ; cko:killedMin ?n , ?m . FILTER({IN}) }}",
    f"SELECT ?s ?n {{ ?s cko:startDate ?d ; cko:killedMin ?n ; . FILTER({IN}) }}",
    f"SELECT ?s ?g {{ GRAPH ?g {{ {ONE} }} }}",
    f"SELECT ?s ?d {{ GRAPH e:g1 {{ {ONE} }} }}",
    f"SELECT ?s ?d ?p {{ GRAPH e:g1 {{ {ONE} }} GRAPH ?h {{ ?s cko:place ?p }} }}",
    f"SELECT ?s ?d FROM e:g1 {{ {ONE} }}",
    f"SELECT ?s ?d FROM e:g1 FROM e:g2 {{ {ONE} }}",
    f"SELECT ?s ?d FROM NAMED e:g2 {{ GRAPH ?g {{ {ONE} }} }}",
    f"SELECT ?s ?d ?w {{ {ONE} OPTIONAL {{ ?s cko:weapon ?w }} }}",
    f"SELECT ?s ?d ?w {{ ?s cko:startDate ?d OPTIONAL {{ ?s cko:weapon ?w }} FILTER({IN}) }}",
    f"SELECT ?s ?d ?e {{ {ONE} OPTIONAL {{ ?x cko:endDate ?d . ?x cko:place ?e }} }}",
    f"SELECT ?s ?d {{ {ONE} FILTER NOT EXISTS {{ ?s cko:weapon ?w }} }}",
    f"SELECT ?s ?d {{ {ONE} FILTER EXISTS {{ ?s cko:weapon ?w }} }}",
    f"SELECT ?s ?d {{ {ONE} MINUS {{ ?s cko:weapon ?w }} }}",
    f"SELECT ?s ?d {{ {ONE} MINUS {{ ?x cko:endDate ?d }} }}",
    f"SELECT ?s ?m {{ {ONE} BIND(MONTH(?d) AS ?m) }}",
    f"SELECT ?s ?m {{ ?s cko:startDate ?d BIND(MONTH(?d) AS ?m) FILTER({IN}) }}",
    f"SELECT (MONTH(?d) AS ?m) (COUNT(*) AS ?n) {{ {ONE} }} GROUP BY ?d",
    f"SELECT (COUNT(DISTINCT ?d) AS ?n) {{ {ONE} }}",
    f"SELECT DISTINCT ?d {{ {ONE} }}",
    f"SELECT ?s ?d {{ {ONE} }} ORDER BY STR(?d) ?s LIMIT 7",
    f"SELECT ?s ?d {{ {ONE} }} ORDER BY DESC(STR(?d)) ?s OFFSET 2 LIMIT 7",
    f"SELECT ?s ?d {{ {ONE} }} LIMIT 100000",
    f"SELECT ?s ?d {{ {{ {ONE} }} UNION {{ ?s cko:endDate ?d }} }}",
    f"SELECT ?s ?d {{ {{ ?s cko:endDate ?d }} UNION {{ {ONE} }} }}",
    f"SELECT ?s ?d ?p {{ {{ SELECT ?s ?d {{ {ONE} }} ORDER BY STR(?d) ?s LIMIT 5 }} ?s cko:place ?p }}",
    f"SELECT ?s ?n {{ ?s cko:place ?p {{ SELECT ?s (COUNT(*) AS ?n) WHERE {{ {ONE} }} GROUP BY ?s }} }}",
    f"SELECT ?p ?k {{ {{ SELECT ?p (SUM(?n) AS ?k) {{ ?s cko:place ?p ; cko:killedMin ?n }} GROUP BY ?p }} {{ {ONE}"
    " . ?s cko:place ?p } }",
    f"SELECT ?s ?d ?f {{ {ONE} . ?s cko:endDate ?f FILTER(?f < '2016-03-01'^^xsd:date) }}",
    f"SELECT ?s ?d ?f {{ ?s cko:startDate ?d ; cko:endDate ?f FILTER({IN}) FILTER(?f > '2016-02-20'^^xsd:date) }}",
    f"SELECT ?s ?t {{ {ONE} . ?t cko:startDate ?d . ?t cko:place ?p }}",
    f"SELECT ?s ?d {{ {ONE} . ?s cko:endDate ?d }}",
    f"SELECT ?s ?q {{ {ONE} . ?s cko:place/rdfs:label ?q }}",
    f"SELECT ?s ?q {{ {ONE} . ?s cko:within* ?q }}",
    f"SELECT ?s ?q {{ {ONE} . ?s <http://e/a>/<http://e/b> ?q . ?s cko:place ?q2 }}",
    f"SELECT ?s ?q ?v {{ {ONE} . ?s ?q ?v }}",
    f"SELECT ?s ?d {{ ?s a cko:Incident ; cko:startDate ?d FILTER({IN}) }}",
    "SELECT ?s { ?s cko:startDate ?d FILTER(?d > '2017-06-01'^^xsd:date) }",
    "SELECT ?s { ?s cko:startDate ?d FILTER(?d > '2016-06-01'^^xsd:date && ?d < '2016-05-01'^^xsd:date) }",
]

LEFT = [
    "SELECT ?s { ?s cko:startDate ?d }",
    f"SELECT ?s {{ ?s cko:place ?d FILTER({IN}) }}",
    f"SELECT ?s {{ ?s cko:startDate ?e FILTER({IN}) }}",
    f"SELECT ?s {{ ?d cko:startDate ?d FILTER({IN}) }}",
    f"SELECT ?s {{ OPTIONAL {{ ?s cko:startDate ?d }} FILTER({IN}) }}",
    f"SELECT ?s {{ ?s cko:place ?p OPTIONAL {{ ?s cko:startDate ?d FILTER({IN}) }} }}",
    f"SELECT ?s {{ OPTIONAL {{ ?x cko:endDate ?d }} ?s cko:startDate ?d FILTER({IN}) }}",
    f"SELECT ?s {{ ?s cko:place ?p MINUS {{ ?s cko:startDate ?d FILTER({IN}) }} }}",
    f"SELECT ?s {{ ?s cko:place ?p FILTER NOT EXISTS {{ ?s cko:startDate ?d FILTER({IN}) }} }}",
    f"SELECT ?s {{ ?s cko:place ?p FILTER(EXISTS {{ ?s cko:startDate ?d FILTER({IN}) }}) }}",
    f"SELECT ?s {{ {{ ?s cko:startDate ?d }} FILTER({IN}) }}",
    f"SELECT ?s {{ GRAPH ?g {{ ?s cko:startDate ?d }} FILTER({IN}) }}",
    f"SELECT ?s {{ {{ ?s cko:startDate ?d }} UNION {{ ?s cko:endDate ?d }} FILTER({IN}) }}",
    f"SELECT ?s {{ {{ SELECT ?s ?d {{ ?s cko:startDate ?d }} LIMIT 5 }} FILTER({IN}) }}",
    'SELECT ?s { ?s cko:startDate ?d FILTER(?d > "2016-02-01"^^xsd:date || ?d < "2016-01-05"^^xsd:date) }',
    'SELECT ?s { ?s cko:startDate ?d FILTER(!(?d > "2016-02-01"^^xsd:date)) }',
    'SELECT ?s { ?s cko:startDate ?d FILTER(?d != "2016-02-01"^^xsd:date) }',
    'SELECT ?s { ?s cko:startDate ?d FILTER(?d > "2016-12-20"^^xsd:dateTime) }',
    'SELECT ?s { ?s cko:startDate ?d FILTER(STR(?d) > "2016-12-20") }',
    'SELECT ?s { ?s cko:startDate ?d FILTER(?d > "2016-12-99"^^xsd:date) }',
    'SELECT ?s { ?s cko:startDate ?d FILTER(?d > "2016-02-01"^^xsd:date) }',  # most of them
    f"SELECT ?s {{ ?s cko:perpetrator e:a1 ; cko:startDate ?d FILTER({IN}) }}",
    f"SELECT ?s {{ ?s cko:perpetrator <http://e/a1> ; cko:startDate ?d FILTER({IN}) }}",
    f"SELECT ?s {{ ?s cko:killedMin 3 ; cko:startDate ?d FILTER({IN}) }}",
    f"SELECT ?s {{ ?s a cko:Siege ; cko:startDate ?d FILTER({IN}) }}",  # the engine had better begin with the sieges
    f"SELECT ?s {{ ?s cko:startDate ?d FILTER({IN}) VALUES ?s {{ e:s1 }} }}",
    f"SELECT ?s {{ {ONE} }} VALUES ?s {{ e:s1 }}",
    f"SELECT ?s {{ {ONE} }} LIMIT 10",
    f"SELECT ?s {{ {ONE} . ?s cko:place _:p }}",
    f"SELECT ?s {{ {ONE} . ?s cko:place [] }}",
    f"SELECT ?s {{ {ONE} . ?s (cko:place|cko:within) ?p }}",
    f"SELECT ?s {{ {ONE} . ?s cko:place|cko:within ?p }}",
    f"SELECT ?s {{ {ONE} . ?s ^cko:within ?p }}",
    f"SELECT ?s {{ {ONE} SERVICE e:x {{ ?s ?p ?o }} }}",
    f"SELECT ?s {{ {ONE} . \\u003Fs cko:place ?p }}",
    f"ASK {{ {ONE} }}",
    f"CONSTRUCT {{ ?s e:on ?d }} WHERE {{ {ONE} }}",
    f"SELECT ?s {{ {ONE}",
    f"SELECT ?s {{ {'{' * 3000} {ONE} {'}' * 3000} }}",
    f"PREFIX cko: <http://e/> SELECT ?s {{ {ONE} }}",
]

DAYS = [f"2016-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
OTHERS = [
    Literal("2016-02-10", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")),
    Literal("2016-02-10T12:00:00", datatype=XSD.dateTime),
    Literal("2016-02-10T12:00:00Z", datatype=XSD.dateTime),
    Literal("2016", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
    Literal("2016-02-30", datatype=XSD.date),
    Literal("-0044-03-15", datatype=XSD.date),
    Literal("12016-02-10", datatype=XSD.date),
    Literal('on "2016-02-10"\n'),
    Literal("2016-02-10", language="en"),
    Literal(2016),
    NamedNode(E + "2016-02-10"),
]
ZONES = ("", "", "", "Z", "+14:00", "-12:00")


@pytest.fixture(scope="module")
def store() -> Store:
    draw, store, incidents = random.Random(7), Store(), list[NamedNode]()
    graphs = [NamedNode(f"{E}g{n}") for n in (1, 2)]
    for i in range(600):
        incidents.append(thing := NamedNode(f"{E}s{i}"))
        day = Literal(draw.choice(DAYS) + draw.choice(ZONES), datatype=XSD.date)
        found = [(CKO.startDate, day if i % 40 else draw.choice(OTHERS))]
        found.append((CKO.endDate, day if i % 3 else Literal(draw.choice(DAYS), datatype=XSD.date)))
        found += [(CKO.killedMin, Literal(draw.randint(1, 9))) for _ in range(draw.randint(0, 2))]
        found += [(CKO.place, NamedNode(f"{E}p{draw.randint(1, 9)}"))]
        found += [(CKO.weapon, NamedNode(f"{E}w{draw.randint(1, 3)}"))] * (i % 2)
        found += [(RDF.type, CKO.Siege if i % 60 == 0 else CKO.Incident)]
        for predicate, term in found:
            for graph in draw.choice([graphs[:1], graphs[1:], graphs]):
                store.add(Quad(thing, predicate, term, graph))
    for term in OTHERS:
        store.add(Quad(NamedNode(E + "plain"), CKO.startDate, term))
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for i in range(1, 10):
        store.add(Quad(NamedNode(f"{E}p{i}"), label, Literal(f"place {i}"), graphs[0]))
    return store


@pytest.fixture(scope="module")
def index(store: Store) -> DateIndex:
    return DateIndex.of(store)


@pytest.mark.parametrize("query", REWRITTEN)
def test_the_answer_stays(store: Store, index: DateIndex, query: str) -> None:
    quicker = _quicker(P + query, index)
    assert quicker != P + query
    for union in (True, False):
        assert _answer(store, P + query, union) == _answer(store, quicker, union)


def test_the_queries_above_have_answers(store: Store) -> None:
    empty = [query for query in REWRITTEN if not _answer(store, P + query, True)[1]]
    assert len(empty) <= 6  # paths that are not there, ranges that are empty


@pytest.mark.parametrize("query", LEFT)
def test_it_stays_as_it_is_where_that_is_not_certain_or_not_quicker(index: DateIndex, query: str) -> None:
    assert not listed(P + query, index)


_FIRST = st.sampled_from(DAYS[::9])
_PARTS = (
    "OPTIONAL { ?s cko:weapon ?w }",
    "OPTIONAL { ?s cko:killedMin ?w FILTER(?w > 3) }",
    "OPTIONAL { ?x cko:endDate ?d . ?x cko:weapon ?w }",
    "MINUS { ?s cko:weapon ?w }",
    "FILTER NOT EXISTS { ?s cko:weapon ?w }",
    "BIND(STR(?s) AS ?b)",
    "?s cko:endDate ?f .",
    "?s cko:endDate ?d .",
    "?s cko:place ?p .",
    "{ ?s cko:place ?p } UNION { ?s cko:weapon ?w }",
    "{ SELECT ?s (COUNT(*) AS ?n) { ?s ?any ?thing } GROUP BY ?s }",
    "GRAPH ?h { ?s cko:place ?p }",
    "FILTER(?d != '2016-05-05'^^xsd:date)",
)
_WRAPPED = ("{}", "GRAPH ?g {{ {} }}", "{{ {} }} UNION {{ ?s cko:endDate ?d }}", "{{ SELECT ?s ?d {{ {} }} }}")


@settings(max_examples=150, deadline=None)
@given(
    first=_FIRST, last=_FIRST, zones=st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)),
    signs=st.tuples(st.sampled_from((">", ">=")), st.sampled_from(("<", "<=", "="))),
    parts=st.lists(st.sampled_from(_PARTS), max_size=3, unique=True), place=st.integers(0, 3),
    wrapped=st.sampled_from(_WRAPPED), union=st.booleans(), data=st.data(),
)  # fmt: skip
def test_the_answer_stays_whatever_stands_around(
    store: Store, index: DateIndex, first: str, last: str, zones: tuple[str, str], signs: tuple[str, str],
    parts: list[str], place: int, wrapped: str, union: bool, data: st.DataObject,
) -> None:  # fmt: skip
    """With no regard to whether it is quicker, so that more is rewritten."""
    conditions = [f'?d {signs[0]} "{first}{zones[0]}"^^xsd:date', f'?d {signs[1]} "{last}{zones[1]}"^^xsd:date']
    pattern = ["?s cko:startDate ?d .", f"FILTER({' && '.join(data.draw(st.permutations(conditions)))})"]
    if place > len(parts):
        pattern.reverse()
    body = " ".join([*parts[:place], *pattern, *parts[place:]])
    query = f"{P} SELECT * {{ {wrapped.format(body)} }}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(date_ranges, "LARGEST_SHARE", 1.0)
        quicker = _quicker(query, index)
    assert _answer(store, query, union) == _answer(store, quicker, union)


def test_a_property_with_blank_nodes_is_left_alone() -> None:
    store = Store()
    for day, thing in product(DAYS, "ab"):
        store.add(Quad(NamedNode(E + thing), CKO.startDate, Literal(day, datatype=XSD.date)))
    query = f"{P} SELECT * {{ {ONE} }}"
    assert listed(query, DateIndex.of(store))
    store.add(Quad(NamedNode(E + "a"), CKO.startDate, BlankNode()))
    assert not listed(query, DateIndex.of(store))


def _quicker(query: str, index: DateIndex) -> str:
    return inserted(query, listed(query, index))


def _answer(store: Store, query: str, union: bool) -> tuple[list[str], Counter[tuple[str, ...]]]:
    solutions = store.query(query, use_default_graph_as_union=union and "FROM" not in query)
    names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]
    return names, Counter(tuple(str(row[name]) for name in names) for row in solutions)  # type: ignore[union-attr,index]


def test_what_the_engine_does_not_take_is_asked_as_it_was(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    monkeypatch.setattr(answering, "listed", lambda text, index: [(0, "no query ")])
    ours, theirs = socket.socketpair()
    task = QueryTask(text="ASK { ?s ?p ?o }", snapshot=1, formats={"boolean": "srj"}, dataset=Dataset(union=True))
    with ours, theirs:
        answering.answer_query(Opened(1, store), task, answering.Outlet(Channel(theirs)))
        assert b"true" in Channel(ours).receive().body
