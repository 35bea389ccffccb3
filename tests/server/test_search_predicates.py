"""Names, quotes and points, found by indexes from within SPARQL."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

P = "PREFIX s: <https://w3id.org/cko/search#> PREFIX cko: <https://w3id.org/cko#> "
ID = "https://w3id.org/cko/id/"
EXAMPLES = re.findall(
    r"```sparql\n(.*?)```", (Path(__file__).parents[2] / "docs" / "sparql.md").read_text(encoding="utf-8"), re.DOTALL
)


def ask(client: FlaskClient, text: str, status: int = 200) -> list[str]:
    answer = client.get("/sparql", query_string={"query": P + text, "format": "csv"})
    assert answer.status_code == status, answer.text
    return answer.text.splitlines()[1:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('SELECT ?x { ?x s:label "الرقه" ; a cko:City }', ["entity/raqqa"]),
        ('SELECT ?x { ?x s:label "طيران التحالف" . }', ["entity/coalition"]),
        ('SELECT ?x { ?x <https://w3id.org/cko/search#label> "STREET nur" FILTER(BOUND(?x)) }', ["entity/cafe"]),
        ("SELECT ?x { GRAPH ?g { ?x a cko:City } ?x s:label 'deir' }", ["entity/deir-ez-zor"]),
        ('SELECT ?x { ?x s:text "رعاة لغم" }', ["incident/b1"]),
        ('SELECT ?x { ?x s:within "38 35 39.5 36" }', ["entity/raqqa"]),
        ('SELECT ?x { ?x s:near "40.14, 35.33, 2" }', ["entity/deir-ez-zor"]),
        ('SELECT ?x { ?x s:near "40.14 35.33 200" } ORDER BY ?x', ["entity/deir-ez-zor", "entity/raqqa"]),
        ('SELECT ?x { ?x s:label "لا شيء من هذا" }', []),
        ('SELECT ?x { ?x s:label "" }', []),
        ('SELECT ?x { ?x a cko:City ; <http://www.w3.org/2000/01/rdf-schema#label> ?l FILTER(s:matches(?l, "رقه")) }',
         ["entity/raqqa"]),
    ],
)  # fmt: skip
def test_it_finds(client: FlaskClient, text: str, expected: list[str]) -> None:
    assert ask(client, text) == [ID + name for name in expected]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { ?x s:label ?y }",
        'SELECT ?x { ?x a cko:City ; s:label "x" }',
        'SELECT ?x { <http://e/x> s:label "x" }',
        'SELECT ?x { ?x s:label "x"@ar }',
        'SELECT ?x { ?x s:near "39 35" }',
        'SELECT ?x { ?x s:within "a b c d" }',
        "SELECT ?x { ?x s:label",
    ],
)
def test_another_use_of_it_is_explained(client: FlaskClient, text: str) -> None:
    ask(client, text, 400)


@pytest.mark.parametrize("text", ['SELECT ("s:label" AS ?x) {}', "SELECT (1 AS ?x) {} # ?x s:label 'x'"])
def test_its_name_elsewhere_is_just_a_name(client: FlaskClient, text: str) -> None:
    assert len(ask(client, text)) == 1


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_documented_examples_find_something(client: FlaskClient, text: str) -> None:
    answer = client.post("/sparql?format=csv", data={"query": text})
    assert answer.status_code == 200, answer.text
    assert len(answer.text.splitlines()) > 1


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5
