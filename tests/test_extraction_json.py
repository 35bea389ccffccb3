from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from kgbuild.canonical import canonical
from kgbuild.extraction_json import from_json, to_json
from kgbuild.model import Extraction, Relation
from kgbuild.resources import data_path
from tests.extractions import extractions, sample

_SCHEMA = Draft202012Validator(json.loads(data_path("extraction.schema.json").read_text(encoding="utf-8")))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(_SCHEMA.schema)


@given(extractions())
def test_every_extraction_satisfies_the_schema(extraction: Extraction) -> None:
    _SCHEMA.validate(to_json(extraction))


@given(extractions())
def test_json_keeps_everything(extraction: Extraction) -> None:
    through_text = json.loads(json.dumps(to_json(extraction)))
    assert from_json(through_text) == canonical(extraction)


def test_keys_stand_in_the_order_of_the_contract() -> None:
    data = to_json(sample())
    assert list(data) == ["document", "mentions", "entities", "incidents", "relations"]
    assert " ".join(data["document"]) == "id iri source url title publisher published language text"
    assert list(data["incidents"][0]["date"]) == ["earliest", "latest", "precision", "text"]
    assert " ".join(data["entities"][0]).startswith("id iri class group label wikidata geonames point within mentions")


def test_dates_are_iso_days() -> None:
    data = to_json(sample())
    assert data["document"]["published"] == "2017-06-09"
    assert data["incidents"][0]["date"]["earliest"] == "2017-06-08"


def test_a_merged_incident_shows_only_where_known() -> None:
    extraction = sample()
    fresh = replace(extraction, reports=tuple(replace(r, incident=None) for r in extraction.reports))
    assert "incident" not in to_json(fresh)["incidents"][0]
    assert to_json(extraction)["incidents"][0]["incident"].startswith("https://w3id.org/cko/id/incident/")


def test_sets_are_written_in_the_order_of_their_ids() -> None:
    extraction = sample()
    report = replace(extraction.reports[0], places=("e10", "e2", "e10"), evidence=((9, 12), (1, 4)))
    data = to_json(replace(extraction, reports=(report,)))
    assert data["incidents"][0]["places"] == ["e2", "e10"]
    assert data["incidents"][0]["evidence"] == [[1, 4], [9, 12]]


def test_a_stated_containment_is_also_in_within() -> None:
    relation = Relation(type="within", subject="e3", object="e1", evidence=((0, 3),), confidence=0.5)
    data = to_json(replace(sample(), relations=(relation,)))
    assert data["entities"][2]["within"] == ["e1", "e4"]


def test_entities_of_one_iri_are_one_entity() -> None:
    extraction = sample()
    bakery, town = extraction.entities[1:3]
    twin = replace(town, id="e6", mentions=("m4",), within=("e5",))
    mentions = (*extraction.mentions[:3], replace(extraction.mentions[3], entity="e6"))
    report = replace(extraction.reports[0], places=("e6",))
    entities = (*extraction.entities[:1], replace(bakery, within=("e6",)), *extraction.entities[2:], twin)
    data = to_json(replace(extraction, entities=entities, mentions=mentions, reports=(report,)))
    assert [e["id"] for e in data["entities"]] == ["e1", "e2", "e3", "e4", "e5"]
    assert data["entities"][2]["mentions"] == ["m3", "m4"]
    assert data["entities"][2]["within"] == ["e4", "e5"]
    assert (
        data["mentions"][3]["entity"] == data["incidents"][0]["places"][0] == data["entities"][1]["within"][0] == "e3"
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("document", "extra"), 1),
        (("document", "published"), "9 June 2017"),
        (("entities", 0, "class"), "Warlord"),
        (("entities", 0, "wikidata"), "1"),
        (("entities", 2, "point"), [200.0, 35.0]),
        (("incidents", 0, "class"), "MilitaryCoalition"),
        (("incidents", 0, "certainty"), "maybe"),
        (("incidents", 0, "evidence"), []),
        (("incidents", 0, "casualties", 0, "min"), -1),
        (("mentions", 0, "start"), 1.5),
        (("relations", 0, "type"), "knows"),
    ],
)
def test_the_schema_refuses(path: tuple[str | int, ...], value: object) -> None:
    data = to_json(sample())
    place = data
    for step in path[:-1]:
        place = place[step]  # type: ignore[index]
    place[path[-1]] = value  # type: ignore[index]
    assert not _SCHEMA.is_valid(data)
