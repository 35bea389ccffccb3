from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from kgbuild.errors import UsageError
from kgbuild.saved_queries import Parameter, load, load_all, parse

_CASES = Path(__file__).parent / "cases" / "saved_queries"
_BASE = "https://w3id.org/cko/id/"
_HEADER = "#+ summary: All\n#+ summary_ar: الكل\n"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.load(path=_CASES / "graph.trig", format=RdfFormat.TRIG)
    return store


def _rows(store: Store, query: str) -> list[list[str]]:
    solutions = store.query(query, use_default_graph_as_union=True)
    return [[value.value.removeprefix(_BASE) if value else "" for value in row] for row in solutions]


def _cases() -> list[Any]:
    found = []
    for path in sorted(_CASES.glob("*.json")):
        for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")), start=1):
            found.append(pytest.param(path.stem, case["values"], case["rows"], id=f"{path.stem}-{number}"))
    return found


@pytest.mark.parametrize(("name", "values", "rows"), _cases())
def test_rows_on_the_hand_made_graph(store: Store, name: str, values: dict[str, str], rows: list[list[str]]) -> None:
    assert _rows(store, load(name).filled(values)) == rows


def test_every_query_has_a_case() -> None:
    assert {path.stem for path in _CASES.glob("*.json")} == set(load_all())


@pytest.mark.parametrize("name", load_all())
def test_the_engine_takes_it_with_and_without_values(store: Store, name: str) -> None:
    query = load(name)
    _rows(store, query.filled())
    _rows(store, query.filled({p.name: p.example for p in query.parameters}))


@pytest.mark.parametrize("name", load_all())
def test_every_parameter_occurs_in_the_query(name: str) -> None:
    query = load(name)
    body = "".join(line for line in query.text.splitlines() if not line.startswith("#"))
    assert [p.name for p in query.parameters if f"${p.name}" not in body] == []


def _asked(kind: str, value: str, body: str = "ASK { BIND($x AS ?y) }") -> str:
    return parse("test", f"{_HEADER}#+ param: x {kind} 1 A value\n#+ param_ar: x قيمة\n{body}").filled({"x": value})


def test_a_value_stands_for_every_use_of_the_parameter() -> None:
    seven = '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert f"FILTER({seven} = {seven})" in _asked("integer", "7", "ASK { FILTER($x = $x) }")


def test_a_longer_name_is_another_variable() -> None:
    assert "$xy" in _asked("integer", "7", "ASK { BIND($xy AS ?z) }")


@pytest.mark.parametrize(
    "literal", ['"$x"', "'$x'", '"""a "$x" b"""', "<http://example.org/$x>", "# $x", r'"\"$x"'], ids=str
)
def test_strings_iris_and_comments_stay(literal: str) -> None:
    assert literal in _asked("integer", "7", f"ASK {{ }} {literal}")


def test_without_a_value_the_parameter_stays_a_variable() -> None:
    query = parse("test", f"{_HEADER}#+ param: x iri cko:place A value\n#+ param_ar: x قيمة\nASK {{ $x ?p ?o }}")
    assert query.filled() == query.filled({"x": ""}) == query.text


def test_a_needed_parameter_falls_back_to_its_example() -> None:
    query = parse("test", f"{_HEADER}#+ param: x integer! 5 A value\n#+ param_ar: x قيمة\nASK {{ FILTER($x > 1) }}")
    assert '"5"^^' in query.filled()


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1).filter(lambda t: t.strip() == t))
def test_no_string_breaks_out_of_its_literal(value: str) -> None:
    query = _asked("string", value, "SELECT ($x AS ?y) {}")
    (row,) = Store().query(query)
    assert row["y"] == Literal(value)


@pytest.mark.parametrize("value", ['" . } DROP ALL #', '\\" }', "\\u0022 } DROP ALL #", '"""', "\n} #", "$x", "\\1"])
def test_hostile_strings_stay_strings(value: str) -> None:
    (row,) = Store().query(_asked("string", value, "SELECT ($x AS ?y) {}"))
    assert row["y"].value == value.strip()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("iri", "http://example.org/> } #"),
        ("iri", "nothing"),
        ("iri", "cko:a|^b"),
        ("date", "8 June"),
        ("date", "2017-02-30"),
        ("integer", "1; DROP"),
        ("integer", "1.5"),
        ("decimal", "NaN"),
        ("decimal", "a"),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"is no {kind}"):
        _asked(kind, value)


@pytest.mark.parametrize(
    "value", ["cko:AirStrike", "<https://w3id.org/cko#AirStrike>", "https://w3id.org/cko#AirStrike"]
)
def test_an_iri_may_be_written_in_three_ways(value: str) -> None:
    parameter = Parameter("class", "iri", "cko:AirStrike", "A class", "صنف")
    assert parameter.term(value) == NamedNode("https://w3id.org/cko#AirStrike")


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(UsageError, match=r"no parameter who; it has .*actor"):
        load("who-struck-what").filled({"who": "x"})


def test_an_unknown_query_is_refused_with_names_that_are_near() -> None:
    with pytest.raises(UsageError, match="who-struck-what"):
        load("who-struck-whom")


@pytest.mark.parametrize(
    "text",
    [
        "ASK {}",
        "#+ summary: All\nASK {}",
        f"{_HEADER}#+ view: hologram\nASK {{}}",
        f"{_HEADER}#+ param: x colour red A value\n#+ param_ar: x قيمة\nASK {{}}",
        f"{_HEADER}#+ param: x iri cko:place\n#+ param_ar: x قيمة\nASK {{}}",
        f"{_HEADER}#+ param: x iri cko:place A value\nASK {{}}",
    ],
)
def test_a_faulty_header_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="test"):
        parse("test", text)
