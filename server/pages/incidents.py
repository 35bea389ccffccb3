"""The incidents under filters: as a table, on a map, over time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby

from server.catalogue.selection import Selection
from server.maps import View
from server.pages.breakdown import Breakdown, breakdown
from server.pages.charts import Bars, bars
from server.pages.dots import Dot, dots
from server.pages.edition import Edition
from server.pages.filters import Chosen, Facet, chosen, facets
from server.pages.listing import PAGE_SIZE, IncidentRow, count, incident_rows, page_within

NEWEST = 20
"""Incidents beside the map."""
MAP_WIDTH, MAP_HEIGHT = 960, 560


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

    @property
    def days(self) -> list[tuple[str | None, list[IncidentRow]]]:
        """The rows by the day on which they begin; those without a date come last, as they do among the rows."""
        return [(day, list(rows)) for day, rows in groupby(self.rows, key=lambda row: row.iso_date)]


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
