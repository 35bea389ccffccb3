from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from pyoxigraph import Quad, Store, parse

from kgbuild.errors import UsageError
from kgbuild.model import Extraction
from kgbuild.rdf import extraction_quads
from kgbuild.resources import ontology_path
from kgbuild.validation.report import validate
from kgbuild.validation.shapes import SH, load, shipped
from kgbuild.vocab import PREFIXES, RDF
from tests.extractions import extractions
from tests.validation.graphs import CONFIG, RUN, sound_graph

_SHAPE = "https://w3id.org/cko/shape/"
_CASES = Path(__file__).parent.parent / "cases" / "shapes" / "broken.toml"


def _cases() -> list[Any]:
    cases = tomllib.loads(_CASES.read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=f"{number}-{case['shape']}") for number, case in enumerate(cases, start=1)]


def _broken(case: dict[str, str]) -> list[Quad]:
    """The sound graph after the case's change; the change must change something."""
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in sound_graph())
    before = set(store)
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    delete, insert = (f"{verb.upper()} {{ {case[verb]} }}" if verb in case else "" for verb in ("delete", "insert"))
    store.update(f"{prefixes} {delete} {insert} WHERE {{ {case['where']} }}")
    assert set(store) != before
    return list(store)


def test_the_sound_graph_conforms() -> None:
    assert shipped().violations(sound_graph()) == []
    assert validate(sound_graph()).conforms


@pytest.mark.parametrize("case", _cases())
def test_a_broken_graph_breaks_exactly_its_shape(case: dict[str, str]) -> None:
    violations = shipped().violations(_broken(case))
    assert {v.shape.removeprefix(_SHAPE) for v in violations} == {case["shape"]}


@pytest.mark.slow
@pytest.mark.parametrize("case", _cases())
def test_the_fast_check_finds_what_pyshacl_finds(case: dict[str, str]) -> None:
    broken = _broken(case)
    fast = {(v.focus, v.shape, tuple(sorted(v.messages.items()))) for v in shipped().violations(broken)}
    full = {(v.focus, v.shape, tuple(sorted(v.messages.items()))) for v in validate(broken).violations}
    assert fast == full


def test_every_shape_is_broken_by_some_case() -> None:
    shapes = {
        t.object.value.removeprefix(_SHAPE)
        for t in parse(path=ontology_path("shapes.ttl"))
        if t.predicate.value == f"{SH}property"
    }
    assert shapes == {case["shape"] for case in tomllib.loads(_CASES.read_text(encoding="utf-8"))["case"]}


def test_every_shape_has_its_own_message_in_both_languages() -> None:
    said = [
        (t.subject, t.object) for t in parse(path=ontology_path("shapes.ttl")) if t.predicate.value == f"{SH}message"
    ]
    assert len({text for _, text in said}) == len(said)
    by_shape: dict[Any, set[str]] = {}
    for shape, text in said:
        by_shape.setdefault(shape, set()).add(text.language)
    assert set(map(frozenset, by_shape.values())) == {frozenset({"ar", "en"})}


def test_a_violation_names_node_and_value_in_both_languages() -> None:
    case = {"where": "?s a cko:Report ; cko:certainty ?v", "delete": "?s cko:certainty ?v"}
    (violation,) = shipped().violations(_broken({**case, "insert": '?s cko:certainty "maybe"'}))
    assert violation.text().endswith(": A report has one certainty of its code list. (maybe)")
    assert violation.text("ar").endswith(": للتقرير درجة يقين واحدة من قائمتها. (maybe)")


@given(extractions())
def test_whatever_the_mapper_writes_keeps_to_the_shapes_of_single_values(extraction: Extraction) -> None:
    """Roles of the wrong kind and figures upside down are in the strategy on purpose; nothing else may be wrong."""
    violations = shipped().violations(extraction_quads(extraction, config=CONFIG, run=RUN))
    about_roles = ("-place", "perpetrator", "participant", "-weapon", "-victim", "attributed")
    about_facilities = ("destroyed", "damaged", "affected", "out-of-service", "-hit")
    about_figures = ("-range", "-order", "within-class")
    assert [
        v for v in violations if not any(part in v.shape for part in (*about_roles, *about_facilities, *about_figures))
    ] == []


def test_a_shape_that_the_fast_check_does_not_know_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(
        f"@prefix sh: <{SH}> . <urn:n> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:property <urn:p> ."
        f" <urn:p> sh:path <{RDF.iri}type> ; sh:maxLength 3 .",
        encoding="utf-8",
    )
    with pytest.raises(UsageError, match="urn:p: the fast check does not know maxLength"):
        load(path)
