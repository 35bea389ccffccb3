"""Incidents as rows of a list and as dots on a map: the same record for all pages that show many of them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.catalogue.catalogue import Tables
from server.catalogue.selection import Selection
from server.geometry import Point
from server.graph import Text, path_of
from server.language import interval, translate
from server.maps import View, view_of
from server.pages.links import Link, short
from server.terms import class_label, group_of

LEAST_KM = 420.0
CELL = 26.0
"""Pixels within which the incidents of a map are one dot."""

Figures = tuple[int | None, int | None, int | None]
"""The least, the most and the best figure."""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident in short; `point` is where its finest place is."""

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
    certainty: str | None
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
    """Incidents that lie together on the map: `count` of them, of which `titles` names the first."""

    x: float
    y: float
    radius: float
    count: int
    cls: str | None
    href: str
    titles: list[str]


def incident_rows(
    tables: Tables, selection: Selection, *, base: str, language: str, limit: int, offset: int = 0
) -> list[IncidentRow]:
    """The newest of a selection first."""
    where, values = selection.where(base)
    text = f"SELECT * FROM incident WHERE {where} ORDER BY first DESC, number LIMIT ? OFFSET ?"
    found = tables.rows(text, [*values, limit, offset])
    links = _links(tables, [row["number"] for row in found], base, language)
    return [_row(row, links[row["number"]], base, language) for row in found]


def count(tables: Tables, selection: Selection, base: str) -> int:
    where, values = selection.where(base)
    return tables.number(f"SELECT COUNT(*) FROM incident WHERE {where}", values)


def _links(tables: Tables, numbers: Sequence[int], base: str, language: str) -> dict[int, dict[str, list[Link]]]:
    """Places and perpetrators of some incidents by role."""
    marks = ", ".join("?" * len(numbers))
    found: dict[int, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    text = f"""SELECT incident, role, link.iri, class, label_ar, label_en FROM link LEFT JOIN thing USING (iri)
        WHERE incident IN ({marks}) AND role IN ('place', 'perpetrator', 'allegedPerpetrator') ORDER BY link.iri"""
    for row in tables.rows(text, numbers):
        found[row["incident"]][row["role"]].append(thing_link(row, base, language))
    return found


def thing_link(row: sqlite3.Row, base: str, language: str) -> Link:
    """A link out of the columns iri, class, label_ar and label_en."""
    cls = row["class"]
    path = path_of(row["iri"], base)
    kind = class_label(cls, language) if cls else None
    return Link(path or row["iri"], label_of(row, base, language), kind, group_of(cls) if cls else None, path is None)


def label_of(row: sqlite3.Row, base: str, language: str) -> Text:
    """The label in that language, else in the other one, else what can be made of the IRI."""
    other = "en" if language == "ar" else "ar"
    for name in (language, other):
        if row[f"label_{name}"]:
            return Text(row[f"label_{name}"], name)
    return Text(short(row["iri"], base), None)


def _row(row: sqlite3.Row, links: dict[str, list[Link]], base: str, language: str) -> IncidentRow:
    cls = row["class"]
    kind = class_label(cls, language) if cls else translate("Incident")
    title = label_of(row, base, language) if row["label_ar"] or row["label_en"] else Text(kind, language)
    return IncidentRow(
        iri=row["iri"],
        href=path_of(row["iri"], base) or row["iri"],
        title=title,
        cls=cls,
        kind=kind,
        date=interval(row["first"], row["last"], row["precision"]),
        iso_date=row["first"],
        places=links["place"],
        actors=links["perpetrator"] or links["allegedPerpetrator"],
        alleged=not links["perpetrator"],
        killed=(row["killed_min"], row["killed_max"], row["killed_best"]),
        injured=(row["injured_min"], row["injured_max"], row["injured_best"]),
        status=row["status"],
        certainty=row["certainty"],
        reports=row["reports"],
        point=None if row["longitude"] is None else (row["longitude"], row["latitude"]),
    )


def dots(
    tables: Tables, selection: Selection, *, base: str, language: str, height: int, width: int, path: str
) -> tuple[View | None, list[Dot]]:
    """A map of a selection; what lies together is one dot that leads to its incidents, under `path`."""
    where, values = selection.where(base)
    found = tables.rows(
        f"""SELECT iri, class, longitude, latitude, label_ar, label_en, COALESCE(killed_best, killed_min, 0) AS killed
        FROM incident WHERE {where} AND longitude IS NOT NULL ORDER BY first DESC, number""",
        values,
    )
    if not found:
        return None, []
    view = view_of(
        [(row["longitude"], row["latitude"]) for row in found], least_km=LEAST_KM, height=height, width=width
    )
    cells: dict[tuple[int, int], list[sqlite3.Row]] = defaultdict(list)
    for row in found:
        x, y = view.place(row["longitude"], row["latitude"])
        cells[round(x / CELL), round(y / CELL)].append(row)
    made = [_dot(view, rows, selection, base, language, path) for rows in cells.values()]
    return view, sorted(made, key=lambda dot: -dot.radius)


def _dot(view: View, rows: list[sqlite3.Row], selection: Selection, base: str, language: str, path: str) -> Dot:
    """In the middle of its incidents; the area grows with the dead, or with the incidents where nobody counted."""
    longitudes, latitudes = [row["longitude"] for row in rows], [row["latitude"] for row in rows]
    x, y = view.place(sum(longitudes) / len(rows), sum(latitudes) / len(rows))
    weight = sum(max(1, row["killed"]) for row in rows)
    classes = [row["class"] for row in rows if row["class"]]
    if len(rows) == 1:
        href = path_of(rows[0]["iri"], base) or rows[0]["iri"]
    else:
        margin = 0.02
        box = (min(longitudes) - margin, min(latitudes) - margin, max(longitudes) + margin, max(latitudes) + margin)
        href = f"{path}?{selection.but(box=','.join(f'{edge:.3f}' for edge in box)).query()}"
    return Dot(
        x=round(x, 1),
        y=round(y, 1),
        radius=round(min(30.0, 4.5 + 2.0 * weight**0.5), 1),
        count=len(rows),
        cls=max(set(classes), key=lambda cls: (classes.count(cls), cls)) if classes else None,
        href=href,
        titles=[_title(row, base, language) for row in rows[:6]],
    )


def _title(row: sqlite3.Row, base: str, language: str) -> str:
    if row["label_ar"] or row["label_en"]:
        title = label_of(row, base, language).text
    else:
        title = class_label(row["class"], language) if row["class"] else short(row["iri"], base)
    return f"{title} ({translate('killed')}: {row['killed']})" if row["killed"] else title


def _range(figures: Figures) -> str | None:
    low, high, _ = figures
    if low is None and high is None:
        return None
    if high is None:
        return f"≥ {low}"
    return str(high) if low == high else f"{low or 0}–{high}"


def links_by_count(
    tables: Tables, selection: Selection, roles: Iterable[str], *, base: str, language: str, limit: int
) -> list[tuple[Link, str, int]]:
    """The things that most incidents of a selection name in some roles: link, IRI, how many."""
    where, values = selection.where(base)
    marks = ", ".join(f"'{role}'" for role in roles)
    text = f"""SELECT link.iri, class, label_ar, label_en, COUNT(DISTINCT incident) AS n
        FROM link LEFT JOIN thing USING (iri)
        WHERE role IN ({marks}) AND incident IN (SELECT number FROM incident WHERE {where})
        GROUP BY link.iri ORDER BY n DESC, link.iri LIMIT ?"""
    return [(thing_link(row, base, language), row["iri"], row["n"]) for row in tables.rows(text, [*values, limit])]
