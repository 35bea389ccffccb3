"""Incidents as rows of a list and as dots on a map: the same record for all pages that show many of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgbuild.vocab import CKO
from server.engine.engine import Engine
from server.graph import Description, Text, describe
from server.language import interval
from server.maps import Point, View, view_of
from server.pages.geography import locate
from server.pages.links import Link, Names
from server.terms import class_label

Figures = tuple[int | None, int | None, int | None]
"""The least, the most and the best figure."""

LEAST_KM = 420.0


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident in short. `killed` is the best figure; `point` is where its first located place is."""

    iri: str
    href: str
    title: Text
    cls: str | None
    kind: str
    date: str
    iso_date: str | None
    places: list[Link]
    actors: list[Link]
    alleged: bool
    killed: Figures
    injured: Figures
    status: str | None
    reports: int | None
    point: Point | None

    @property
    def deaths(self) -> str | None:
        """The range of what sources say, in short."""
        return _range(self.killed)

    @property
    def injuries(self) -> str | None:
        return _range(self.injured)


@dataclass(frozen=True, slots=True)
class Dot:
    """Incidents at one point of the map."""

    x: float
    y: float
    radius: float
    rows: list[IncidentRow]

    @property
    def cls(self) -> str | None:
        return self.rows[0].cls


def incident_rows(engine: Engine, iris: Sequence[str], language: str) -> list[IncidentRow]:
    """Rows in the order of `iris`."""
    incidents = describe(engine, iris)
    linked = {iri for i in incidents.values() for iri in i.iris(CKO.place, CKO.perpetrator, CKO.allegedPerpetrator)}
    names = Names({**describe(engine, linked), **incidents}, language, engine.config.base)
    places = locate(engine, {iri for i in incidents.values() for iri in i.iris(CKO.place)})
    found = []
    for iri in iris:
        incident = incidents[iri]
        sure, alleged = incident.iris(CKO.perpetrator), incident.iris(CKO.allegedPerpetrator)
        where = incident.iris(CKO.place)
        link = names.link(iri)
        kind = class_label(incident.cls, language) if incident.cls else ""
        found.append(
            IncidentRow(
                iri=iri,
                href=link.href,
                title=incident.name(language) or Text(kind, language),
                cls=incident.cls,
                kind=kind,
                date=interval(*(incident.one(p) for p in (CKO.startDate, CKO.endDate, CKO.datePrecision))),
                iso_date=incident.one(CKO.startDate),
                places=names.links(where),
                actors=names.links(sure or alleged),
                alleged=not sure,
                killed=(
                    incident.number(CKO.killedMin),
                    incident.number(CKO.killedMax),
                    incident.number(CKO.killedBest),
                ),
                injured=(
                    incident.number(CKO.injuredMin),
                    incident.number(CKO.injuredMax),
                    incident.number(CKO.injuredBest),
                ),
                status=(incident.one(CKO.status) or "").removeprefix(CKO.iri) or None,
                reports=incident.number(CKO.reportCount),
                point=next((p.point for p in map(places.__getitem__, where) if p.point), None),
            )
        )
    return found


def _figures(incident: Description, kind: str) -> Figures:
    low, high, best = (incident.number(CKO[kind + bound]) for bound in ("Min", "Max", "Best"))
    return low, high, best


def dots(rows: Iterable[IncidentRow], *, height: int) -> tuple[View | None, list[Dot]]:
    """A map that holds all rows with a point; the largest dots come first, so that small ones stay on top."""
    by_point: dict[Point, list[IncidentRow]] = {}
    for row in rows:
        if row.point:
            by_point.setdefault(row.point, []).append(row)
    if not by_point:
        return None, []
    view = view_of(list(by_point), least_km=LEAST_KM, height=height)
    found = [Dot(*view.place(*point), _radius(here), here) for point, here in by_point.items()]
    return view, sorted(found, key=lambda dot: -dot.radius)


def _radius(rows: list[IncidentRow]) -> float:
    """The area grows with the dead, or with the number of incidents where nobody counted."""
    weight = sum(max(1, row.killed[2] or row.killed[0] or 1) for row in rows)
    return float(round(min(34.0, 4.5 + 2.2 * weight**0.5), 1))


def _range(figures: Figures) -> str | None:
    low, high, _ = figures
    if low is None and high is None:
        return None
    if high is None:
        return f"≥ {low}"
    return str(high) if low == high else f"{low or 0}–{high}"
