"""A graph that conforms: one article's graph and one merged incident, all kinds of nodes in it."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kgbuild.config import BuildConfig
from kgbuild.model import MergedIncident, Run, Toll
from kgbuild.rdf import extraction_quads, incident_quads
from tests.extractions import BASE, sample

CONFIG = BuildConfig(store_text=True)
RUN = Run(version="1.0", pipeline_hash="abc")


def sound_graph() -> list[Quad]:
    """The statements of the hand-made article, told as fact, and of its incident."""
    extraction = sample()
    report = replace(extraction.reports[0], certainty="asserted", victims=(), weapons=())
    told = replace(extraction, reports=(report,))
    incident = MergedIncident(
        iri=report.incident or "",
        cls="AirStrike",
        types=("AirStrike", "Bombardment"),
        reports=(report.iri,),
        status="SingleSource",
        report_count=1,
        date=report.date,
        places=(f"{BASE}entity/geonames-7",),
        perpetrators=(f"{BASE}entity/coalition",),
        killed=Toll(min=14, max=14, best=14),
        injured=Toll(min=3, max=9, best=4),
        replaced=(f"{BASE}incident/given-up",),
        place_labels={"ar": "العين", "en": "Al-Ain"},
    )
    article = extraction_quads(told, config=CONFIG, run=RUN)
    more = pyoxigraph.parse(_BESIDE, format=RdfFormat.TURTLE)
    return [*article, *incident_quads(incident, config=CONFIG), *more]


_BESIDE = f"""
    @prefix cko: <https://w3id.org/cko#> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <{BASE}incident/b#link> a cko:ReportLink ; cko:linkedReport <{BASE}report/b> ; cko:linkedTo <{BASE}report/a> ;
        cko:score 9.0 ; cko:scorePart "place same_town 3", "date same_day 6" .
    <{BASE}decision/1> a cko:MergeDecision ; cko:verdict "different" ;
        cko:decidedReport <{BASE}report/a>, <{BASE}report/c> ;
        dcterms:creator "Editor" ; dcterms:created "2026-01-02T03:04:05Z"^^xsd:dateTime ;
        dcterms:description "two strikes" .
    <{BASE}build/1> a cko:Build ; prov:startedAtTime "2026-01-02T03:04:05Z"^^xsd:dateTime ;
        prov:endedAtTime "2026-01-02T03:14:05Z"^^xsd:dateTime .
"""
"""What merging, people and the store itself add."""
