from __future__ import annotations

import json
import warnings
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kgbuild.export import export
from kgbuild.export.wikibase.concepts import concept_iri
from kgbuild.store import Snapshot, open_snapshot
from tests.export.conftest import Json, by_iri, exported
from tests.export.stories import ARTICLES, SIEGE, STRIKE, iri, quads, write_store

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # its types are made with mypy_extensions.TypedDict
    from qwikidata.entity import WikidataItem, WikidataProperty
    from qwikidata.json_dump import WikidataJsonDump

DAY_8 = "+2017-06-08T00:00:00Z"


def _values(entity: Json, pid: str, rank: str | None = None) -> list[Any]:
    statements = [s for s in entity["claims"].get(pid, []) if rank in (None, s["rank"])]
    return [_value(s["mainsnak"]) for s in statements]


def _value(snak: Json) -> Any:
    value = snak["datavalue"]["value"] if snak["snaktype"] == "value" else snak["snaktype"]
    return value.get("id") or value.get("amount") or value.get("time") or value if isinstance(value, dict) else value


def _qualifiers(statement: Json) -> dict[str, list[Any]]:
    return {pid: [_value(s) for s in snaks] for pid, snaks in statement.get("qualifiers", {}).items()}


def _sources(statement: Json) -> list[str]:
    return [_value(r["snaks"]["P854"][0])[-1] for r in statement.get("references", [])]


def _ids(entities: dict[str, Json], *keys: str) -> list[str]:
    return [entities[iri(key)]["id"] for key in keys]


def _code(entities: dict[str, Json], key: str) -> str:
    return str(entities[concept_iri(key)]["id"])


def test_lines_are_those_of_a_dump(snapshot: Snapshot) -> None:
    first, *lines, last = exported(snapshot, "wikibase-json").decode().splitlines()
    assert (first, last) == ("[", "]")
    assert [line.endswith(",") for line in lines] == [True] * (len(lines) - 1) + [False]
    assert all(json.loads(line.removesuffix(","))["id"] for line in lines)


