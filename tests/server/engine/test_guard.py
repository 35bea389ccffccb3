from __future__ import annotations

import pytest

from server.engine.guard import ForbiddenError, check_query, check_update


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?service ?p 'civil service' } # SERVICE",
        "PREFIX service: <http://service/> SELECT * { ?s service:service ?o }",
        "SELECT * { ?s ?p ?o }",
        "SELECT WHERE",
    ],
)
def test_a_query_that_only_mentions_the_word_may_run(text: str) -> None:
    check_query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> {} } }",
        "SELECT * { ?a ?b ?c FILTER(?a<'>')SERVICE ?x { ?s ?p '>' } }",
        "SELECT (COUNT(*) AS ?n) { { SELECT * { SERVICE <http://127.0.0.1:9/> {} } } }",
    ],
)
def test_a_query_that_asks_another_server_is_forbidden(text: str) -> None:
    with pytest.raises(ForbiddenError):
        check_query(text)


def test_a_query_with_the_keyword_that_does_not_parse_is_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        check_query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p } }")


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:9/x>",
        "INSERT DATA { <http://e/a> <http://e/b> 1 } ; load <file:///etc/hosts> into graph <http://e/g>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_an_update_that_fetches_is_forbidden(text: str) -> None:
    with pytest.raises(ForbiddenError):
        check_update(text)


def test_an_update_that_only_mentions_the_words_may_run() -> None:
    check_update("INSERT DATA { <http://e/payload> <http://e/service> 'load' }")
