"""`wikibase-json`: https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html, as Wikidata's dumps are.

One array: a bracket on a line of its own at either end, one entity a line, a comma at each line's end but the last.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from kgbuild.export.wikibase.claims import digest, spelled_snak
from kgbuild.export.wikibase.model import (
    EARTH,
    GREGORIAN,
    Coordinate,
    Entity,
    ItemId,
    Quantity,
    Reference,
    Snak,
    Statement,
    Text,
    Time,
    Value,
)
from kgbuild.export.wikibase.view import wikibase_view
from kgbuild.store import Reader

Json = dict[str, Any]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def wikibase_json(reader: Reader, output: IO[bytes]) -> None:
    """All properties and items as Wikibase JSON, one a line."""
    with wikibase_view(reader) as view:
        separator = b"[\n"
        for entity in view.entities():
            line = _ENCODER.encode(entity_json(entity, view.modified))
            output.write(separator + line.encode("utf-8", "backslashreplace"))
            separator = b",\n"
    output.write(b"\n]\n")


def entity_json(entity: Entity, modified: str) -> Json:
    """One entity; `modified` is the day of its last change."""
    known: dict[str, Json] = {}
    kind: Json = {"type": "item"} if entity.datatype is None else {"type": "property", "datatype": entity.datatype}
    return {
        **kind,
        "id": entity.id,
        "labels": _texts(entity.labels),
        "descriptions": _texts(entity.descriptions),
        "aliases": {
            language: [{"language": language, "value": name} for name in names]
            for language, names in entity.aliases.items()
        },
        "claims": {
            prop.id: [_statement(statement, known) for statement in statements]
            for prop, statements in entity.statements.items()
        },
        **({"sitelinks": {}} if entity.datatype is None else {}),
        "lastrevid": 1,
        "modified": f"{modified}T00:00:00Z",
    }


def _texts(texts: Mapping[str, str]) -> Json:
    return {language: {"language": language, "value": text} for language, text in texts.items()}


def _statement(statement: Statement, known: dict[str, Json]) -> Json:
    """`known` holds the references of this entity that are made already, by hash: most come again and again."""
    found: Json = {"mainsnak": _snak(statement.snak), "type": "statement"}
    if statement.qualifiers:
        found["qualifiers"] = _by_property(statement.qualifiers, hashed=True)
        found["qualifiers-order"] = list(found["qualifiers"])
    found |= {"id": statement.id, "rank": statement.rank}
    if statement.references:
        for reference in statement.references:
            if reference.hash not in known:
                known[reference.hash] = _reference(reference)
        found["references"] = [known[reference.hash] for reference in statement.references]
    return found


def _reference(reference: Reference) -> Json:
    snaks = _by_property(reference.snaks)
    return {"hash": reference.hash, "snaks": snaks, "snaks-order": list(snaks)}


def _by_property(snaks: tuple[Snak, ...], *, hashed: bool = False) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for part in snaks:
        more = {"hash": digest(spelled_snak(part))} if hashed else {}
        found.setdefault(part.property.id, []).append(_snak(part) | more)
    return found


def _snak(part: Snak) -> Json:
    found = {"snaktype": "value", "property": part.property.id, "datatype": part.property.datatype}
    if part.value is None:
        return found | {"snaktype": "somevalue"}
    kind, value = _value(part.value)
    return found | {"datavalue": {"type": kind, "value": value}}


def _value(value: Value) -> tuple[str, Any]:
    match value:
        case ItemId(number):
            return "wikibase-entityid", {"entity-type": "item", "numeric-id": number, "id": str(value)}
        case Quantity(amount, lower, upper):
            bounds = {} if lower is None else {"upperBound": f"+{upper}", "lowerBound": f"+{lower}"}
            return "quantity", {"amount": f"+{amount}", "unit": "1", **bounds}
        case Time(year, month, day, precision):
            return "time", {
                "time": f"+{year:04}-{month:02}-{day:02}T00:00:00Z", "timezone": 0, "before": 0, "after": 0,
                "precision": precision, "calendarmodel": GREGORIAN,
            }  # fmt: skip
        case Coordinate(latitude, longitude, precision):
            return "globecoordinate", {
                "latitude": latitude, "longitude": longitude, "altitude": None, "precision": precision, "globe": EARTH,
            }  # fmt: skip
        case Text(text, language):
            return "monolingualtext", {"text": text, "language": language}
    return "string", value
