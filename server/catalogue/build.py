"""Makes the catalogue of the newest snapshot, as a process: python -m server.catalogue.build STORE BASE OUT"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kgbuild.store import open_snapshot
from kgbuild.vocab import GROUP_OF
from server.catalogue.reader import Rows, SnapshotReader, iso_day
from server.geometry import mercator, radius_km
from server.word_keys import key_words

HERE = Path(__file__).resolve().parent
NICENESS = 5

ACTING = ("perpetrator", "allegedPerpetrator", "participant")
FACTS = ("confidence", "certainty", "runs")
WEIGHTS = {"entity": 0.0, "incident": 2.0, "document": 3.0}
"""The lower, the earlier among what a name finds."""


def main() -> None:
    """Write the file beside its final name and rename it."""
    store, base, out = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    os.nice(NICENESS)
    unfinished = out.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with open_snapshot(store) as snapshot:
        fill(SnapshotReader(snapshot.database, base), unfinished)
    unfinished.rename(out)


def fill(reader: SnapshotReader, path: Path) -> None:
    """Write all tables into a new file."""
    tables = sqlite3.connect(path)
    try:
        tables.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        tables.executescript((HERE / "schema.sql").read_text(encoding="utf-8"))
        incidents = reader.incidents()
        numbers = {iri: number for number, iri in enumerate(sorted(incidents))}
        rows = _link(reader, incidents, numbers)
        rows |= set(_derived(rows, reader.classes))
        tables.executemany("INSERT INTO link VALUES (?, ?, ?)", sorted(rows))
        for iri, row in incidents.items():
            row |= {
                "number": numbers[iri],
                "iri": iri,
                "killed_known": row.get("killed_best", row.get("killed_min", 0)),
            }
        _insert(tables, "incident", incidents.values())
        _fill_things(reader, tables)
        _fill_facts(reader, tables)
        _fill_names(tables, incidents)
        _fill_words(reader, tables, incidents, numbers)
        _fill_points(reader, tables)
        tables.executescript((HERE / "indexes.sql").read_text(encoding="utf-8"))
        tables.commit()
    finally:
        tables.close()


def _link(reader: SnapshotReader, incidents: Rows, numbers: Mapping[str, int]) -> set[tuple[int, str, str]]:
    """Links as they are and those to the places around; and each incident gets the point of its finest place."""
    around, points = reader.containers(), reader.points()
    links = [(iri, role, thing) for iri, role, thing in reader.links() if iri in numbers]
    rows = {(numbers[iri], role, thing) for iri, role, thing in links}
    for iri, role, thing in links:
        if role == "place":
            containers = around.get(thing, set())
            rows |= {(numbers[iri], "within", container) for container in containers}
            # a place without a point is somewhere in the smallest place around it that has one
            known = [points[place] for place in ({thing} if thing in points else containers) if place in points]
            if known:
                _locate(incidents[iri], min(known, key=lambda point: (radius_km(point[2]), point)))
    return rows


def _derived(links: Iterable[tuple[int, str, str]], classes: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Each incident once with each place it lies in, and with each actor in whatever role."""
    for number, role, thing in links:
        if role in ("place", "within"):
            yield number, "anywhere", thing
        if role in ("perpetrator", "allegedPerpetrator"):
            yield number, "by", thing
        if role in ACTING or (role == "target" and GROUP_OF.get(classes.get(thing, "")) in ("actor", "person")):
            yield number, "actor", thing


def _locate(incident: dict[str, object], point: tuple[float, float, str]) -> None:
    known = incident.get("place_precision")
    if known is None or radius_km(point[2]) < radius_km(str(known)):
        incident |= dict(zip(("longitude", "latitude", "place_precision"), point, strict=True))
        incident["northing"] = mercator(point[1])


def _fill_things(reader: SnapshotReader, tables: sqlite3.Connection) -> None:
    things: Rows = defaultdict(dict)
    for iri, name in reader.classes.items():
        things[iri]["class"] = name
    for iri, label, language, preferred in reader.ask("catalogue-names"):
        if preferred == "true" and language in ("ar", "en"):
            things[iri].setdefault(f"label_{language}", label)
        _name(tables, iri, label, language, "entity")
    for iri, other in reader.ask("catalogue-linked"):
        if iri in things:
            things[iri]["same_as"] = min(other, str(things[iri].get("same_as", other)))
    located = reader.points()
    _insert(tables, "thing", ({"iri": iri, "located": iri in located, **row} for iri, row in things.items()))
    documents: Rows = {}
    for iri, title, language, publisher, issued in reader.ask("catalogue-documents"):
        values = {"title": title, "language": language, "publisher": publisher, "issued": iso_day(issued)}
        documents.setdefault(iri, {"iri": iri, **{name: value or None for name, value in values.items()}})
        _name(tables, iri, title, language, "document")
    _insert(tables, "document", documents.values())


def _fill_facts(reader: SnapshotReader, tables: sqlite3.Connection) -> None:
    """Counts that would take a walk through the graph each time somebody asks."""
    rows = [("statements", "", reader.statements)]
    rows += [(topic, name, int(n)) for topic in FACTS for name, n in reader.ask(f"facts-{topic}")]
    tables.executemany("INSERT INTO fact VALUES (?, ?, ?)", rows)


def _fill_names(tables: sqlite3.Connection, incidents: Rows) -> None:
    for iri, row in incidents.items():
        for language in ("ar", "en"):
            if label := row.get(f"label_{language}"):
                _name(tables, iri, str(label), language, "incident")


def _fill_words(
    reader: SnapshotReader, tables: sqlite3.Connection, incidents: Rows, numbers: Mapping[str, int]
) -> None:
    """Labels and quoted sentences of each incident, for filtering by a word."""
    texts: dict[int, list[str]] = defaultdict(list)
    for iri, row in incidents.items():
        texts[numbers[iri]] += [str(row[name]) for name in ("label_ar", "label_en") if row.get(name)]
    for iri, quote in reader.ask("catalogue-quotes"):
        if iri in numbers:
            texts[numbers[iri]].append(quote)
    rows = ((" ".join(key_words(" ".join(found))), number) for number, found in texts.items())
    tables.executemany("INSERT INTO words VALUES (?, ?)", rows)


def _fill_points(reader: SnapshotReader, tables: sqlite3.Connection) -> None:
    """For searches by distance and by box."""
    rows = (
        (number, east, east, north, north, iri, east, north)
        for number, (iri, (east, north, _)) in enumerate(sorted(reader.points().items()))
    )
    tables.executemany("INSERT INTO place_point VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _name(tables: sqlite3.Connection, iri: str, label: str, language: str, kind: str) -> None:
    weight = WEIGHTS[kind] + min(len(label), 80) / 80  # short names are nearer to what was asked
    values = (" ".join(key_words(label)), iri, label, language, weight)
    tables.execute("INSERT INTO names VALUES (?, ?, ?, ?, ?)", values)


def _insert(tables: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Rows of which each has some of the table's columns."""
    columns = [column[1] for column in tables.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(columns))
    values = (tuple(row.get(column) for column in columns) for row in rows)
    tables.executemany(f"INSERT INTO {table} VALUES ({marks})", values)


if __name__ == "__main__":
    main()
