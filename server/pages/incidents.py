"""The incidents under filters: as a table, on a map, over time; with counts to filter on, and as data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from server.catalogue.selection import Selection, entity, entity_name
from server.graph import Text
from server.maps import View
from server.pages.breakdown import Breakdown, breakdown
from server.pages.charts import Bars, bars
from server.pages.dots import Dot, dots
from server.pages.edition import Edition
from server.pages.listing import PAGE_SIZE, IncidentRow, count, incident_rows, label_of, links_by_count, page_within
from server.terms import class_label

MOST_FACETS = 12
NEWEST = 20
"""Incidents beside the map."""
MAP_WIDTH, MAP_HEIGHT = 960, 560
TITLES = {
    "since": "From", "until": "Until", "type": "Type", "place": "Place", "actor": "Actor", "perpetrator": "By whom",
    "weapon": "Weapon", "facility": "Facility", "killed": "Killed at least", "status": "Status", "thing": "About",
    "certainty": "Certainty", "incident": "Incident", "source": "Source", "box": "Part of the map", "q": "Words",
}  # fmt: skip
"""What the filters are called."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to filter on, with the number of incidents it leaves."""

    label: Text
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: its name in URLs, its title, what can be chosen."""

    name: str
    title: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set, in words, and the selection without it."""

    title: str
    label: str
    without: str


@dataclass(frozen=True, slots=True)
class IncidentsPage:
    """What all three views show; `rows` and the map are empty where the view does not show them."""

    selection: Selection
    total: int
    killed: int
    chosen: list[Chosen]
    facets: list[Facet]
    months: Bars | None
    breakdown: Breakdown
    pages: int
    page: int = 1
    rows: list[IncidentRow] = field(default_factory=list)
    view: View | None = None
    dots: list[Dot] = field(default_factory=list)


def incidents_page(edition: Edition, selection: Selection, page: int) -> IncidentsPage:
    """The table and the timeline: one page of rows, the last one where there are not as many."""
    found = _without_rows(edition, selection)
    page, _ = page_within(page, found.total)
    offset = (page - 1) * PAGE_SIZE
    rows = incident_rows(edition, selection, limit=PAGE_SIZE, offset=offset)
    return replace(found, rows=rows, page=page)


def map_page(edition: Edition, selection: Selection) -> IncidentsPage:
    """The map, and beside it the newest rows."""
    found = _without_rows(edition, selection)
    rows = incident_rows(edition, selection, limit=NEWEST)
    view, marks = dots(edition, selection, height=MAP_HEIGHT, width=MAP_WIDTH)
    return replace(found, rows=rows, view=view, dots=marks)


def _without_rows(edition: Edition, selection: Selection) -> IncidentsPage:
    total = count(edition, selection)
    where, values = selection.where(edition.base)
    return IncidentsPage(
        selection=selection,
        total=total,
        killed=edition.tables.number(f"SELECT SUM(killed_known) FROM incident WHERE {where}", values),
        chosen=chosen(edition, selection),
        facets=facets(edition, selection),
        months=months(edition, selection),
        breakdown=breakdown(edition, selection),
        pages=page_within(1, total)[1],
    )


def months(edition: Edition, selection: Selection) -> Bars | None:
    """Incidents and people killed by month."""
    where, values = selection.where(edition.base)
    text = f"""SELECT substr(first, 1, 7) AS month, COUNT(*) AS n, SUM(killed_known) AS killed
        FROM incident WHERE {where} AND first IS NOT NULL GROUP BY month ORDER BY month"""
    return bars([(row["month"], row["n"], row["killed"]) for row in edition.tables.rows(text, values)])


def classes(edition: Edition, selection: Selection) -> list[tuple[str, int]]:
    """Classes of incidents with their numbers, the most frequent first."""
    where, values = selection.where(edition.base)
    text = (
        f"SELECT class, COUNT(*) AS n FROM incident WHERE {where} AND class IS NOT NULL GROUP BY class ORDER BY n DESC"
    )
    return [(row["class"], row["n"]) for row in edition.tables.rows(text, values)]


def facets(edition: Edition, selection: Selection) -> list[Facet]:
    """What can be chosen next, with numbers."""
    language = edition.language
    found = [
        Facet(
            "type",
            "Type",
            [Choice(Text(class_label(cls, language), language), cls, n) for cls, n in classes(edition, selection)],
        )
    ]
    for name, title, roles in (
        ("place", "Place", ("anywhere",)),
        ("actor", "Actor", ("actor",)),
        ("weapon", "Weapon", ("weapon",)),
        ("source", "Source", ("source",)),
    ):
        listed = links_by_count(edition, selection, roles, limit=MOST_FACETS)
        choices = [
            Choice(_source_name(link.text, iri) if name == "source" else link.text, _value(name, iri, edition.base), n)
            for link, iri, n in listed
        ]
        found.append(Facet(name, title, choices))
    return found


def _source_name(text: Text, iri: str) -> Text:
    """Publishers are entities in some graphs, and mere names in others."""
    return text if "://" in iri else Text(iri, None)


def _value(name: str, iri: str, base: str) -> str:
    return iri if name == "source" else entity_name(iri, base)


def chosen(edition: Edition, selection: Selection) -> list[Chosen]:
    """The filters that are set, in words."""
    found = []
    for name, title in TITLES.items():
        value = getattr(selection, name)
        if value:
            label = _in_words(edition, name, value)
            found.append(Chosen(title, label, selection.but(**{name: ""}).query()))
    return found


def _in_words(edition: Edition, name: str, value: str) -> str:
    if name in ("type", "status"):
        return class_label(value, edition.language)
    if name in ("place", "actor", "perpetrator", "weapon", "facility", "thing", "source"):
        iri = value if name == "source" else entity(value, edition.base)
        rows = edition.tables.rows("SELECT * FROM thing WHERE iri = ?", (iri,))
        return label_of(edition, rows[0]).text if rows else value
    return value
