"""A small store written by hand: three outlets on one air strike, who differ and of whom one denies, and a siege."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from pyoxigraph import Quad

from kgbuild.config import DEFAULT_BASE, BuildConfig
from kgbuild.ids import document_iri, incident_iri, known_entity_iri, report_iri
from kgbuild.model import (
    Article,
    Casualty,
    DateInterval,
    Entity,
    Extraction,
    FacilityEffect,
    MergedIncident,
    Relation,
    Report,
    Run,
    Toll,
)
from kgbuild.rdf import extraction_quads, incident_quads
from kgbuild.store import Change, open_store
from kgbuild.store.changes import as_ntriples

RUN = Run(version="0", pipeline_hash="0")
TEXT = "قصف طيران التحالف فرن الساحة في بلدة العين فدمره، وقتل 14 مدنياً بينهم 5 أطفال، بحسب المرصد."
BASE = DEFAULT_BASE
DAY = DateInterval(earliest=date(2017, 6, 8), latest=date(2017, 6, 8), precision="day")


def iri(key: str) -> str:
    return known_entity_iri(DEFAULT_BASE, key)


ENTITIES = (
    Entity(
        id="e1", iri=iri("coalition"), cls="MilitaryCoalition", group="actor", wikidata="Q7001",
        label={"ar": "التحالف الدولي", "en": "International coalition"},
    ),
    Entity(id="e2", iri=iri("bakery"), cls="Bakery", group="facility", label={"ar": "فرن الساحة"}, within=("e3",)),
    Entity(
        id="e3", iri=iri("ain"), cls="Town", group="place", label={"ar": "العين", "en": "Al-Ain"}, geonames=7,
        point=(39.01, 35.95), precision="town", within=("e4",),
    ),
    Entity(
        id="e4", iri=iri("syria"), cls="Country", group="place", wikidata="Q858",
        label={"ar": "سوريا", "en": "Syria"}, point=(38.0, 35.0), precision="country",
    ),
    Entity(id="e5", iri=iri("observatory"), cls="MonitoringOrganization", group="actor", label={"ar": "المرصد"}),
    Entity(id="e6", iri=iri("phosphorus"), cls="WhitePhosphorus", group="weapon", label={"en": "white phosphorus"}),
    Entity(id="e8", iri=iri("brigade"), cls="ArmedGroup", group="actor", label={"ar": "لواء الفجر"}),
    Entity(id="e7", iri=iri("family"), cls="Family", group="person", label={"ar": "عائلة الأحمد"}),
)  # fmt: skip


def killed(low: int | None, high: int | None, group: str = "unknown", **flags: bool) -> Casualty:
    return Casualty(effect="killed", min=low, max=high, group=group, start=50, end=64, **flags)


def report(document: str, **changes: object) -> Report:
    given: dict[str, object] = {
        "id": "i1", "iri": report_iri(DEFAULT_BASE, document, 0), "cls": "AirStrike", "date": DAY, "trigger": (0, 3),
        "evidence": ((0, 49),), "places": ("e3",), "incident": STRIKE, "confidence": 0.8,
    }  # fmt: skip
    return Report(**(given | changes))  # type: ignore[arg-type]


def article(name: str, day: int, *reports: Report, relations: Sequence[Relation] = ()) -> Extraction:
    return Extraction(
        article=Article(
            id=name, source=f"{name}.txt", text=TEXT, title="قصف فرن في بلدة العين", published=date(2017, 6, day),
            publisher=f"Example Wire {name}", url=f"https://example.org/{name}",
        ),
        iri=document_iri(DEFAULT_BASE, name), entities=ENTITIES, reports=reports, relations=tuple(relations),
    )  # fmt: skip


STRIKE = incident_iri(DEFAULT_BASE, report_iri(DEFAULT_BASE, "a", 0))
SIEGE = incident_iri(DEFAULT_BASE, report_iri(DEFAULT_BASE, "d", 0))

ARTICLES = (
    article(
        "a",
        9,
        report(
            "a", perpetrators=("e1",), targets=("e2",), weapons=("e6",), certainty="alleged", sources=("e5",),
            facilities=(FacilityEffect(entity="e2", effect="destroyed"),),
            casualties=(killed(14, 14, "civilian"), killed(5, 5, "child", part=True), killed(9, 9, superseded=True)),
        ),
        relations=[Relation(type="locatedIn", subject="e2", object="e3", evidence=((18, 28),), confidence=0.7)],
    ),
    article("b", 10, report("b", cls="Bombardment", victims=("e7",), casualties=(killed(9, None),))),
    article("c", 11, report("c", perpetrators=("e1",), certainty="denied", sources=("e1",))),
    article(
        "d",
        12,
        report(
            "d", cls="Siege", places=("e4",), incident=SIEGE,
            date=DateInterval(earliest=date(2017, 5, 1), latest=date(2017, 6, 30), precision="days"),
        ),
    ),
)  # fmt: skip

INCIDENTS = (
    MergedIncident(
        iri=STRIKE, cls="AirStrike", types=("AirStrike", "Bombardment"), status="Contested", report_count=3, date=DAY,
        reports=tuple(report_iri(DEFAULT_BASE, name, 0) for name in "abc"), places=(iri("ain"),),
        alleged_perpetrators=(iri("coalition"),), targets=(iri("bakery"),), weapons=(iri("phosphorus"),),
        participants=(iri("coalition"),), victims=(iri("family"),), destroyed=(iri("bakery"),),
        killed=Toll(min=9, max=14, best=9), certainty="contested", place_labels={"ar": "العين", "en": "Al-Ain"},
        replaced=(incident_iri(DEFAULT_BASE, report_iri(DEFAULT_BASE, "b", 0)),),
    ),
    MergedIncident(
        iri=SIEGE, cls="Siege", types=("Siege",), status="SingleSource", report_count=1, places=(iri("syria"),),
        date=DateInterval(earliest=date(2017, 5, 1), latest=date(2017, 6, 30), precision="days"),
        reports=(report_iri(DEFAULT_BASE, "d", 0),), place_labels={"ar": "سوريا", "en": "Syria"},
    ),
)  # fmt: skip


def quads(articles: Iterable[Extraction] = ARTICLES, incidents: Iterable[MergedIncident] = INCIDENTS) -> list[Quad]:
    config = BuildConfig()
    found = [quad for a in articles for quad in extraction_quads(a, config=config, run=RUN)]
    return found + [quad for i in incidents for quad in incident_quads(i, config=config)]


def write_store(folder: Path, content: Iterable[Quad]) -> None:
    with open_store(folder) as store:
        store.apply(Change(insert=as_ntriples(content)))
        store.publish()
