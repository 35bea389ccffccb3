from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.store import current_number
from server.engine.direct import DirectReader, is_lookup
from server.engine.tasks import Dataset, QueryTask


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?p ?o WHERE { <http://e/s> ?p ?o }",
        "SELECT * { GRAPH <http://e/g> { <http://e/s> ?p ?o . } } LIMIT 10",
        "PREFIX e: <http://e/>\nselect distinct ?o { e:s e:p ?o }",
        "ASK { <http://e/s> a <http://e/C> }",
        "DESCRIBE <http://e/s> FROM <http://e/g>",
    ],
)
def test_a_walk_over_one_subject_is_a_lookup(text: str) -> None:
    assert is_lookup(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p <http://e/o> }",
        "SELECT * { <http://e/s> ?p ?o . ?o ?q ?r }",
        "SELECT * { <http://e/s> <http://e/p>+ ?o }",
        "SELECT * { <http://e/s> ?p ?o } ORDER BY ?o",
        "SELECT * { <http://e/s> ?p ?o FILTER(?o > 1) }",
        "SELECT (COUNT(*) AS ?n) { <http://e/s> ?p ?o }",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { <http://e/s> ?p ?o } }",
        "DESCRIBE ?s { ?s ?p ?o }",
        "CONSTRUCT WHERE { <http://e/s> ?p ?o }",
        "SELECT * { <http://e/s> ?p ?o } # " + "x" * 3000,
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert not is_lookup(text)


def test_a_lookup_is_answered_and_what_fails_is_left_to_the_workers(small_store: Path) -> None:
    reader = DirectReader(str(small_store))
    number = current_number(small_store)
    text = "SELECT ?o { <https://w3id.org/cko/id/incident/a1> <https://w3id.org/cko#killedBest> ?o }"
    union = Dataset(union=True)
    found = reader.answer(QueryTask(text=text, snapshot=number, formats={"rows": "csv"}, dataset=union))
    assert found is not None
    assert found.body == b"o\r\n21\r\n"
    assert reader.answer(QueryTask(text=text, snapshot=number, formats={"graph": "ttl"}, dataset=union)) is None
    assert reader.answer(QueryTask(text="ASK { x:y a x:Z }", snapshot=number, formats={"boolean": "srj"})) is None
