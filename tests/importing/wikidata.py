"""Lines as in Wikidata's own JSON dump: invented entities with all that makes real ones long and odd.

Non-ASCII letters are escaped and empty maps are lists, as PHP writes them; labels come in many languages; statements
have unknown and no values, deprecated ranks, qualifiers and references; other entities stand between the items.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

LANGUAGES = ("ar", "en", "fr", "de", "ru", "fa", "he", "tr", "ku", "zh", "ja", "es", "arz", "ckb", "sr-ec", "pt-br")
COUNTRIES = ("Q858", "Q796", "Q43", "Q183")
CLASSES = ("Q532", "Q3957", "Q515", "Q486972", "Q5", "Q16970", "Q4167410")


def lines(count: int, seed: int = 1) -> Iterator[str]:
    """The lines of a dump with so many entities, brackets and commas included; the items are Q1000 and following."""
    chance = random.Random(seed)
    yield "[\n"
    for number in range(count):
        entity = _property(number) if number % 50 == 49 else _item(chance, 1000 + number)
        yield json.dumps(entity, separators=(",", ":")) + (",\n" if number < count - 1 else "\n")
    yield "]\n"


def _item(chance: random.Random, number: int) -> Json:
    qid = f"Q{number}"
    labels = {tag: {"language": tag, "value": f"قرية {number} {tag}"} for tag in LANGUAGES if chance.random() < 0.8}
    return {
        "pageid": number + 100, "ns": 0, "title": qid, "type": "item", "id": qid,
        "labels": labels or [],
        "descriptions": {tag: {"language": tag, "value": "village in a country, " * 3} for tag in LANGUAGES},
        "aliases": {"ar": [{"language": "ar", "value": f"كنية {number}"}]} if number % 3 == 0 else [],
        "claims": _claims(chance, qid) if number % 20 else [],
        "sitelinks": {f"{tag}wiki": {"site": f"{tag}wiki", "title": qid, "badges": []} for tag in LANGUAGES},
        "lastrevid": number * 7, "modified": "2026-01-01T00:00:00Z",
    }  # fmt: skip


def _claims(chance: random.Random, qid: str) -> Json:
    """Statements of an item that may be a place."""
    east, north = chance.uniform(35, 48), chance.uniform(29, 37)
    found = {
        "P31": [_statement(qid, "P31", "wikibase-item", _entity_id(chance.choice(CLASSES)))],
        "P17": [_statement(qid, "P17", "wikibase-item", _entity_id(chance.choice(COUNTRIES)))],
        "P625": [
            _statement(qid, "P625", "globe-coordinate", {"type": "globecoordinate", "value": {
                "latitude": north, "longitude": east, "altitude": None, "precision": chance.choice([None, 0.001]),
                "globe": "http://www.wikidata.org/entity/Q2"}}),
        ],
        "P1082": [
            _statement(qid, "P1082", "quantity", {"type": "quantity", "value": {"amount": amount, "unit": "1"}}, rank)
            for amount, rank in ((f"+{chance.randrange(100, 90_000)}", "preferred"), ("+9", "deprecated"))
        ],
        "P571": [
            _statement(qid, "P571", "time", {"type": "time", "value": {
                "time": "-0300-00-00T00:00:00Z", "timezone": 0, "before": 0, "after": 0, "precision": 7,
                "calendarmodel": "http://www.wikidata.org/entity/Q1985786"}}),
        ],
        "P6": [_statement(qid, "P6", "wikibase-item", None, kind=kind) for kind in ("somevalue", "novalue")],
    }  # fmt: skip
    if chance.random() < 0.1:
        del found["P625"]
    return found


def _statement(
    qid: str, pid: str, datatype: str, value: Json | None, rank: str = "normal", kind: str = "somevalue"
) -> Json:
    snak = {"snaktype": "value" if value else kind, "property": pid, "hash": "0" * 40, "datatype": datatype}
    reference = {"hash": "1" * 40, "snaks": {"P143": [snak | {"property": "P143"}]}, "snaks-order": ["P143"]}
    return {
        "mainsnak": snak | ({"datavalue": value} if value else {}), "type": "statement", "id": f"{qid}$A-{pid}",
        "rank": rank, "qualifiers": {"P585": [snak | {"property": "P585"}]}, "qualifiers-order": ["P585"],
        "references": [reference] * 2,
    }  # fmt: skip


def _entity_id(qid: str) -> Json:
    return {"type": "wikibase-entityid", "value": {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}}


def _property(number: int) -> Json:
    return {"type": "property", "datatype": "string", "id": f"P{number}", "labels": [], "claims": []}
