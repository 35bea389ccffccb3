"""One form for each extraction, from which its JSON and its statements follow.

Lists that mean sets (places, perpetrators, mentions of an entity …) are in the order of their ids, spans in that of the
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from kgbuild.model import ENTITY_ROLES, Entity, Extraction, Mention, Report, Span

_Record = TypeVar("_Record", Mention, Entity, Report)
_DIGITS = re.compile(r"(\d+)")
_CONFIDENCE_DIGITS = 4


def canonical(extraction: Extraction) -> Extraction:
    """The same extraction in its one canonical form.

    Entities of one IRI are one entity, sets are sorted and free of repeats, confidences have four decimals, what a
    relation `within` states is also in the `within` of its subject, and only a point has a precision.
    """
    extraction = _joined(extraction)
    within: dict[str, set[str]] = {}
    for relation in extraction.relations:
        if relation.type == "within":
            within.setdefault(relation.subject, set()).add(relation.object)
    return replace(
        extraction,
        mentions=_by_id(replace(m, confidence=_rounded(m.confidence)) for m in extraction.mentions),
        entities=_by_id(_canonical_entity(e, within.get(e.id, set())) for e in extraction.entities),
        reports=_by_id(_canonical_report(r) for r in extraction.reports),
        relations=tuple(
            replace(r, evidence=_spans(r.evidence), confidence=_rounded(r.confidence)) for r in extraction.relations
        ),
    )


def _joined(extraction: Extraction) -> Extraction:
    """Entities of one IRI as the first of them, which then has the mentions and containers of all."""
    first: dict[str, str] = {}
    now = {e.id: first.setdefault(e.iri, e.id) for e in _by_id(extraction.entities)}
    if len(first) == len(now):
        return extraction
    kept = {e.id: e for e in extraction.entities if now[e.id] == e.id}
    for e in extraction.entities:
        known = kept[now[e.id]]
        if known is not e:
            kept[known.id] = replace(known, mentions=known.mentions + e.mentions, within=known.within + e.within)
    return replace(
        extraction,
        mentions=tuple(replace(m, entity=now[m.entity]) for m in extraction.mentions),
        entities=tuple(replace(e, within=_renamed(e.within, now)) for e in kept.values()),
        reports=tuple(_renamed_report(r, now) for r in extraction.reports),
        relations=tuple(replace(r, subject=now[r.subject], object=now[r.object]) for r in extraction.relations),
    )


def _renamed(ids: Iterable[str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(now[i] for i in ids)


def _renamed_report(report: Report, now: Mapping[str, str]) -> Report:
    roles: dict[str, Any] = {role: _renamed(getattr(report, role), now) for role in ENTITY_ROLES}
    facilities = tuple(replace(f, entity=now[f.entity]) for f in report.facilities)
    return replace(report, facilities=facilities, **roles)


def _canonical_entity(entity: Entity, stated: Iterable[str]) -> Entity:
    return replace(
        entity,
        within=_ids({*entity.within, *stated}),
        mentions=_ids(entity.mentions),
        candidates=_ids(entity.candidates),
        precision=entity.precision if entity.point else None,
    )


def _canonical_report(report: Report) -> Report:
    roles: dict[str, Any] = {role: _ids(getattr(report, role)) for role in ENTITY_ROLES}
    facilities = sorted(set(report.facilities), key=lambda f: (id_key(f.entity), f.effect or ""))
    return replace(
        report,
        evidence=_spans(report.evidence),
        facilities=tuple(facilities),
        confidence=_rounded(report.confidence),
        **roles,
    )


def id_key(identifier: str) -> tuple[tuple[int, int | str], ...]:
    """A sorting key under which e2 comes before e10."""
    parts = _DIGITS.split(identifier)
    return tuple((0, int(p)) if i % 2 else (1, p) for i, p in enumerate(parts))


def _ids(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids), key=id_key))


def _by_id(records: Iterable[_Record]) -> tuple[_Record, ...]:
    return tuple(sorted(records, key=lambda r: id_key(r.id)))


def _spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted({(start, end) for start, end in spans}))


def _rounded(confidence: float) -> float:
    return round(float(confidence), _CONFIDENCE_DIGITS)
