"""The page of an entity: its names, where it is, how it relates to others, and the incidents it is named in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kgbuild.vocab import CKO
from server.catalogue.selection import Selection, entity_name
from server.engine.engine import Row
from server.graph import Text, describe
from server.language import translate
from server.maps import View, view_of
from server.pages.charts import Bars
from server.pages.dots import Dot, dots
from server.pages.edition import Edition
from server.pages.geography import Located, locate
from server.pages.incidents import months
from server.pages.links import Link, Names
from server.pages.listing import PAGE_SIZE, IncidentRow, count, incident_rows, page_within
from server.terms import class_label, term_label

MAP_WIDTH, MAP_HEIGHT = 640, 380
LEAST_KM = 320.0


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated relation to other things, or of others to this."""

    label: str
    others: list[Link]


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything the template shows; `selection` holds its incidents, `months` counts them over time."""

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
    selection: Selection
    months: Bars | None
    view: View | None
    dots: list[Dot]
    spot: tuple[float, float, float] | None


def entity_page(edition: Edition, iri: str, page: int) -> EntityPage:
    """Read the entity and one page of its incidents, the newest first."""
    engine, language, this = edition.engine, edition.language, NamedNode(iri)
    entity = describe(engine, [iri])[iri]
    place = locate(engine, [iri])[iri]
    selection = Selection(thing=entity_name(iri, edition.base))
    total = count(edition, selection)
    page, pages = page_within(page, total)
    offset = (page - 1) * PAGE_SIZE
    rows = incident_rows(edition, selection, limit=PAGE_SIZE, offset=offset)
    related = engine.select("entity-relations", this=this)
    inside = [row["part"].text for row in engine.select("entity-parts", this=this)]
    others = {iri, *place.containers, *inside, *(row["other"].text for row in related)}
    names = edition.names(describe(engine, others))
    title = entity.name(language) or names.link(iri).text
    view, found = _map(edition, place, selection)
    return EntityPage(
        title=title,
        other_names=entity.other_names(title.text),
        cls=entity.cls,
        kind=class_label(entity.cls, language) if entity.cls else "",
        same_as=entity.same_as,
        chain=names.links(place.containers),
        within=names.links(inside),
        relations=_relations(related, names),
        incidents=rows,
        total=total,
        page=page,
        pages=pages,
        selection=selection,
        months=months(edition, selection),
        view=view,
        dots=found,
        spot=_spot(view, place.point, place.radius_km),
    )


def _map(edition: Edition, place: Located, selection: Selection) -> tuple[View | None, list[Dot]]:
    """Around the place itself; of what has no place of its own, where its incidents were."""
    if place.point is None:
        return dots(edition, selection, height=MAP_HEIGHT, width=MAP_WIDTH)
    least = max(LEAST_KM, place.radius_km * 4)
    return view_of([place.point], least_km=least, height=MAP_HEIGHT, width=MAP_WIDTH), []


def _relations(rows: Sequence[Row], names: Names) -> list[Relation]:
    found: dict[str, set[str]] = {}
    for row in rows:
        iri = row["type"].text
        turned = translate(f"inverse {iri.removeprefix(CKO.iri)}") if row["inverse"].text == "true" else None
        found.setdefault(turned or term_label(iri, names.language), set()).add(row["other"].text)
    return [Relation(label, names.links(others)) for label, others in found.items()]


def _spot(view: View | None, point: tuple[float, float] | None, radius_km: float) -> tuple[float, float, float] | None:
    if view is None or point is None:
        return None
    return (*view.place(*point), round(view.pixels(radius_km, point[1]), 1))
