"""`csv`: one incident a row, with the columns of `data/tables/incidents.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from kgbuild import ontology
from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Event
from kgbuild.export.tables.by_incident import write_incidents
from kgbuild.export.tables.columns import Cell
from kgbuild.export.tables.sites import Site, name, names, site_of
from kgbuild.store import Reader

_ROLES = {
    "place": "place", "perpetrator": "perpetrator", "alleged_perpetrator": "allegedPerpetrator",
    "participant": "participant", "target": "target", "weapon": "weapon", "victim": "victim", "destroyed": "destroyed",
    "damaged": "damaged",
}  # fmt: skip
"""Columns of IRIs by the properties they hold; `_ar` and `_en` behind them hold the names."""


def incident_csv(reader: Reader, output: IO[bytes]) -> None:
    """The incidents, by day."""
    write_incidents("incidents", incident_row, reader, output)


def incident_row(graph: GraphReader, event: Event) -> dict[str, Cell]:
    """One incident."""
    site = site_of(graph, event)
    return {
        "incident": event.iri,
        "class": event.cls,
        **{f"class_{language}": label for language, label in ontology.labels()[event.cls].items()},
        **{f"label_{language}": words for words, language in event.labels},
        **_date(event),
        **_place(site),
        **dict(_roles(graph, event)),
        **_figures(event),
        "certainty": event.certainty,
        "status": event.status,
        "report_count": event.report_count,
        **_sources(graph, event),
    }


def publishers(graph: GraphReader, event: Event) -> tuple[str, ...]:
    """Who published the accounts of an incident, each once, in the order in which they appeared."""
    found: dict[str, None] = {}
    for account in event.accounts:
        document = account.document
        named = name(graph.thing(document.publisher_iri)) if document.publisher_iri else document.publisher
        if named:
            found[named] = None
    return tuple(found)


def _date(event: Event) -> dict[str, Cell]:
    if event.date is None:
        return {}
    first, last = event.date.earliest, event.date.latest
    return {
        "start_date": first.isoformat() if first else None,
        "end_date": last.isoformat() if last else None,
        "date_precision": event.date.precision,
    }


def _place(site: Site) -> dict[str, Cell]:
    longitude, latitude = site.point or (None, None)
    return {
        "district": name(site.district),
        "governorate": name(site.governorate),
        "country": name(site.country),
        "longitude": longitude,
        "latitude": latitude,
        "place_precision": site.precision,
    }


def _roles(graph: GraphReader, event: Event) -> Iterator[tuple[str, Cell]]:
    for column, role in _ROLES.items():
        iris = event.roles.get(role, ())
        yield column, iris
        for language in ("ar", "en"):
            yield f"{column}_{language}", names(graph, iris, language)


def _figures(event: Event) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for effect, toll in (("killed", event.killed), ("injured", event.injured)):
        found |= {f"{effect}_min": toll.min, f"{effect}_max": toll.max, f"{effect}_best": toll.best}
    return found


def _sources(graph: GraphReader, event: Event) -> dict[str, Cell]:
    documents = {account.document.iri: account.document for account in event.accounts}.values()
    days = sorted(d.issued for d in documents if d.issued)
    return {
        "publishers": publishers(graph, event),
        "urls": tuple(d.url for d in documents if d.url),
        "documents": tuple(d.iri for d in documents),
        "first_published": days[0] if days else None,
        "last_published": days[-1] if days else None,
    }
