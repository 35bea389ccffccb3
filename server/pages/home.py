"""The home page: the newest incidents on a map and in a list, and how much there is of everything."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from server.engine.engine import Engine
from server.maps import View
from server.pages.charts import Bars, bars
from server.pages.listing import Dot, IncidentRow, dots, incident_rows
from server.terms import class_label

SHOWN = 60
TOTALS = ("incidents", "reports", "documents", "killed")


@dataclass(frozen=True, slots=True)
class HomePage:
    """`totals` are (what, how many)."""

    rows: list[IncidentRow]
    view: View | None
    dots: list[Dot]
    totals: list[tuple[str, int]]
    months: Bars | None
    classes: list[tuple[str, str, int, float]]


def home_page(engine: Engine, language: str) -> HomePage:
    incidents = NamedNode(f"{engine.config.base}graph/incidents")
    newest = engine.select("newest", incidents=incidents, limit=SHOWN)
    rows = incident_rows(engine, [row["incident"].text for row in newest], language)
    view, found = dots(rows, height=400)
    counts = engine.select("totals", incidents=incidents)
    months = engine.select("months", incidents=incidents)
    by_class = [
        (row["class"].text.rpartition("#")[2], int(row["n"].text))
        for row in engine.select("classes", incidents=incidents)
    ]
    by_class = [(name, n) for name, n in by_class if name != "Incident"][:12]
    most = max((n for _, n in by_class), default=1)
    return HomePage(
        rows=rows,
        view=view,
        dots=found,
        totals=[
            (name, int(counts[0][name].text)) for name in ("incidents", "reports", "documents", "killed") if counts
        ],
        months=bars([(row["month"].text, int(row["n"].text), int(row["killed"].text)) for row in months]),
        classes=[(name, class_label(name, language), n, round(100 * n / most, 1)) for name, n in by_class],
    )
