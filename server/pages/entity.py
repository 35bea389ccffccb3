"""The page of an entity: its names, where it is, how it relates to others, and the incidents it is named in."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from server.catalogue.catalogue import Tables
from server.catalogue.selection import Selection, entity_name
from server.engine.engine import Engine, Row
from server.graph import Text, describe
from server.maps import View, view_of
from server.pages.geography import locate
from server.pages.incidents import years
from server.pages.links import Link, Names
from server.pages.listing import Dot, IncidentRow, dots, incident_rows
from server.terms import class_label, term_label

PAGE_SIZE = 50
MAP_WIDTH, MAP_HEIGHT = 640, 380
LEAST_KM = 320.0


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated relation to another thing; `inverse` where the other one is its subject."""

    label: str
    other: Link
    inverse: bool


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything the template shows; `years` counts incidents by year."""

    title: Text
    other_names: list[Text]
    cls: str | None
    kind: str
    same_as: list[str]
    chain: list[Link]
    within: list[Link]
    relations: list[Relation]
    incidents: list[IncidentRow]
    total: int
    page: int
    pages: int
    years: list[tuple[str, int]]
    view: View | None
    dots: list[Dot]
    spot: tuple[float, float, float] | None


def entity_page(engine: Engine, tables: Tables, iri: str, language: str, page: int) -> EntityPage:
    """Read the entity and one page of its incidents, the newest first."""
    base, this = engine.config.base, NamedNode(iri)
    entity = describe(engine, [iri])[iri]
    place = locate(engine, [iri])[iri]
    selection = Selection(thing=entity_name(iri, base))
    counted = years(tables, selection, base)
    total = sum(n for _, n in counted)
    offset = (page - 1) * PAGE_SIZE
    rows = incident_rows(tables, selection, base=base, language=language, limit=PAGE_SIZE, offset=offset)
    related = engine.select("entity-relations", this=this)
    inside = [row["part"].text for row in engine.select("entity-parts", this=this)]
    names = Names(
        describe(engine, {iri, *place.containers, *inside, *(row["other"].text for row in related)}), language, base
    )
    title = entity.name(language) or names.link(iri).text
    view, found = dots(tables, selection, base=base, language=language, height=MAP_HEIGHT, width=MAP_WIDTH, path="/map")
    if place.point:
        view = view_of([place.point], least_km=max(LEAST_KM, place.radius_km * 4), height=MAP_HEIGHT, width=MAP_WIDTH)
        found = []
    return EntityPage(
        title=title,
        other_names=entity.other_names(title.text),
        cls=entity.cls,
        kind=class_label(entity.cls, language) if entity.cls else "",
        same_as=entity.same_as,
        chain=names.links(place.containers),
        within=names.links(inside),
        relations=[_relation(row, names) for row in related],
        incidents=rows,
        total=total,
        page=page,
        pages=-(-total // PAGE_SIZE),
        years=counted,
        view=view,
        dots=found,
        spot=_spot(view, place.point, place.radius_km),
    )


def _relation(row: Row, names: Names) -> Relation:
    label = term_label(row["type"].text, names.language)
    return Relation(label, names.link(row["other"].text), row["inverse"].text == "true")


def _spot(view: View | None, point: tuple[float, float] | None, radius_km: float) -> tuple[float, float, float] | None:
    if view is None or point is None:
        return None
    return (*view.place(*point), round(view.pixels(radius_km, point[1]), 1))
