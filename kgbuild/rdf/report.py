"""One report of an article as statements: what it says of an incident, who says so, and in which words."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kgbuild import ids
from kgbuild.model import Casualty, Report
from kgbuild.rdf.nodes import ArticleNodes
from kgbuild.rdf.terms import Statements, boolean, child, dates, decimal, integer
from kgbuild.tolls import toll
from kgbuild.vocab import CKO, GROUP_OF, MUTUAL_CLASSES, PROV, RDF


def report_statements(report: Report, nodes: ArticleNodes, base: str) -> Statements:
    """The statements of one report. It describes its own would-be incident under `base`, if no other is known."""
    node = NamedNode(report.iri)
    yield node, RDF.type, CKO.Report
    yield node, RDF.type, CKO[report.cls]
    yield node, CKO.localId, Literal(report.id)
    yield node, CKO.describes, NamedNode(report.incident or ids.incident_iri(base, report.iri))
    yield node, PROV.wasDerivedFrom, nodes.document
    yield node, PROV.wasGeneratedBy, nodes.activity
    yield node, CKO.certainty, Literal(report.certainty)
    yield node, CKO.confidence, decimal(report.confidence)
    yield node, CKO.trigger, nodes.span(report.trigger)
    yield from nodes.links(node, CKO.attributedTo, report.sources)
    for span in report.evidence:
        yield node, CKO.evidence, nodes.span(span)
    yield from dates(node, report.date)
    if report.date is not None and report.date.text is not None:
        yield node, CKO.dateText, nodes.said(report.date.text)
    yield from _who_and_what(node, report, nodes)
    yield from _tolls(node, report)
    for number, casualty in enumerate(report.casualties, start=1):
        yield from _casualty(node, child(node, f"casualty-{number}"), casualty, nodes)


def _who_and_what(node: NamedNode, report: Report, nodes: ArticleNodes) -> Statements:
    sure = report.certainty == "asserted"
    yield from nodes.links(node, CKO.place, report.places)
    yield from nodes.links(node, CKO.perpetrator if sure else CKO.allegedPerpetrator, report.perpetrators)
    involved = report.perpetrators if sure or report.cls in MUTUAL_CLASSES else ()
    actors = tuple(t for t in report.targets if GROUP_OF[nodes.classes[t]] == "actor")
    yield from nodes.links(node, CKO.participant, (*involved, *actors))
    yield from nodes.links(node, CKO.target, report.targets)
    yield from nodes.links(node, CKO.weapon, report.weapons)
    yield from nodes.links(node, CKO.victim, report.victims)
    for facility in report.facilities:
        effect = CKO[facility.effect] if facility.effect else CKO.affected
        yield node, effect, nodes.entities[facility.entity]


def _tolls(node: NamedNode, report: Report) -> Statements:
    for effect in ("killed", "injured"):
        for bound, number in zip(("Min", "Max"), toll(report.casualties, effect), strict=True):
            if number is not None:
                yield node, CKO[effect + bound], integer(number)


def _casualty(report: NamedNode, node: NamedNode, casualty: Casualty, nodes: ArticleNodes) -> Statements:
    yield report, CKO.casualties, node
    yield node, RDF.type, CKO.CasualtyCount
    yield node, CKO.effect, Literal(casualty.effect)
    yield node, CKO.group, Literal(casualty.group)
    yield node, CKO.part, boolean(casualty.part)
    yield node, CKO.superseded, boolean(casualty.superseded)
    yield node, CKO.evidence, nodes.span((casualty.start, casualty.end))
    if casualty.min is not None:
        yield node, CKO.countMin, integer(casualty.min)
    if casualty.max is not None:
        yield node, CKO.countMax, integer(casualty.max)
    if casualty.nationality is not None:
        yield node, CKO.victimNationality, Literal(casualty.nationality)
