"""The statistics page: how much there is, from whom, how precise, how certain, and whether it keeps its own rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kgbuild.vocab import GROUP_CLASSES
from server.catalogue.catalogue import Tables
from server.catalogue.check import Checked
from server.graph import Text
from server.language import number, translate
from server.pages.charts import Bars, bars
from server.pages.edition import Edition
from server.terms import class_label

MOST_SOURCES = 15


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: `percent` of the longest, `part` of all as words; `href` leads to what it counts."""

    label: Text
    count: int
    percent: float
    part: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Entities of one kind: all, with a counterpart in Wikidata or GeoNames, with coordinates."""

    label: str
    count: int
    linked: int
    located: int


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """`first` and `last` are the days covered; `distributions` are (title, bars)."""

    totals: list[tuple[str, int]]
    first: str | None
    last: str | None
    articles: Bars | None
    incidents: Bars | None
    sources: list[Share]
    distributions: list[tuple[str, list[Share]]]
    groups: list[Group]
    checked: Checked | None


def statistics_page(edition: Edition) -> StatisticsPage:
    """Everything is counted in the catalogue."""
    tables, language = edition.tables, edition.language
    days = tables.rows("SELECT MIN(first) AS first, MAX(COALESCE(last, first)) AS last FROM incident")[0]
    return StatisticsPage(
        totals=_totals(tables),
        first=days["first"],
        last=days["last"],
        articles=_by_month(
            tables, "SELECT substr(issued, 1, 7) AS month, COUNT(*), 0 FROM document WHERE issued IS NOT NULL"
        ),
        incidents=_by_month(
            tables,
            "SELECT substr(first, 1, 7) AS month, COUNT(*), SUM(killed_known) FROM incident WHERE first IS NOT NULL",
        ),
        sources=_sources(tables, language),
        distributions=list(_distributions(tables, language)),
        groups=_groups(tables),
        checked=tables.checked,
    )


def _totals(tables: Tables) -> list[tuple[str, int]]:
    counted = {
        "incidents": "SELECT COUNT(*) FROM incident",
        "reports": "SELECT SUM(reports) FROM incident",
        "documents": "SELECT COUNT(*) FROM document",
        "publishers": "SELECT COUNT(DISTINCT publisher) FROM document",
        "entities": "SELECT COUNT(*) FROM thing WHERE class IS NOT NULL",
        "statements": "SELECT n FROM fact WHERE topic = 'statements'",
    }
    return [(name, tables.number(text)) for name, text in counted.items()]


def _by_month(tables: Tables, text: str) -> Bars | None:
    rows = tables.rows(f"{text} GROUP BY month ORDER BY month")
    return bars([(row[0], row[1], row[2] or 0) for row in rows])


def _sources(tables: Tables, language: str) -> list[Share]:
    """Publishers are entities in some graphs, and mere names in others."""
    rows = tables.rows(
        """SELECT publisher AS key, COUNT(*) AS n, label_ar, label_en
        FROM document LEFT JOIN thing ON thing.iri = publisher
        WHERE publisher IS NOT NULL GROUP BY publisher ORDER BY n DESC, publisher LIMIT ?""",
        (MOST_SOURCES,),
    )
    labels = {row["key"]: row[f"label_{language}"] or row["label_en"] or row["label_ar"] or row["key"] for row in rows}
    return _shares(((row["key"], row["n"]) for row in rows), lambda key: Text(labels[key], None), "source")


def _distributions(tables: Tables, language: str) -> Iterable[tuple[str, list[Share]]]:
    """Of incidents, then of reports and articles."""

    def term(name: str) -> Text:
        return Text(class_label(name, language), language)

    def word(prefix: str) -> Callable[[str], Text]:
        return lambda name: Text(translate(f"{prefix}{name}") if name else translate("not known"), language)

    def of_incidents(column: str) -> list[tuple[str, int]]:
        text = f"SELECT COALESCE({column}, ''), COUNT(*) AS n FROM incident GROUP BY 1 ORDER BY n DESC, 1"
        return [(row[0], row[1]) for row in tables.rows(text)]

    def fact(topic: str) -> list[tuple[str, int]]:
        rows = tables.rows("SELECT name, n FROM fact WHERE topic = ? ORDER BY n DESC, name", (topic,))
        return [(row["name"], row["n"]) for row in rows]

    yield (
        "Status of incidents",
        _shares(of_incidents("status"), lambda key: term(key) if key else word("")(key), "status"),
    )
    yield "Precision of days", _shares(of_incidents("precision"), word(""))
    yield "Precision of places", _shares(of_incidents("place_precision"), word("precision "))
    yield "Certainty of reports", _shares(fact("certainty"), word(""))
    yield "Confidence of the reading", _shares(sorted(fact("confidence"), reverse=True), _tenth)
    yield "Languages of articles", _shares(_languages(tables), word("language "))
    yield "Read by version", _shares(fact("runs"), lambda key: Text(key, None))


def _languages(tables: Tables) -> list[tuple[str, int]]:
    text = "SELECT COALESCE(language, ''), COUNT(*) AS n FROM document GROUP BY 1 ORDER BY n DESC"
    return [(row[0], row[1]) for row in tables.rows(text)]


def _tenth(name: str) -> Text:
    low = float(name) / 10
    return Text(f"{low:.1f}–{low + 0.1:.1f}" if low < 1 else "1.0", None)


def _shares(counted: Iterable[tuple[str, int]], label: Callable[[str], Text], field: str | None = None) -> list[Share]:
    rows = list(counted)
    total, most = sum(n for _, n in rows) or 1, max((n for _, n in rows), default=1)
    return [
        Share(
            label(name),
            n,
            round(100 * n / most, 1),
            number(round(100 * n / total, 1)) + "%",
            f"/incidents?{field}={name}" if field and name else None,
        )
        for name, n in rows
    ]


def _groups(tables: Tables) -> list[Group]:
    rows = tables.rows(
        """SELECT class, COUNT(*) AS n, COUNT(same_as) AS linked, SUM(located) AS located FROM thing
        WHERE class IS NOT NULL GROUP BY class"""
    )
    found = []
    for group, classes in GROUP_CLASSES.items():
        of_group = [row for row in rows if row["class"] in classes]
        if of_group and group != "incident":
            sums = (sum(row[name] for row in of_group) for name in ("n", "linked", "located"))
            found.append(Group(translate(f"group {group}"), *sums))
    return found
