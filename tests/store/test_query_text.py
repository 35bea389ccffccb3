from __future__ import annotations

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode

from kgbuild.store.query_text import bound, declared, gives_triples

E = "https://example.org/"


def test_prefixes_are_declared_where_they_are_used_and_missing() -> None:
    prefixes = {"e": E, "other": "https://example.org/other#"}
    assert declared("ASK { ?s e:p ?o }", prefixes) == f"PREFIX e: <{E}>\nASK {{ ?s e:p ?o }}"
    own = f"prefix e: <{E}> ASK {{ ?s e:p ?o }}"
    assert declared(own, prefixes) == own


def test_variables_are_bound_in_the_outermost_pattern() -> None:
    store = pyoxigraph.Store()
    for name in ("a", "b"):
        store.add(pyoxigraph.Quad(NamedNode(E + name), NamedNode(E + "says"), Literal(f"{name} {{")))
    text = bound("SELECT ?o WHERE { ?s ?p ?o OPTIONAL { ?s ?q ?o } }", {"s": NamedNode(E + "b")})
    assert [row["o"].value for row in store.query(text)] == ["b {"]  # type: ignore[union-attr]
    assert bound("ASK {}", {}) == "ASK {}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", True),
        ("# SELECT\nPREFIX select: <urn:SELECT> describe <urn:x>", True),
        ('SELECT ?construct { ?s ?p "DESCRIBE" }', False),
        ("ASK { ?s <urn:CONSTRUCT> ?o }", False),
    ],
)
def test_the_form_is_told_by_keywords_alone(text: str, expected: bool) -> None:
    assert gives_triples(text) is expected