@pytest.mark.parametrize("ending", ["json", "json.gz", "json.bz2"])
def test_qwikidata_reads_every_entity(snapshot: Snapshot, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"dump.{ending}"
    export(snapshot, "wikibase-json", out)
    claims = qualifiers = references = 0
    for entity in WikidataJsonDump(str(out)):
        read = WikidataItem(entity) if entity["type"] == "item" else WikidataProperty(entity)
        for group in read.get_claim_groups().values():
            for claim in group:
                claims += 1
                qualifiers += sum(map(len, claim.qualifiers.values()))
                references += len(claim.references)
                assert claim.mainsnak.snaktype in ("value", "somevalue")
                assert all(snak.datavalue is not None for r in claim.references for s in r.snaks.values() for snak in s)
    dump = json.loads(exported(snapshot, "wikibase-json"))
    written = [s for e in dump for statements in e["claims"].values() for s in statements]
    assert claims == len(written) > 100
    assert qualifiers == sum(len(q) for s in written for q in s.get("qualifiers", {}).values()) > 5
    assert references == sum(len(s.get("references", [])) for s in written) > 20


def test_qwikidata_finds_labels_and_best_values(entities: dict[str, Json]) -> None:
    strike = WikidataItem(entities[STRIKE])
    assert strike.get_label("ar") == "غارة جوية في العين، 8 حزيران/يونيو 2017"
    deaths = strike.get_truthy_claim_groups()["P1120"]
    assert [claim.mainsnak.datavalue.value["amount"] for claim in deaths] == ["+9"]


def test_every_entity_that_is_named_is_in_the_dump(entities: dict[str, Json]) -> None:
    ids = {entity["id"] for entity in entities.values()}
    named = set()

    def visit(value: Any) -> None:
        if isinstance(value, dict):
            named.update([value["id"]] if value.get("entity-type") == "item" else [])
            named.update([value["property"]] if "snaktype" in value else [])
            for part in value.values():
                visit(part)
        elif isinstance(value, list):
            for part in value:
                visit(part)

    visit(list(entities.values()))
    assert named <= ids


def test_known_items_keep_their_numbers_and_new_ones_start_at_a_billion(entities: dict[str, Json]) -> None:
    assert _ids(entities, "coalition", "syria") == ["Q7001", "Q858"]
    new = [entities[key]["id"] for key in (STRIKE, SIEGE, iri("bakery"), iri("ain"), ARTICLES[0].iri)]
    assert all(10**9 <= int(qid[1:]) < 2**31 for qid in new)
    assert len(set(new)) == len(new)


def test_the_figures_of_all_accounts_stand_side_by_side(entities: dict[str, Json]) -> None:
    deaths = entities[STRIKE]["claims"]["P1120"]
    found = {(_value(s["mainsnak"]), s["rank"], *_qualifiers(s).get("P518", [])): s for s in deaths}
    civilian, child = _code(entities, "casualty-group/civilian"), _code(entities, "casualty-group/child")
    totals = {("+9", "preferred"), ("+9", "deprecated"), ("+14", "normal")}
    assert set(found) == totals | {("+14", "normal", civilian), ("+5", "normal", child)}
    assert _sources(found["+14", "normal"]) == ["a"]
    assert _sources(found["+9", "preferred"]) == ["b"]
    assert _qualifiers(found["+9", "preferred"])["P1480"] == [_code(entities, "bound/at-least")]
    assert child == "Q7569"


def test_an_accusation_is_no_fact_and_shows_who_disputes_it(entities: dict[str, Json]) -> None:
    strike = entities[STRIKE]
    assert "P8031" not in strike["claims"]
    (accusation,) = strike["claims"]["P90001"]
    assert (_value(accusation["mainsnak"]), accusation["rank"]) == ("Q7001", "normal")
    qualifiers = _qualifiers(accusation)
    assert qualifiers["P1310"] == ["Q7001"]
    assert set(qualifiers["P1480"]) == {"Q32188232", _code(entities, "certainty/denied")}
    assert _sources(accusation) == ["a", "c"]


def test_what_only_a_denial_mentions_is_deprecated(tmp_path: Path) -> None:
    write_store(tmp_path / "denied", quads(articles=ARTICLES[2:]))
    with open_snapshot(tmp_path / "denied") as opened:
        strike = by_iri(exported(opened, "wikibase-json"))[STRIKE]
    assert [s["rank"] for s in strike["claims"]["P90001"]] == ["deprecated"]


def test_a_reference_says_where_when_who_and_in_which_words(entities: dict[str, Json]) -> None:
    (place,) = entities[STRIKE]["claims"]["P276"]
    snaks = {pid: [_value(s) for s in snaks] for pid, snaks in place["references"][0]["snaks"].items()}
    assert snaks["P248"] == [entities[ARTICLES[0].iri]["id"]]
    assert snaks["P854"] == ["https://example.org/a"]
    assert snaks["P577"] == ["+2017-06-09T00:00:00Z"]
    assert snaks["P1683"] == [{"text": ARTICLES[0].article.text[:49], "language": "ar"}]
    assert snaks["P90012"] == _ids(entities, "observatory")
    assert snaks["P90013"] == ["+0.8"]
    assert snaks["P1480"] == ["Q32188232"]


def test_a_reference_says_when_the_article_was_retrieved(tmp_path: Path) -> None:
    told = replace(ARTICLES[0], article=replace(ARTICLES[0].article, retrieved=date(2017, 6, 10)))
    write_store(tmp_path / "fetched", quads(articles=(told, *ARTICLES[1:])))
    with open_snapshot(tmp_path / "fetched") as opened:
        strike = by_iri(exported(opened, "wikibase-json"))[STRIKE]
        assert b"/prop/reference/P813>" in exported(opened, "wikibase-rdf")
    found = [r["snaks"] for statement in strike["claims"]["P276"] for r in statement["references"]]
    days = {_value(s["P854"][0])[-1]: [_value(day) for day in s.get("P813", [])] for s in found}
    assert days.pop("a") == ["+2017-06-10T00:00:00Z"]
    assert days
    assert not any(days.values())


def test_the_class_that_holds_is_preferred(entities: dict[str, Json]) -> None:
    assert _values(entities[STRIKE], "P31", "preferred") == ["Q2380335"]
    assert _values(entities[STRIKE], "P31", "normal") == [_code(entities, "Bombardment")]


def test_a_day_has_precision_11(entities: dict[str, Json]) -> None:
    (when,) = entities[STRIKE]["claims"]["P585"]
    value = when["mainsnak"]["datavalue"]["value"]
    assert (value["time"], value["precision"]) == (DAY_8, 11)
    assert _sources(when) == ["a", "b", "c"]


def test_an_interval_has_its_ends(entities: dict[str, Json]) -> None:
    (when,) = entities[SIEGE]["claims"]["P585"]
    value = when["mainsnak"]["datavalue"]["value"]
    assert (value["time"], value["precision"]) == ("+2017-00-00T00:00:00Z", 9)
    assert _qualifiers(when) == {"P1319": ["+2017-05-01T00:00:00Z"], "P1326": ["+2017-06-30T00:00:00Z"]}


def test_places_have_country_container_and_coordinates_no_finer_than_known(entities: dict[str, Json]) -> None:
    ain = entities[iri("ain")]
    assert (_values(ain, "P131"), _values(ain, "P17"), _values(ain, "P1566")) == (["Q858"], ["Q858"], ["7"])
    coordinates = ain["claims"]["P625"][0]["mainsnak"]["datavalue"]["value"]
    assert (coordinates["latitude"], coordinates["longitude"], coordinates["precision"]) == (35.95, 39.01, 0.01)
    assert entities[SIEGE]["claims"]["P625"][0]["mainsnak"]["datavalue"]["value"]["precision"] == 5.0


def test_roles_and_effects(entities: dict[str, Json]) -> None:
    strike = entities[STRIKE]
    assert _values(strike, "P533") == _values(strike, "P90002") == _ids(entities, "bakery")
    assert _values(strike, "P520") == _ids(entities, "phosphorus")
    assert _values(strike, "P8032") == _ids(entities, "family")
    (participant,) = strike["claims"]["P710"]
    assert _qualifiers(participant)["P3831"] == [_code(entities, "role/perpetrator")]


def test_relations_have_references(entities: dict[str, Json]) -> None:
    (where,) = entities[iri("bakery")]["claims"]["P276"]
    assert (_value(where["mainsnak"]), _sources(where)) == (entities[iri("ain")]["id"], ["a"])


def test_a_publisher_without_item_is_an_unknown_value_with_its_name(entities: dict[str, Json]) -> None:
    (publisher,) = entities[ARTICLES[0].iri]["claims"]["P123"]
    assert _value(publisher["mainsnak"]) == "somevalue"
    assert _qualifiers(publisher) == {"P1932": ["Example Wire a"]}


def test_classes_are_items_with_their_superclass(entities: dict[str, Json]) -> None:
    drone_strike = entities[concept_iri("DroneStrike")]
    assert _values(drone_strike, "P279") == ["Q2380335"]
    assert drone_strike["labels"]["en"]["value"] == "Drone strike"


def test_own_properties_are_described(entities: dict[str, Json]) -> None:
    alleged = entities["https://w3id.org/cko#allegedPerpetrator"]
    assert (alleged["type"], alleged["datatype"], alleged["id"]) == ("property", "wikibase-item", "P90001")
    assert set(alleged["labels"]) == set(alleged["descriptions"]) == {"ar", "en"}


def test_the_same_store_gives_the_same_bytes(snapshot: Snapshot, tmp_path: Path) -> None:
    first = exported(snapshot, "wikibase-json")
    assert exported(snapshot, "wikibase-json") == first
    write_store(tmp_path / "again", reversed(quads()))
    with open_snapshot(tmp_path / "again") as again:
        assert exported(again, "wikibase-json") == first
