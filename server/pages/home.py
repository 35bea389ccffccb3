"""The home page: the newest incidents on a map and in a list, and how much there is of everything."""

from __future__ import annotations

from dataclasses import dataclass

from server.catalogue.catalogue import Tables
from server.catalogue.selection import Selection
from server.graph import Text, path_of
from server.maps import View
from server.pages.charts import Bars
from server.pages.incidents import classes, months
from server.pages.links import Link, short
from server.pages.listing import Dot, IncidentRow, dots, incident_rows
from server.terms import class_label

SHOWN = 60
RECENT = 8
MOST_CLASSES = 12
MAP_WIDTH, MAP_HEIGHT = 640, 420
ALL = Selection()


@dataclass(frozen=True, slots=True)
class HomePage:
    """`totals` are (what, how many), `classes` (local name, label, how many, percent of the most frequent)."""

    rows: list[IncidentRow]
    view: View | None
    dots: list[Dot]
    totals: list[tuple[str, int]]
    months: Bars | None
    classes: list[tuple[str, str, int, float]]
    documents: list[tuple[Link, str | None, str | None]]


def home_page(tables: Tables, base: str, language: str) -> HomePage:
    counted = classes(tables, ALL, base)[:MOST_CLASSES]
    most = max((n for _, n in counted), default=1)
    view, found = dots(tables, ALL, base=base, language=language, height=MAP_HEIGHT, width=MAP_WIDTH, path="/map")
    return HomePage(
        rows=incident_rows(tables, ALL, base=base, language=language, limit=SHOWN),
        view=view,
        dots=found,
        totals=[
            ("incidents", tables.number("SELECT COUNT(*) FROM incident")),
            ("reports", tables.number("SELECT SUM(reports) FROM incident")),
            ("documents", tables.number("SELECT COUNT(*) FROM document")),
            ("killed", tables.number("SELECT SUM(killed_known) FROM incident")),
        ],
        months=months(tables, ALL, base),
        classes=[(name, class_label(name, language), n, round(100 * n / most, 1)) for name, n in counted],
        documents=_recent(tables, base),
    )


def _recent(tables: Tables, base: str) -> list[tuple[Link, str | None, str | None]]:
    """The newest articles: link, publisher, day."""
    found = tables.rows("SELECT * FROM document ORDER BY issued DESC, iri LIMIT ?", (RECENT,))
    return [
        (
            Link(
                path_of(row["iri"], base) or row["iri"], Text(row["title"] or short(row["iri"], base), row["language"])
            ),
            row["publisher"],
            row["issued"],
        )
        for row in found
    ]
