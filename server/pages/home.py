"""The home page: the newest incidents on a map and in a list, and how much there is of everything."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from server.catalogue.selection import Selection
from server.graph import Text
from server.maps import View
from server.pages.breakdown import Breakdown, breakdown
from server.pages.charts import Bars
from server.pages.dots import Dot, dots
from server.pages.edition import Edition
from server.pages.incidents import months
from server.pages.links import Link, short
from server.pages.listing import IncidentRow, incident_rows

SHOWN = 60
SHOWN_ARTICLES = 8
MAP_WIDTH, MAP_HEIGHT = 640, 420
ALL = Selection()

_RECENT = """SELECT document.*, label_ar, label_en FROM document LEFT JOIN thing ON thing.iri = publisher
    ORDER BY issued DESC, document.iri LIMIT ?"""


@dataclass(frozen=True, slots=True)
class HomePage:
    """`totals` are (what, how many), `documents` the newest articles with publisher and day."""

    selection: Selection

    rows: list[IncidentRow]
    view: View | None
    dots: list[Dot]
    totals: list[tuple[str, int]]
    months: Bars | None
    breakdown: Breakdown
    documents: list[tuple[Link, str | None, str | None]]


def home_page(edition: Edition) -> HomePage:
    tables = edition.tables
    view, found = dots(edition, ALL, height=MAP_HEIGHT, width=MAP_WIDTH)
    return HomePage(
        selection=ALL,
        rows=incident_rows(edition, ALL, limit=SHOWN),
        view=view,
        dots=found,
        totals=[
            ("incidents", tables.number("SELECT COUNT(*) FROM incident")),
            ("reports", tables.number("SELECT SUM(reports) FROM incident")),
            ("documents", tables.number("SELECT COUNT(*) FROM document")),
            ("killed", tables.number("SELECT SUM(killed_known) FROM incident")),
        ],
        months=months(edition, ALL),
        breakdown=breakdown(edition, ALL),
        documents=_recent(edition),
    )


def _recent(edition: Edition) -> list[tuple[Link, str | None, str | None]]:
    """The newest articles: link, publisher, day."""
    found = edition.tables.rows(_RECENT, (SHOWN_ARTICLES,))
    return [(_article(edition, row), _publisher(row, edition.language), row["issued"]) for row in found]


def _article(edition: Edition, row: sqlite3.Row) -> Link:
    title = Text(row["title"] or short(row["iri"], edition.base), row["language"])
    return Link(edition.href(row["iri"]), title)


def _publisher(row: sqlite3.Row, language: str) -> str | None:
    """Publishers are entities in some graphs, and mere names in others."""
    found: str | None = row[f"label_{language}"] or row["label_en"] or row["label_ar"] or row["publisher"]
    return found
