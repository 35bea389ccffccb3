"""A merged incident as quads of the incidents graph: the roll-up over its reports."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild import ids, ontology
from kgbuild.config import BuildConfig
from kgbuild.model import DateInterval, MergedIncident
from kgbuild.rdf.terms import Statements, dates, integer
from kgbuild.resources import data_path
from kgbuild.vocab import CKO, DCTERMS, RDF, RDFS


def incident_quads(incident: MergedIncident, *, config: BuildConfig) -> Iterator[Quad]:
    """All quads of one incident, with its links to its reports and from the would-be incidents it replaces."""
    graph = NamedNode(ids.incidents_graph_iri(config.base))
    for subject, predicate, value in _statements(incident):
        yield Quad(subject, predicate, value, graph)


def incident_label(incident: MergedIncident, language: str) -> str:
    """What happened, where and when, in Arabic ("ar") or English ("en"), as far as it is known."""
    words = _words()[language]
    parts = {"what": ontology.labels()[incident.cls][language]}
    places = incident.place_labels
    where = places.get(language) or next((places[key] for key in sorted(places)), None)
    when = _when(incident.date, words)
    parts |= {name: part for name, part in (("where", where), ("when", when)) if part}
    pattern = next(str(p) for p in words["patterns"] if _fits(p, parts))
    return pattern.format_map(parts)


def _fits(pattern: str, parts: Mapping[str, str]) -> bool:
    return all(name in parts for name in ("what", "where", "when") if f"{{{name}}}" in pattern)


@cache
def _words() -> Mapping[str, Any]:
    with data_path("incident_labels.toml").open("rb") as file:
        return tomllib.load(file)


def _when(interval: DateInterval | None, words: Mapping[str, Any]) -> str | None:
    """A day, a span of days, a month or a year, never finer than the precision allows."""
    if interval is None or interval.earliest is None or interval.precision == "unknown":
        return None
    first, last = interval.earliest, interval.latest or interval.earliest
    if interval.precision == "year":
        return str(first.year)
    if interval.precision == "month":
        return _named(first, words, "month")
    if first == last:
        return _named(first, words, "day")
    if (first.year, first.month) == (last.year, last.month):
        return _named(first, words, "days", last=last.day)
    return f"{_named(first, words, 'day')} – {_named(last, words, 'day')}"


def _named(when: date, words: Mapping[str, Any], pattern: str, last: int | None = None) -> str:
    month = words["months"][when.month - 1]
    return str(words[pattern]).format(day=when.day, last=last, month=month, year=when.year)


def _statements(incident: MergedIncident) -> Statements:
    node = NamedNode(incident.iri)
    yield node, RDF.type, CKO.Incident
    yield node, RDF.type, CKO[incident.cls]
    for other in sorted(set(incident.types) - {incident.cls}):
        yield node, CKO.reportedType, CKO[other]
    for language in ("ar", "en"):
        label = incident.label.get(language) or incident_label(incident, language)
        yield node, RDFS.label, Literal(label, language=language)
    yield node, CKO.status, CKO[incident.status]
    yield node, CKO.certainty, Literal(incident.certainty)
    yield node, CKO.reportCount, integer(incident.report_count)
    yield from dates(node, incident.date)
    yield from _links(node, incident)
    yield from _figures(node, incident)
    for report in sorted(incident.reports):
        yield node, CKO.describedBy, NamedNode(report)
    for replaced in sorted(incident.replaced):
        yield NamedNode(replaced), DCTERMS.isReplacedBy, node


def _links(node: NamedNode, incident: MergedIncident) -> Statements:
    links: tuple[tuple[NamedNode, Iterable[str]], ...] = (
        (CKO.place, incident.places),
        (CKO.perpetrator, incident.perpetrators),
        (CKO.allegedPerpetrator, incident.alleged_perpetrators),
        (CKO.participant, incident.participants),
        (CKO.target, incident.targets),
        (CKO.weapon, incident.weapons),
        (CKO.victim, incident.victims),
        (CKO.destroyed, incident.destroyed),
        (CKO.damaged, incident.damaged),
    )
    for predicate, entities in links:
        for entity in sorted(set(entities)):
            yield node, predicate, NamedNode(entity)


def _figures(node: NamedNode, incident: MergedIncident) -> Statements:
    for name, toll in (("killed", incident.killed), ("injured", incident.injured)):
        for bound, number in (("Min", toll.min), ("Max", toll.max), ("Best", toll.best)):
            if number is not None:
                yield node, CKO[name + bound], integer(number)
