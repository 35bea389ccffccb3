from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from server.update_text import with_using, without_silent_loads

G, N = [NamedNode("http://e/g")], [NamedNode("http://e/n")]


def test_the_dataset_goes_before_each_outermost_where() -> None:
    text = "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o } ; INSERT { ?s ?p 1 } WHERE { { SELECT * WHERE { ?s ?p ?o } } }"
    rewritten = with_using(text, G, N)
    assert rewritten.count("USING <http://e/g> USING NAMED <http://e/n> WHERE") == 2


def test_the_short_form_of_delete_is_written_out() -> None:
    assert with_using("DELETE WHERE { ?s ?p 'b' }", G, []).split() == (
        ["DELETE", "{", "?s", "?p", "'b'", "}", "USING", "<http://e/g>", "WHERE", "{", "?s", "?p", "'b'", "}"]
    )


@pytest.mark.parametrize("text", ["WITH <http://e/g> DELETE {} WHERE {}", "INSERT {} USING <http://e/g> WHERE {}"])
def test_an_update_that_names_its_dataset_itself_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="using-graph-uri"):
        with_using(text, G, [])


def test_a_silent_load_does_nothing() -> None:
    text = "LOAD SILENT <http://e/x> INTO GRAPH <http://e/g> ; LOAD <http://e/y>"
    rewritten = without_silent_loads(text)
    assert "SILENT GRAPH <urn:kgbuild:no-such-graph>" in rewritten
    assert rewritten.endswith("LOAD <http://e/y>")
