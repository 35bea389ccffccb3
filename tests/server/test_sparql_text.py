from __future__ import annotations

import time
import tracemalloc

import pytest

from server.sparql_text import outline, tokens, with_limit, words


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("# ASK\nPREFIX a: <http://construct/> ask {}", "ASK"),
        ("BASE <http://e/> DESCRIBE <x>", "DESCRIBE"),
        ("nonsense", None),
    ],
)
def test_the_form_is_the_first_keyword_of_its_kind(text: str, form: str | None) -> None:
    assert outline(text).form == form


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("SELECT * FROM <http://g> {}", True),
        ("SELECT * { ?s ?p 'FROM' } # FROM", False),
        ("SELECT ?from { { SELECT * { ?from ?p ?o } } }", False),
    ],
)
def test_dataset_clauses_are_seen_outside_of_strings_and_names(text: str, has: bool) -> None:
    assert outline(text).has_dataset is has


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("SELECT * {}", "SELECT * {}\nLIMIT 9"),
        ("SELECT * {} LIMIT 5", "SELECT * {} LIMIT 5"),
        ("SELECT * {} limit 50 OFFSET 2", "SELECT * {} limit 9 OFFSET 2"),
        ("SELECT * { { SELECT * {} LIMIT 50 } }", "SELECT * { { SELECT * {} LIMIT 50 } }\nLIMIT 9"),
        ("SELECT * {} VALUES ?x { 1 }", "SELECT * {} LIMIT 9 VALUES ?x { 1 }"),
        ("SELECT * {} # a comment", "SELECT * {} # a comment\nLIMIT 9"),
        (f"SELECT * {{}} LIMIT {'9' * 5000}", "SELECT * {} LIMIT 9"),
        ("SELECT * {} LIMIT 5²", "SELECT * {} LIMIT 5²\nLIMIT 9"),
        ("ASK {}", "ASK {}"),
    ],
)
def test_the_number_of_rows_is_limited(text: str, limited: str) -> None:
    assert with_limit(text, 9) == limited


@pytest.mark.parametrize(
    ("text", "changing"),
    [
        ("SELECT * { ?s ?p ?o FILTER(?o < NOW()) }", True),
        ("SELECT (uuid() AS ?id) {}", True),
        ("SELECT ?now { ?now ?p 'RAND()' } # SERVICE", False),
    ],
)
def test_words_that_make_answers_change_are_seen_wherever_they_stand(text: str, changing: bool) -> None:
    assert outline(text).changing is changing


def test_of_a_long_text_nothing_is_remembered() -> None:
    text = "SELECT * { VALUES ?x { " + "1 " * 200_000 + "} } LIMIT 5"
    tracemalloc.start()
    try:
        assert outline(text).limit is not None
        now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert now < 20_000
    assert most < 100_000


@pytest.mark.parametrize("unit", ["a.", "é", "1-", "-", '\\"', "'\\'", "<a", "''' ", "@a", "#", "_"])
def test_the_time_for_a_text_grows_no_faster_than_its_length(unit: str) -> None:
    """Each of these took time by the square of the length, or might: 300 kB, minutes."""
    text = f"SELECT * {{ {unit * (300_000 // len(unit))} }}"
    began = time.process_time()
    outline(text)
    for _ in tokens(text):
        pass
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("?o.FILTER(1-RAND()>3.5)", ["?o", ".", "FILTER", "(", "1", "-", "RAND", "(", ")", ">", "3.5", ")"]),
        ("?s e:a.b ?o.", ["?s", "e:a.b", "?o", "."]),
        ("LIMIT 5.x", ["LIMIT", "5.x"]),
        ("a:b-c a-b é-FROM", ["a:b-c", "a-b", "é", "-", "FROM"]),
        ("_:b a'x'b", ["_:b", "a", "'x'", "b"]),
        ('"open\nFROM', ['"open', "FROM"]),
    ],
)
def test_words_that_no_blank_parts_are_parted_as_the_grammar_does(text: str, parts: list[str]) -> None:
    assert [token.text for token in tokens(text)] == parts
    words_of = [token.text.upper() for token in tokens(text) if token.kind == "word"]
    assert [word.text for word in words(text)] == words_of


@pytest.mark.parametrize(
    ("text", "has_dataset", "limit", "changing"),
    [
        ("SELECT * FROM <g> { ?s ?p '}' } # } LIMIT 1\nLIMIT 5", True, "5", False),
        ("SELECT * { { SELECT * { ?from ?p ?o } LIMIT 3 } } ORDER BY (?s) LIMIT 5", False, "5", False),
        ("SELECT ('{' AS ?x) FROM <g> { ?s ?p ?o } LIMIT 7", True, "7", False),
        ("# {\nSELECT * FROM <g#> { ?s ?p ?o } LIMIT 7", True, "7", False),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(*) > 3) LIMIT 7 #}", False, "7", False),
        ("SELECT * { ?s ?p ?o BIND(rand() AS ?r) } LIMIT 7", False, "7", True),
        ("CONSTRUCT { ?s ?p ?o } FROM <g> WHERE { ?s ?p ?o } LIMIT 7", True, "7", False),
        ("SELECT * { ?s ?p ?o } LIMIT 7 VALUES ?s { 1 }", False, "7", False),
        ("DESCRIBE <x> FROM <g>", True, None, False),
    ],
)
def test_what_stands_in_braces_is_not_mistaken_for_what_stands_outside(
    text: str, has_dataset: bool, limit: str | None, changing: bool
) -> None:
    found = outline(text)
    assert (found.has_dataset, found.limit and found.limit.text, found.changing) == (has_dataset, limit, changing)
    if found.limit:
        assert text[found.limit.start : found.limit.end] == limit
