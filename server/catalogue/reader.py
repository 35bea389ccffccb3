"""What a catalogue holds of a snapshot, asked property by property: that is one walk over an index each."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions

from kgbuild import literals
from kgbuild.vocab import CKO, GROUP_OF, RDF
from server.engine.queries import Argument, filled
from server.geometry import radius_km

COLUMNS: Mapping[str, NamedNode] = {
    "first": CKO.startDate,
    "last": CKO.endDate,
    "precision": CKO.datePrecision,
    "killed_min": CKO.killedMin,
    "killed_max": CKO.killedMax,
    "killed_best": CKO.killedBest,
    "injured_min": CKO.injuredMin,
    "injured_max": CKO.injuredMax,
    "injured_best": CKO.injuredBest,
    "status": CKO.status,
    "certainty": CKO.certainty,
    "reports": CKO.reportCount,
}
"""Columns that are one property of the incident; those of our namespace are kept as local names."""

_DAYS, _CODES = ("first", "last"), ("precision", "status", "certainty")

ROLES = (
    "place", "perpetrator", "allegedPerpetrator", "participant", "target", "weapon", "victim", "destroyed", "damaged",
)  # fmt: skip

Rows = dict[str, dict[str, object]]
"""Columns by the IRI of what they are of."""


class SnapshotReader:
    """Asks one snapshot; `statements` is how many it holds, `classes` the class of each entity."""

    def __init__(self, graph: pyoxigraph.Store, base: str) -> None:
        self._graph, self.statements = graph, len(graph)
        self._incidents = NamedNode(f"{base}graph/incidents")
        self.classes = self._classes()

    def ask(self, name: str, **terms: Argument) -> Iterator[list[str]]:
        """Rows of a query of ours; an unbound value is an empty string."""
        found = self._graph.query(
            filled(name, {"incidents": self._incidents, **terms}), use_default_graph_as_union=True
        )
        assert isinstance(found, QuerySolutions)
        body = (found.serialize(format=QueryResultsFormat.CSV) or b"").decode("utf-8")
        rows = csv.reader(io.StringIO(body, newline=""))
        next(rows)
        return rows

    def _classes(self) -> dict[str, str]:
        """The class of each entity, of those of the contract."""
        rows = ((iri, cls.removeprefix(CKO.iri)) for iri, cls in self.ask("catalogue-classes"))
        return {iri: name for iri, name in rows if name in GROUP_OF}

    def incidents(self) -> Rows:
        """The columns of every incident by its IRI."""
        rows: Rows = defaultdict(dict)
        for iri, cls in self.ask("catalogue-property", property=RDF.type):
            name = cls.removeprefix(CKO.iri)
            if GROUP_OF.get(name) == "incident":
                rows[iri]["class"] = name
        for column, predicate in COLUMNS.items():
            for iri, value in self.ask("catalogue-property", property=predicate):
                if (fitting := _fitting(column, value)) is not None:
                    rows[iri][column] = fitting
        for iri, label, language in self.ask("catalogue-labels"):
            rows[iri][f"label_{language}"] = label
        return dict(rows)

    def links(self) -> Iterator[tuple[str, str, str]]:
        """Incident, role, thing."""
        for role in ROLES:
            for iri, thing in self.ask("catalogue-role", role=CKO[role]):
                yield iri, role, thing
        for iri, publisher in self.ask("catalogue-sources"):
            yield iri, "source", publisher

    def containers(self) -> dict[str, set[str]]:
        """Every place with all places around it."""
        direct: dict[str, set[str]] = defaultdict(set)
        for place, container in self.ask("catalogue-within"):
            direct[place].add(container)
        found: dict[str, set[str]] = {}
        for place in direct:
            reached, waiting = set[str](), list(direct[place])
            while waiting:
                if (container := waiting.pop()) not in reached:
                    reached.add(container)
                    waiting += direct.get(container, ())
            found[place] = reached
        return found

    def points(self) -> dict[str, tuple[float, float, str]]:
        """Longitude, latitude and precision of every place, the finest where there are several."""
        found: dict[str, tuple[float, float, str]] = {}
        for place, wkt, precision in self.ask("catalogue-points"):
            point, known = literals.point(wkt), found.get(place)
            if point and (known is None or radius_km(precision) < radius_km(known[2])):
                found[place] = (*point, precision)
        return found


def _fitting(column: str, value: str) -> object:
    """The value as the column holds it; None for what is of another kind, as an update may write it."""
    if column in _CODES:
        return value.removeprefix(CKO.iri)
    return iso_day(value) if column in _DAYS else literals.number(value)


def iso_day(value: str) -> str | None:
    """A day as 2017-06-08; None for anything else."""
    found = literals.day(value)
    return found.isoformat() if found else None
