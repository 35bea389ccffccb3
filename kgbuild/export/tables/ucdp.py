"""`ucdp-csv`: the columns of the UCDP Georeferenced Event Dataset; see `data/tables/ucdp.tsv`.

Left out are incidents without a type of violence by the crosswalk, without a date, or without a dead person. Low, best
and high are those of the saved query `toll-low-best-high`.
"""

from __future__ import annotations

from math import floor
from typing import IO

from kgbuild.crosswalk import concept_code, incident_code
from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Document, Event
from kgbuild.export.tables.by_incident import write_incidents
from kgbuild.export.tables.columns import Cell
from kgbuild.export.tables.incidents import publishers
from kgbuild.export.tables.sides import CIVILIAN_GROUPS, Sides, believed, case_of, of_groups, own_id, sides_of
from kgbuild.export.tables.sites import Site, known_to, name, names, site_of
from kgbuild.store import Reader

_ONE_SIDED = "3"


def ucdp_csv(reader: Reader, output: IO[bytes]) -> None:
    """The deadly incidents that UCDP knows, by day."""
    write_incidents("ucdp", ucdp_row, reader, output)


def ucdp_row(graph: GraphReader, event: Event) -> dict[str, Cell] | None:
    """One incident, or None where UCDP has no place for it."""
    kind, when, deaths = incident_code("ucdp-type-of-violence", case_of(graph, event)), _when(event), _deaths(event)
    if kind is None or when is None or deaths is None:
        return None
    site = site_of(graph, event)
    clear = when["date_prec"] == 1 and len(site.places) == 1
    return {
        "id": own_id(event),
        "type_of_violence": int(kind),
        "event_clarity": 1 if clear else 2,
        **when,
        **_sides(sides_of(graph, event), kind),
        **_sources(graph, event),
        **_where(site),
        **deaths,
    }


def _when(event: Event) -> dict[str, Cell] | None:
    if event.date is None or event.date.earliest is None:
        return None
    first, last = event.date.earliest, event.date.latest or event.date.earliest
    precision = concept_code("ucdp-date-prec", f"date-precision/{known_to(event.date)}")
    return {
        "year": first.year,
        "date_prec": int(precision) if precision else None,
        "date_start": first.isoformat(),
        "date_end": last.isoformat(),
    }


def _sides(sides: Sides, kind: str) -> dict[str, Cell]:
    first = tuple(word for thing in sides.first if (word := name(thing)))
    second = tuple(word for thing in sides.second if (word := name(thing)))
    second = ("Civilians",) if kind == _ONE_SIDED else second
    dyad = " - ".join((first[0], second[0])) if first and second else None
    return {"side_a": first, "side_b": second, "dyad_name": dyad}


def _sources(graph: GraphReader, event: Event) -> dict[str, Cell]:
    offices = publishers(graph, event)
    documents = tuple({account.document.iri: account.document for account in event.accounts}.values())
    said_by = dict.fromkeys(iri for account in event.accounts for iri in account.sources)
    return {
        "number_of_sources": len(offices) or len(documents),
        "source_article": tuple(filter(None, map(_cited, documents))),
        "source_office": offices,
        "source_date": tuple(dict.fromkeys(d.issued for d in documents if d.issued)),
        "source_headline": tuple(dict.fromkeys(d.title[0] for d in documents if d.title)),
        "source_original": names(graph, said_by),
    }


def _cited(document: Document) -> str:
    title = f'"{document.title[0]}"' if document.title else None
    return ", ".join(part for part in (document.publisher, document.issued, title) if part)


def _where(site: Site) -> dict[str, Cell]:
    longitude, latitude = site.point or (None, None)
    precision = concept_code("ucdp-where-prec", f"place-precision/{site.precision}") if site.precision else None
    around = dict.fromkeys(word for t in (site.place, site.district, site.governorate) if (word := name(t)))
    return {
        "where_prec": int(precision) if precision else None,
        "where_coordinates": name(site.place),
        "where_description": ", ".join(around),
        "adm_1": name(site.governorate),
        "adm_2": name(site.district),
        "country": name(site.country),
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})" if site.point else None,
        "priogrid_gid": _grid_cell(*site.point) if site.point else None,
    }


def _grid_cell(longitude: float, latitude: float) -> int:
    """The cell of the PRIO-GRID: half a degree wide, counted from 180° west at 90° south, eastward and then north."""
    row = min(floor((latitude + 90) * 2), 359)
    column = min(floor((longitude + 180) * 2), 719)
    return row * 720 + column + 1


def _deaths(event: Event) -> dict[str, Cell] | None:
    toll = event.killed
    if not toll.min:
        return None
    best = toll.best if toll.best is not None else toll.min
    counted = sorted(low for a in believed(event) if (low := of_groups(a, "killed", CIVILIAN_GROUPS)[0]) is not None)
    civilians = min(best, counted[(len(counted) - 1) // 2]) if counted else 0
    return {
        "low": toll.min,
        "best": best,
        "high": toll.max if toll.max is not None else best,
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": civilians,
        "deaths_unknown": best - civilians,
    }
