from __future__ import annotations

import pytest
from pyoxigraph import Store

from kgbuild.store import SyntaxFault, syntax_fault


@pytest.mark.parametrize(
    ("query", "line", "reason", "sign"),
    [
        ("SELECT * { ?s ?p ?o", 1, "", "}"),
        ("SELECT *\nWHERE ?s ?p ?o", 2, "", "{"),
        ("SELECT ?x { ?x a foo:Bar }", 1, "Prefix not found", ""),
        ('SELECT ?x { ?x ?p "abc }', 1, "", '"'),
        ("SELECT ?x ?y { ?x a ?z } GROUP BY ?x", 1, "The SELECT contains a variable that is unbound", ""),
    ],
)
def test_what_helps_is_kept(query: str, line: int, reason: str, sign: str) -> None:
    fault = fault_of(query)
    assert (fault.line, fault.reason) == (line, reason)
    assert sign in fault.signs


@pytest.mark.parametrize("query", ["SELEC", "SELECT * { ?s ?p }", "SELECT ?x { FILTER(?x = ) }"])
def test_keywords_that_could_have_stood_there_are_left_out(query: str) -> None:
    assert (fault_of(query).reason, fault_of(query).signs) == ("", "")


def test_other_errors_are_none_of_syntax() -> None:
    assert syntax_fault("SERVICE is refused") is None
    fault = syntax_fault("error at 3:4: something new")
    assert fault is not None
    assert (fault.line, fault.column, fault.reason) == (3, 4, "something new")


def fault_of(query: str) -> SyntaxFault:
    with pytest.raises(SyntaxError) as error:
        Store().query(query)
    fault = syntax_fault(str(error.value))
    assert fault is not None
    return fault
