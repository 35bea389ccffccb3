"""Incidents as rows of a list and as dots on a map: the same record for all pages that show many of them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgbuild.geography import Point
from kgbuild.vocab import GROUP_OF
from server.catalogue.selection import Selection
from server.graph import Text, path_of
from server.language import interval, toll, translate
from server.pages.edition import Edition
from server.pages.links import Link, short
from server.terms import class_label

PAGE_SIZE = 50
"""Incidents on a page of a list."""

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


def page_within(page: int, total: int) -> tuple[int, int]:
    """The page to show where this one is asked for, and how many there are: past the last page it is the last."""
    pages = -(-total // PAGE_SIZE)
    return min(page, max(1, pages)), pages


def incident_rows(edition: Edition, selection: Selection, *, limit: int, offset: int = 0) -> list[IncidentRow]:
    """The newest of a selection first."""
    where, values = selection.where(edition.base)
    text = f"SELECT * FROM incident WHERE {where} ORDER BY first DESC, number LIMIT ? OFFSET ?"
    found = edition.tables.rows(text, [*values, limit, offset])
    links = _links(edition, [row["number"] for row in found])
    return [_row(edition, row, links[row["number"]]) for row in found]


def rows_of(edition: Edition, numbers: Sequence[int]) -> list[IncidentRow]:
    """These incidents, by their numbers in the catalogue and in that order."""
    marks = ", ".join("?" * len(numbers))
    found = {
        row["number"]: row for row in edition.tables.rows(f"SELECT * FROM incident WHERE number IN ({marks})", numbers)
    }
    links = _links(edition, numbers)
    return [_row(edition, found[number], links[number]) for number in numbers]


def count(edition: Edition, selection: Selection) -> int:
    where, values = selection.where(edition.base)
    return edition.tables.number(f"SELECT COUNT(*) FROM incident WHERE {where}", values)


def _links(edition: Edition, numbers: Sequence[int]) -> dict[int, dict[str, list[Link]]]:
    """Places and perpetrators of some incidents by role."""
    marks = ", ".join("?" * len(numbers))
    found: dict[int, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    text = f"""SELECT incident, role, link.iri, class, label_ar, label_en FROM link LEFT JOIN thing USING (iri)
        WHERE incident IN ({marks}) AND role IN ('place', 'perpetrator', 'allegedPerpetrator') ORDER BY link.iri"""
    for row in edition.tables.rows(text, numbers):
        found[row["incident"]][row["role"]].append(thing_link(edition, row))
    return found


def thing_link(edition: Edition, row: sqlite3.Row) -> Link:
    """A link out of the columns iri, class, label_ar and label_en."""
    cls = row["class"]
    path = path_of(row["iri"], edition.base)
    kind = class_label(cls, edition.language) if cls else None
    return Link(path or row["iri"], label_of(edition, row), kind, GROUP_OF.get(cls or ""), path is None)


def label_of(edition: Edition, row: sqlite3.Row) -> Text:
    """The label in that language, else in the other one, else what can be made of the IRI."""
    other = "en" if edition.language == "ar" else "ar"
    for name in (edition.language, other):
        if row[f"label_{name}"]:
            return Text(row[f"label_{name}"], name)
    return Text(short(row["iri"], edition.base), None)


def _row(edition: Edition, row: sqlite3.Row, links: dict[str, list[Link]]) -> IncidentRow:
    cls = row["class"]
    kind = class_label(cls, edition.language) if cls else translate("Incident")
    title = label_of(edition, row) if row["label_ar"] or row["label_en"] else Text(kind, edition.language)
    return IncidentRow(
        iri=row["iri"],
        href=edition.href(row["iri"]),
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


def title_of(edition: Edition, row: sqlite3.Row) -> str:
    """The label of an incident as words, else its class, else its IRI in short."""
    if row["label_ar"] or row["label_en"]:
        return label_of(edition, row).text
    return class_label(row["class"], edition.language) if row["class"] else short(row["iri"], edition.base)


def _range(figures: Figures) -> str | None:
    low, high, _ = figures
    return None if low is None and high is None else toll(low, high)


def links_by_count(
    edition: Edition, selection: Selection, roles: Iterable[str], *, limit: int
) -> list[tuple[Link, str, int]]:
    """The things that most incidents of a selection name in some roles: link, IRI, how many."""
    where, values = selection.where(edition.base)
    marks = ", ".join(f"'{role}'" for role in roles)
    among = f"AND incident IN (SELECT number FROM incident WHERE {where})" if values else ""
    text = f"""SELECT found.iri, class, label_ar, label_en, n FROM (
            SELECT iri, COUNT(*) AS n FROM link WHERE role IN ({marks}) {among} GROUP BY iri
            ORDER BY n DESC, iri LIMIT ?
        ) AS found LEFT JOIN thing ON thing.iri = found.iri ORDER BY n DESC, found.iri"""
    return [(thing_link(edition, row), row["iri"], row["n"]) for row in edition.tables.rows(text, [*values, limit])]
