"""The page of an incident: what the roll-up says, what its sources say, how it came together, what happened near it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kgbuild.vocab import CKO
from server.engine.engine import Engine, Row, Value
from server.graph import Description, Descriptions, Text, describe
from server.language import interval
from server.maps import View, view_of
from server.pages.around import Around, around
from server.pages.edition import Edition
from server.pages.figures import Chart, chart
from server.pages.geography import Located, locate
from server.pages.links import Link, Names
from server.pages.merges import Merges, merges_of
from server.pages.sources import Source, sources_of

LEAST_KM = 320.0

ROLES = (
    (CKO.perpetrator, "By whom"),
    (CKO.allegedPerpetrator, "By whom, allegedly"),
    (CKO.participant, "Who took part"),
    (CKO.target, "Against"),
    (CKO.victim, "Victims"),
    (CKO.weapon, "Weapons"),
)
EFFECTS = (CKO.destroyed, CKO.damaged, CKO.outOfService, CKO.hit, CKO.affected)


@dataclass(frozen=True, slots=True)
class Marker:
    """A place on the map, with the circle within which the true place lies, in pixels."""

    x: float
    y: float
    radius: float
    link: Link
    precision: str | None


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Everything the template shows."""

    title: Text
    other_titles: list[Text]
    cls: str | None
    also_reported_as: list[Link]
    date: str
    date_precision: str | None
    status: str | None
    certainty: str | None
    places: list[list[Link]]
    roles: list[tuple[str, list[Link]]]
    facilities: list[tuple[Link, list[Link]]]
    charts: list[Chart]
    sources: list[Source]
    merges: Merges
    around: Around
    view: View | None
    markers: list[Marker]


def incident_page(edition: Edition, iri: str) -> IncidentPage:
    """Read the incident, its reports, and all that they name."""
    engine = edition.engine
    incident = describe(engine, [iri])[iri]
    reports = _descriptions(engine.select("incident-reports", this=NamedNode(iri)))
    places = locate(engine, incident.iris(CKO.place))
    linked = {i for thing in (incident, *reports.values()) for i in _linked(thing, edition.base)}
    linked |= {container for place in places.values() for container in place.containers}
    names = edition.names({**describe(engine, linked), iri: incident, **reports})
    view, markers = _map(_on_the_map(engine, places), names)
    title = incident.name(edition.language) or names.link(iri).text
    return IncidentPage(
        title=title,
        other_titles=incident.other_names(title.text),
        cls=incident.cls,
        also_reported_as=names.links(incident.iris(CKO.reportedType)),
        date=interval(incident.one(CKO.startDate), incident.one(CKO.endDate), incident.one(CKO.datePrecision)),
        date_precision=incident.one(CKO.datePrecision),
        status=(incident.one(CKO.status) or "").removeprefix(CKO.iri) or None,
        certainty=incident.one(CKO.certainty),
        places=[_chain(place, names) for place in places.values()],
        roles=_roles(incident, names),
        facilities=_facilities(incident, names),
        charts=[made for kind in ("killed", "injured") if (made := chart(kind, incident, reports, names))],
        sources=sources_of(engine, iri, reports, names),
        merges=merges_of(engine, iri, names),
        around=around(edition, iri),
        view=view,
        markers=markers,
    )


def _descriptions(rows: list[Row]) -> dict[str, Description]:
    found: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row["s"].text][row["p"].text].append(row["o"])
    return {iri: Description(iri, {p: tuple(v) for p, v in values.items()}) for iri, values in sorted(found.items())}


def _linked(thing: Description, base: str) -> set[str]:
    """The entities and documents that a thing points to; not the nodes that are parts of them."""
    iris = {v.text for values in thing.values.values() for v in values if v.kind == "uri"}
    return {iri for iri in iris if iri.startswith(base) and "#" not in iri}


def _chain(place: Located, names: Names) -> list[Link]:
    """The place and what contains it, the narrower first."""
    around = sorted(place.containers, key=lambda iri: _width(iri, names.descriptions))
    return [names.link(iri) for iri in (place.iri, *around)]


def _roles(incident: Description, names: Names) -> list[tuple[str, list[Link]]]:
    """Those who took part are named only where no other role says so already."""
    acting = {iri for p, _ in ROLES if p != CKO.participant for iri in incident.iris(p)}
    found = []
    for predicate, label in ROLES:
        iris = incident.iris(predicate)
        if predicate == CKO.participant:
            iris = [iri for iri in iris if iri not in acting]
        if iris:
            found.append((label, names.links(iris)))
    return found


def _facilities(incident: Description, names: Names) -> list[tuple[Link, list[Link]]]:
    effects: dict[str, list[Link]] = defaultdict(list)
    for predicate in EFFECTS:
        for iri in incident.iris(predicate):
            effects[iri].append(names.link(predicate.value))
    return [(names.link(iri), found) for iri, found in effects.items()]


def _width(iri: str, descriptions: Descriptions) -> int:
    order = ("Neighbourhood", "Village", "Town", "City", "Camp", "Area", "District", "Governorate", "Country")
    found = descriptions.get(iri)
    return order.index(found.cls) if found and found.cls in order else len(order) // 2


def _on_the_map(engine: Engine, places: dict[str, Located]) -> list[Located]:
    """The places with a point; where none has one the smallest place around them that does, as in the catalogue."""
    known = [place for place in places.values() if place.point]
    if known:
        return known
    around = locate(engine, {container for place in places.values() for container in place.containers})
    located = [place for place in around.values() if place.point]
    return sorted(located, key=lambda place: (place.radius_km, place.point))[:1]


def _map(places: list[Located], names: Names) -> tuple[View | None, list[Marker]]:
    known = [(place, place.point) for place in places if place.point]
    if not known:
        return None, []
    widest = max(place.radius_km for place, _ in known)
    view = view_of([point for _, point in known], least_km=max(LEAST_KM, widest * 4), height=400)
    markers = [
        Marker(
            *view.place(*point),
            round(view.pixels(place.radius_km, point[1]), 1),
            names.link(place.iri),
            place.precision,
        )
        for place, point in known
    ]
    return view, markers
