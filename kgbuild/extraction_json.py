"""Extractions as the JSON that `kgbuild extract` prints; `data/extraction.schema.json` describes it.

They are written in their canonical form (`kgbuild.canonical`), so that one extraction has one JSON form, whatever stage
or store it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from kgbuild.canonical import canonical
from kgbuild.model import (
    Article,
    Casualty,
    DateInterval,
    Entity,
    Extraction,
    FacilityEffect,
    Mention,
    Relation,
    Report,
    Span,
)

Json = dict[str, Any]

_T = TypeVar("_T")


def to_json(extraction: Extraction) -> Json:
    """One JSON object of CONTRACT section 2; `incident` stands in a report only where the model holds it."""
    x = canonical(extraction)
    return {
        "document": _document(x),
        "mentions": [_mention(m) for m in x.mentions],
        "entities": [_entity(e) for e in x.entities],
        "incidents": [_report(r) for r in x.reports],
        "relations": [_relation(r) for r in x.relations],
    }


def _document(extraction: Extraction) -> Json:
    article = extraction.article
    return {
        "id": article.id,
        "iri": extraction.iri,
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "published": _day(article.published),
        "language": article.language,
        "text": article.text or None,
    }


def _mention(mention: Mention) -> Json:
    return {
        "id": mention.id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "entity": mention.entity,
        "class": mention.cls,
        "confidence": mention.confidence,
    }


def _entity(entity: Entity) -> Json:
    return {
        "id": entity.id,
        "iri": entity.iri,
        "class": entity.cls,
        "group": entity.group,
        "label": dict(sorted(entity.label.items())),
        "wikidata": entity.wikidata,
        "geonames": entity.geonames,
        "point": list(entity.point) if entity.point else None,
        "within": list(entity.within),
        "mentions": list(entity.mentions),
        "precision": entity.precision,
        "candidates": list(entity.candidates),
    }


def _report(report: Report) -> Json:
    found: Json = {
        "id": report.id,
        "iri": report.iri,
        "class": report.cls,
        "date": _date(report.date),
        "places": list(report.places),
        "perpetrators": list(report.perpetrators),
        "targets": list(report.targets),
        "weapons": list(report.weapons),
        "victims": list(report.victims),
        "facilities": [{"entity": f.entity, "effect": f.effect} for f in report.facilities],
        "casualties": [_casualty(c) for c in report.casualties],
        "sources": list(report.sources),
        "certainty": report.certainty,
        "evidence": [list(span) for span in report.evidence],
        "trigger": list(report.trigger),
        "confidence": report.confidence,
    }
    return found if report.incident is None else {**found, "incident": report.incident}


def _date(interval: DateInterval | None) -> Json | None:
    if interval is None:
        return None
    return {
        "earliest": _day(interval.earliest),
        "latest": _day(interval.latest),
        "precision": interval.precision,
        "text": interval.text,
    }


def _casualty(casualty: Casualty) -> Json:
    return {
        "effect": casualty.effect,
        "min": casualty.min,
        "max": casualty.max,
        "group": casualty.group,
        "part": casualty.part,
        "superseded": casualty.superseded,
        "nationality": casualty.nationality,
        "start": casualty.start,
        "end": casualty.end,
    }


def _relation(relation: Relation) -> Json:
    return {
        "type": relation.type,
        "subject": relation.subject,
        "object": relation.object,
        "evidence": [list(span) for span in relation.evidence],
        "confidence": relation.confidence,
    }


def from_json(data: Mapping[str, Any]) -> Extraction:
    """The extraction of an object that the schema admits; a text that was not stored is the empty string."""
    document = data["document"]
    return Extraction(
        article=Article(
            id=document["id"],
            source=document["source"],
            text=document["text"] or "",
            title=document["title"],
            published=_parsed(document["published"]),
            publisher=document["publisher"],
            url=document["url"],
            language=document["language"],
        ),
        iri=document["iri"],
        mentions=_each(data["mentions"], _read_mention),
        entities=_each(data["entities"], _read_entity),
        reports=_each(data["incidents"], _read_report),
        relations=_each(data["relations"], _read_relation),
    )


def _each(items: Sequence[Mapping[str, Any]], read: Callable[[Mapping[str, Any]], _T]) -> tuple[_T, ...]:
    return tuple(read(item) for item in items)


def _read_mention(data: Mapping[str, Any]) -> Mention:
    return Mention(**{("cls" if key == "class" else key): value for key, value in data.items()})


def _read_entity(data: Mapping[str, Any]) -> Entity:
    return Entity(
        id=data["id"],
        iri=data["iri"],
        cls=data["class"],
        group=data["group"],
        label=dict(data["label"]),
        wikidata=data["wikidata"],
        geonames=data["geonames"],
        point=(data["point"][0], data["point"][1]) if data["point"] else None,
        precision=data.get("precision"),
        within=tuple(data["within"]),
        mentions=tuple(data["mentions"]),
        candidates=tuple(data.get("candidates", ())),
    )


def _read_report(data: Mapping[str, Any]) -> Report:
    return Report(
        id=data["id"],
        iri=data["iri"],
        cls=data["class"],
        date=_read_date(data["date"]),
        trigger=_span(data["trigger"]),
        evidence=tuple(map(_span, data["evidence"])),
        places=tuple(data["places"]),
        perpetrators=tuple(data["perpetrators"]),
        targets=tuple(data["targets"]),
        weapons=tuple(data["weapons"]),
        victims=tuple(data["victims"]),
        facilities=tuple(FacilityEffect(**f) for f in data["facilities"]),
        casualties=tuple(Casualty(**c) for c in data["casualties"]),
        sources=tuple(data["sources"]),
        certainty=data["certainty"],
        confidence=data["confidence"],
        incident=data.get("incident"),
    )


def _read_date(data: Mapping[str, Any] | None) -> DateInterval | None:
    if data is None:
        return None
    earliest, latest = _parsed(data["earliest"]), _parsed(data["latest"])
    return DateInterval(earliest=earliest, latest=latest, precision=data["precision"], text=data["text"])


def _read_relation(data: Mapping[str, Any]) -> Relation:
    return Relation(**{**data, "evidence": tuple(map(_span, data["evidence"]))})


def _span(pair: Sequence[int]) -> Span:
    return pair[0], pair[1]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _parsed(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
