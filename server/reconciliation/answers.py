"""The protocol's documents: the manifest, the answers to queries, extensions and suggestions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from kgbuild.vocab import CKO, GROUP_CLASS, GROUP_OF
from server.catalogue.catalogue import Hit
from server.catalogue.selection import entity, entity_name
from server.language import WordedError, counted, current, translate
from server.pages.edition import Edition
from server.reconciliation.matching import Candidate, candidates, is_sure
from server.reconciliation.properties import Values, property_names
from server.terms import class_label, term_label
from server.word_keys import key_words

MOST_CANDIDATES, USUAL_CANDIDATES = 50, 8
MOST_VALUES = 100
PROPERTY_SHARE = 0.3
"""How much of a score given properties decide."""

PREVIEW = (420, 220)
CLASSES = (*GROUP_CLASS.values(), *(cls for cls, group in GROUP_OF.items() if group != "incident"))


class QueryError(WordedError):
    """A query that the protocol does not know; the text says why."""


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a batch."""

    text: str
    types: tuple[str, ...]
    limit: int
    properties: tuple[tuple[str, tuple[str, ...]], ...]
    should: bool

    @classmethod
    def of(cls, document: Any) -> Query:
        if not isinstance(document, Mapping):
            raise QueryError("A query is a JSON object, such as {example}.", example='{"query": "Raqqa"}')
        types = document.get("type")
        types = [types] if isinstance(types, str) else _listed(document, "type", '["Actor"]')
        limit = document.get("limit")
        properties = tuple(map(_property, _listed(document, "properties", '[{"pid": "class", "v": "City"}]')))
        text = document.get("query")
        if text is None and not properties:
            raise QueryError("A query has a text in query, or properties.")
        number = int(limit) if _is_count(limit) else USUAL_CANDIDATES
        names = tuple(str(name).removeprefix(CKO.iri) for name in types)
        return cls(
            str(text or ""), names, min(number, MOST_CANDIDATES), properties, document.get("type_strict") == "should"
        )


def _listed(document: Mapping[str, Any], name: str, example: str) -> list[Any]:
    """A part of a query that is a list where it is there."""
    found = document.get(name) or []
    if not isinstance(found, list):
        raise QueryError("{name} is a list, such as {example}.", name=name, example=example)
    return found


def _is_count(limit: object) -> TypeGuard[int | float]:
    return isinstance(limit, int | float) and 1 <= limit < math.inf


def _property(item: Any) -> tuple[str, tuple[str, ...]]:
    if not isinstance(item, Mapping) or "pid" not in item or "v" not in item:
        raise QueryError("A property has a pid and a value v.")
    values = item["v"] if isinstance(item["v"], list) else [item["v"]]
    return str(item["pid"]), tuple(str(v.get("id") if isinstance(v, Mapping) else v) for v in values)


def manifest(root: str, base: str) -> dict[str, object]:
    """What the service is and can do."""
    here = f"{root}/reconcile"

    def suggest(kind: str) -> dict[str, str]:
        flyout = f"/flyout/{kind}?id=${{id}}"
        return {
            "service_url": here,
            "service_path": f"/suggest/{kind}",
            "flyout_service_url": here,
            "flyout_service_path": flyout,
        }

    width, height = PREVIEW
    setting = {"type": "number", "name": "limit", "label": translate("most values"), "default": 0}
    return {
        "versions": ["0.1", "0.2"],
        "name": translate("Conflict knowledge graph"),
        "identifierSpace": f"{base}entity/",
        "schemaSpace": CKO.iri,
        "documentation": f"{root}/ontology",
        "logo": f"{root}/static/icon.svg",
        "defaultTypes": [type_document(name) for name in GROUP_CLASS.values() if name != "Incident"],
        "view": {"url": f"{root}/entity/{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": width, "height": height},
        "suggest": {kind: suggest(kind) for kind in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [setting],
        },
    }


def type_document(name: str) -> dict[str, str]:
    return {"id": name, "name": class_label(name, current())}


def results(edition: Edition, query: Query) -> list[dict[str, object]]:
    """The candidates of one query."""
    wanted = () if query.should else query.types
    found = candidates(edition.tables, query.text, wanted, MOST_CANDIDATES) if query.text else []
    if query.properties:
        found = _compared(edition, found, query.properties)
    if query.should and query.types:
        found = sorted(found, key=lambda candidate: (-candidate.score, candidate.cls not in query.types))
    sure = is_sure(found)
    return [
        _result(candidate, edition.base, match=sure and index == 0)
        for index, candidate in enumerate(found[: query.limit])
    ]


