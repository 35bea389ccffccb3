"""`airwars-csv`: strikes with the fields of Airwars' assessments; see `data/tables/airwars.tsv`.

Only strikes, by the crosswalk. Of the dead and injured the minimum counts those who are called civilians, the maximum
all who are not called combatants, over all accounts that do not deny the strike.
"""

from __future__ import annotations

from typing import IO

from kgbuild.crosswalk import concept_code, incident_code
from kgbuild.export.graph_reader import GraphReader
from kgbuild.export.records import Account, Event
from kgbuild.export.tables.by_incident import write_incidents
from kgbuild.export.tables.columns import Cell
from kgbuild.export.tables.sides import CIVILIAN_GROUPS, believed, case_of, of_groups, own_id
from kgbuild.export.tables.sites import name, names, site_of
from kgbuild.store import Reader
from kgbuild.tolls import Range
from kgbuild.vocab import CASUALTY_GROUPS, GROUP_OF

_STATUS = {"SingleSource": "single_source_claim", "Corroborated": "likely_strike", "Contested": "contested_strike"}
_ARMED = ("StateForce", "ArmedGroup", "MilitaryCoalition")
_NOT_COMBATANT = frozenset(CASUALTY_GROUPS) - {"combatant"}


def airwars_csv(reader: Reader, output: IO[bytes]) -> None:
    """The strikes, by day."""
    write_incidents("airwars", airwars_row, reader, output)


def airwars_row(graph: GraphReader, event: Event) -> dict[str, Cell] | None:
    """One strike, or None for any other incident."""
    kind = incident_code("airwars-strike-type", case_of(graph, event))
    if kind is None:
        return None
    urls = tuple(dict.fromkeys(account.document.url for account in event.accounts if account.document.url))
    return {
        "incident_id": own_id(event),
        "strike_type": kind,
        "strike_status": _strike_status(event),
        "grading": concept_code("airwars-grading", event.status) if event.status else None,
        **_where_and_when(graph, event),
        **_harm(event),
        **_who(graph, event),
        "source_count": len({account.document.iri for account in event.accounts}),
        "sources": urls,
    }


def _strike_status(event: Event) -> str | None:
    """Declared where one who is said to have done it is the source of it."""
    for account in believed(event):
        blamed = {*account.roles.get("perpetrator", ()), *account.roles.get("allegedPerpetrator", ())}
        if blamed.intersection(account.sources):
            return "declared_strike"
    return _STATUS.get(event.status or "")


def _where_and_when(graph: GraphReader, event: Event) -> dict[str, Cell]:
    site, when = site_of(graph, event), event.date
    longitude, latitude = site.point or (None, None)
    accuracy = f"place-precision/{site.precision}" if site.precision else None
    return {
        "incident_date": when.earliest.isoformat() if when and when.earliest else None,
        "incident_date_end": when.latest.isoformat() if when and when.latest else None,
        "country": name(site.country),
        "governorate": name(site.governorate),
        "location": names(graph, (place.iri for place in site.places)),
        "latitude": latitude,
        "longitude": longitude,
        "geolocation_accuracy": concept_code("airwars-geolocation-accuracy", accuracy) if accuracy else None,
    }


def _harm(event: Event) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for effect in ("killed", "injured"):
        civilians = [_civilians(account, effect) for account in believed(event)]
        found |= _bounds(f"civilians_{effect}", civilians)
    militants = [of_groups(account, "killed", {"combatant"}) for account in believed(event)]
    return found | _bounds("militants_killed", militants)


def _civilians(account: Account, effect: str) -> Range:
    """From those who are called civilians to all who are not called combatants."""
    low, _ = of_groups(account, effect, CIVILIAN_GROUPS)
    least, most = of_groups(account, effect, _NOT_COMBATANT)
    if not account.figures:
        least, most = account.totals.get(effect, (None, None))
    if low is None and least is None and most is None:
        return None, None
    return low or 0, most if most is not None else least


def _bounds(column: str, ranges: list[Range]) -> dict[str, Cell]:
    lows = [low for low, _ in ranges if low is not None]
    highs = [high if high is not None else low for low, high in ranges]
    return {f"{column}_min": min(lows, default=None), f"{column}_max": max(filter(None, highs), default=None)}


def _who(graph: GraphReader, event: Event) -> dict[str, Cell]:
    roles = event.roles
    attacked = [iri for iri in roles.get("target", ()) if graph.thing(iri).cls in _ARMED]
    hit = [iri for role in ("target", "destroyed", "damaged", "hit", "affected") for iri in roles.get(role, ())]
    facilities = (graph.thing(iri).cls for iri in hit)
    return {
        "belligerents": names(graph, (*roles.get("perpetrator", ()), *roles.get("allegedPerpetrator", ()))),
        "targeted_belligerents": names(graph, attacked),
        "infrastructure": tuple(sorted({cls for cls in facilities if GROUP_OF.get(cls) == "facility"})),
        "victims": names(graph, roles.get("victim", ())),
    }
