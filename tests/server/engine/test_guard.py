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


HOSTS = {"a.example", "127.0.0.1:9"}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://a.example/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <https://A.example:8443/x> { ?s ?p ?o } SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    ],
)
def test_the_hosts_that_are_named_may_be_asked(text: str) -> None:
    check_query(text, HOSTS)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://b.example/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://127.0.0.1:10/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://a.example@b.example/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://a.example.b.example/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?x { ?s ?p ?o } }",
        "PREFIX e: <http://b.example/> SELECT * { SERVICE e:x { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } SERVICE <http://b.example/> { ?s ?p ?o } }",
        "SELECT * { # SERVICE <http://a.example/>\n SERVICE <http://b.example/> { ?s ?p ?o } }",
        "SELECT * { SERVICE # <http://a.example/>\n <http://b.example/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'SERVICE <http://a.example/>' SERVICE <http://b.example/> { ?s ?p ?o } }",
    ],
)
def test_others_may_not(text: str) -> None:
    with pytest.raises(ForbiddenError, match="limited to"):
        check_query(text, HOSTS)


def test_documents_are_loaded_from_those_hosts_alone() -> None:
    check_update("LOAD SILENT <http://a.example/x> INTO GRAPH <http://e/g> ; LOAD <http://a.example/y>", HOSTS)
    for text in ("LOAD <http://a.example/x> ; LOAD <file:///etc/hosts>", "LOAD <http://b.example/x> INTO GRAPH <e:g>"):
        with pytest.raises(ForbiddenError):
            check_update(text, HOSTS)