def _compared(
    edition: Edition, found: Sequence[Candidate], properties: Sequence[tuple[str, tuple[str, ...]]]
) -> list[Candidate]:
    """Scores in which the given properties have their share."""
    values = Values(edition, [candidate.iri for candidate in found])
    made = []
    for candidate in found:
        fits = [_fits(values, candidate.iri, name, asked) for name, asked in properties]
        share = 100 * sum(fits) / len(fits)
        made.append(replace(candidate, score=round((1 - PROPERTY_SHARE) * candidate.score + PROPERTY_SHARE * share, 1)))
    return sorted(made, key=lambda candidate: (-candidate.score, -candidate.incidents, candidate.iri))


def _fits(values: Values, iri: str, name: str, asked: Sequence[str]) -> bool:
    """Whether any of the values asked for is one of the entity's, by id or by words."""
    known = {str(part) for cell in values.of(iri, name) for part in cell.values()}
    folded = {" ".join(key_words(text)) for text in known}
    return any(value in known or " ".join(key_words(value)) in folded for value in asked)


def _result(candidate: Candidate, base: str, *, match: bool) -> dict[str, object]:
    cls = candidate.cls
    described = f"{class_label(cls, current())} · " if cls else ""
    return {
        "id": entity_name(candidate.iri, base),
        "name": candidate.label,
        "description": described + counted("one incident", "{n} incidents", candidate.incidents),
        "type": [type_document(cls)] if cls else [],
        "score": candidate.score,
        "match": match,
        "features": [{"id": "name", "value": candidate.score}, {"id": "incidents", "value": candidate.incidents}],
    }


def extension(edition: Edition, document: Any) -> dict[str, object]:
    """The values that a data extension query asks for."""
    if not isinstance(document, Mapping):
        raise QueryError("An extension query is a JSON object with ids and properties.")
    ids = [str(name) for name in _listed(document, "ids", '["raqqa"]')]
    properties = _listed(document, "properties", '[{"id": "class"}]')
    asked = [item for item in properties if isinstance(item, Mapping) and "id" in item]
    values = Values(edition, [entity(name, edition.base) for name in ids])
    names = property_names(edition.language)
    rows = {
        name: {str(item["id"]): values.of(entity(name, edition.base), str(item["id"]))[: _most(item)] for item in asked}
        for name in ids
    }
    meta = [{"id": str(item["id"]), "name": names.get(str(item["id"]), str(item["id"]))} for item in asked]
    return {"meta": meta, "rows": rows}


def _most(item: Mapping[str, Any]) -> int:
    settings = item.get("settings")
    limit = settings.get("limit") if isinstance(settings, Mapping) else None
    return int(limit) if _is_count(limit) else MOST_VALUES


def suggested(edition: Edition, kind: str, prefix: str, cursor: int) -> list[dict[str, object]]:
    """Entities, types or properties whose names begin like that."""
    if kind == "entity":
        named = edition.tables.find(prefix, cursor + MOST_CANDIDATES)
        hits = [hit for hit in named if hit.iri.startswith(f"{edition.base}entity/")]
        return [_suggestion(edition, hit) for hit in hits[cursor : cursor + USUAL_CANDIDATES]]
    types = {name: class_label(name, current()) for name in CLASSES}
    known = types if kind == "type" else property_names(current())
    words = key_words(prefix)
    fitting = [(name, label) for name, label in known.items() if _begins(words, f"{name} {label}")]
    return [{"id": name, "name": label} for name, label in fitting[cursor : cursor + MOST_CANDIDATES]]


def _begins(words: Sequence[str], text: str) -> bool:
    known = key_words(text)
    return all(any(other.startswith(word) for other in known) for word in words)


def _suggestion(edition: Edition, hit: Hit) -> dict[str, object]:
    rows = edition.tables.rows("SELECT class FROM thing WHERE iri = ?", (hit.iri,))
    cls = rows[0]["class"] if rows else None
    found: dict[str, object] = {"id": entity_name(hit.iri, edition.base), "name": hit.label}
    return found | ({"description": class_label(cls, current()), "notable": [type_document(cls)]} if cls else {})


def proposed(cls: str, limit: int) -> dict[str, object]:
    """The properties worth fetching of entities of a class."""
    located = GROUP_OF.get(cls) in ("place", "facility", None)
    names = {
        name: label
        for name, label in property_names(current()).items()
        if located or name not in ("latitude", "longitude", "within", "geonames")
    }
    listed = [{"id": name, "name": label} for name, label in names.items()]
    return {"type": cls, "properties": listed[:limit] if limit else listed}


def definition(name: str) -> str:
    """What a type or property is called, for a flyout."""
    return property_names(current()).get(name) or term_label(CKO.iri + name, current())
