"""`acled-csv`: ACLED's columns and codes, by the crosswalk of the ontology; see `data/tables/acled.tsv`.

Left out are incidents that ACLED has no sub-event type for, and those without a date or dated no better than a year.
Fatalities are the most conservative figure, as ACLED counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import IO, Any

from kgbuild.crosswalk import concept_code, incident_code, wider_code
from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Event, Thing
from kgbuild.export.tables.by_incident import write_incidents
from kgbuild.export.tables.columns import Cell
from kgbuild.export.tables.countries import country_code
from kgbuild.export.tables.incidents import publishers
from kgbuild.export.tables.sides import Sides, believed, case_of, has_civilian_casualties, own_id, sides_of
from kgbuild.export.tables.sites import Site, known_to, name, site_of
from kgbuild.resources import data_path
from kgbuild.store import Reader

_CIVILIANS = 7


def acled_csv(reader: Reader, output: IO[bytes]) -> None:
    """The incidents that ACLED knows, by day."""
    write_incidents("acled", acled_row, reader, output)


def acled_row(graph: GraphReader, event: Event) -> dict[str, Cell] | None:
    """One incident, or None where ACLED has no place for it."""
    kind, when, site = incident_code("acled-event", case_of(graph, event)), _when(event), site_of(graph, event)
    if kind is None or when is None:
        return None
    return {
        **when,
        **_kind(kind),
        **_actors(event, sides_of(graph, event), name(site.country)),
        **_where(site, event),
        "source": publishers(graph, event),
        "notes": _notes(event),
        "fatalities": _fatalities(event),
    }


def _when(event: Event) -> dict[str, Cell] | None:
    if event.date is None or event.date.earliest is None:
        return None
    first, last = event.date.earliest, event.date.latest or event.date.earliest
    precision = concept_code("acled-time-precision", f"date-precision/{known_to(event.date)}")
    if precision is None:
        return None
    day = first + timedelta(days=(last - first).days // 2)
    return {"event_date": day.isoformat(), "year": day.year, "time_precision": int(precision)}


def _kind(code: str) -> dict[str, Cell]:
    event_type = wider_code("acled-event", code) or code
    return {
        "disorder_type": _tables()["disorder"][event_type],
        "event_type": event_type,
        "sub_event_type": code,
    }


def _actors(event: Event, sides: Sides, country: str | None) -> dict[str, Cell]:
    actor1, others1, inter1 = _side(sides.first)
    actor2, others2, inter2 = _side(sides.second)
    if inter2 == _CIVILIANS or (actor2 is None and has_civilian_casualties(event)):
        others2 = (actor2, *others2) if actor2 else ()
        actor2, inter2 = f"Civilians ({country})" if country else "Civilians", _CIVILIANS
    kinds = sorted((inter1 or 0, inter2 or 0), key=lambda kind: kind or 9)
    return {
        "actor1": actor1,
        "assoc_actor_1": others1,
        "inter1": inter1,
        "actor2": actor2,
        "assoc_actor_2": others2,
        "inter2": inter2,
        "interaction": kinds[0] * 10 + kinds[1],
        "civilian_targeting": "Civilian targeting" if inter2 == _CIVILIANS else None,
    }


def _side(things: tuple[Thing, ...]) -> tuple[str | None, tuple[str, ...], int | None]:
    """The one named first, the others, and what kind the first is."""
    named = [(word, thing.cls) for thing in things if (word := name(thing))]
    if not named:
        return None, (), None
    return named[0][0], tuple(word for word, _ in named[1:]), _tables()["inter"].get(named[0][1])


def _where(site: Site, event: Event) -> dict[str, Cell]:
    codes = country_code(site.country)
    longitude, latitude = site.point or (None, None)
    precision = concept_code("acled-geo-precision", f"place-precision/{site.precision}") if site.precision else None
    return {
        "event_id_cnty": f"{codes.alpha3}-{own_id(event)}" if codes else own_id(event),
        "iso": codes.numeric if codes else None,
        "country": name(site.country),
        "admin1": name(site.governorate),
        "admin2": name(site.district),
        "location": name(site.place),
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": int(precision) if precision else None,
    }


def _notes(event: Event) -> str:
    said = next((words for words, language in event.labels if language == "en"), event.cls)
    toll = event.killed
    figures = f"; killed {toll.min}–{'' if toll.max is None else toll.max}" if toll.min != toll.max else ""
    return f"{said}. Reports: {len(event.accounts)}, {event.status or 'status unknown'}, {event.certainty}{figures}."


def _fatalities(event: Event) -> int | None:
    told = [account.totals["killed"] for account in believed(event) if "killed" in account.totals]
    lowest = [low for low, _ in told if low is not None]
    return min(lowest) if lowest else None if told else 0


@cache
def _tables() -> Mapping[str, Any]:
    with data_path("tables", "acled.toml").open("rb") as file:
        return tomllib.load(file)
