from __future__ import annotations

import json

import pyoxigraph
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from kgbuild.vocab import CKO, RDF, XSD
from server.json_ld import compacted

iris = st.sampled_from(
    [
        "https://w3id.org/cko#AirStrike",
        "https://w3id.org/cko#a/b",
        "https://w3id.org/cko#",
        "https://w3id.org/cko/id/entity/a:b",
        "https://schema.org/url",
        "urn:x:y",
    ]
).map(NamedNode)
literals = st.one_of(
    st.text('ab\u0627"\\<\n', max_size=5).map(Literal),
    st.text("ab", max_size=3).map(lambda text: Literal(text, language="ar")),
    st.sampled_from(["7", "-3", "007", "99999999999999999999"]).map(lambda text: Literal(text, datatype=XSD.integer)),
    st.sampled_from(["0.50", "1"]).map(lambda text: Literal(text, datatype=XSD.decimal)),
    st.sampled_from(["true", "false", "1"]).map(lambda text: Literal(text, datatype=XSD.boolean)),
)
triples = st.builds(Triple, iris, iris | st.just(RDF.type), iris | literals)


@given(st.lists(triples, max_size=8))
def test_what_is_written_is_read_again(found: list[Triple]) -> None:
    read = pyoxigraph.parse(compacted(found), format=RdfFormat.JSON_LD)
    assert {quad.triple for quad in read} == set(found)


def test_names_are_short_and_values_plain() -> None:
    node = BlankNode("b")
    document = json.loads(
        compacted(
            [
                Triple(NamedNode("https://x.example/i"), RDF.type, CKO.Incident),
                Triple(NamedNode("https://x.example/i"), CKO.killedMin, Literal(14)),
                Triple(NamedNode("https://x.example/i"), CKO.place, node),
            ]
        )
    )
    assert document["@context"] == {"cko": "https://w3id.org/cko#"}
    (shown,) = document["@graph"]
    assert shown == {
        "@id": "https://x.example/i", "@type": "cko:Incident", "cko:killedMin": 14, "cko:place": {"@id": "_:b"}
    }  # fmt: skip
