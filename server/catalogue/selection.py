"""Which incidents: the filters that every list, map, chart and download shares, as they stand in a URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from kgbuild.vocab import CERTAINTIES, GROUP_OF, STATUSES, SUPERCLASS
from server.language import WordedError
from server.word_keys import match_pattern

FACILITY_ROLES = "('target', 'destroyed', 'damaged')"


class SelectionError(WordedError):
    """A filter that makes no sense; the text says which, and what to write instead."""


NO_DAY = "{name}: {value} is no date. Write it like 2017-06-08."
NO_COUNT = "{name}: {value} is no whole number from 0 on."
NO_BOX = "{name}: {value} is no part of the map. Write west,south,east,north in degrees, like 38,35,40,37."
LONGEST_NUMBER = 9
_SHOWN = 80
"""Letters of a wrong value that are repeated."""
_BOX = re.compile(r"-?\d{1,6}(\.\d{1,20})?(,-?\d{1,6}(\.\d{1,20})?){3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Empty strings filter nothing.

    `since` and `until` are ISO days; `place`, `actor`, `weapon` and `facility` are names of entities below
    `<base>entity/`, or whole IRIs, and `thing` one in any role; a place takes in everything within it, `actor` is who
    did it, is said to have, took part or was its target, `perpetrator` one of the first two. `incident` is
    the IRI of one incident, or its name below `<base>incident/`. `type` is a
    class of incidents with those below it. `killed` is the least number of dead by the best figure. `box` is
    west,south,east,north.
    """

    since: str = ""
    until: str = ""
    type: str = ""
    place: str = ""
    actor: str = ""
    perpetrator: str = ""
    weapon: str = ""
    facility: str = ""
    killed: str = ""
    status: str = ""
    certainty: str = ""
    source: str = ""
    thing: str = ""
    incident: str = ""
    box: str = ""
    q: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Selection:
        """The filters among the arguments of a URL; SelectionError where one cannot be understood."""
        known = {field.name for field in fields(cls)}
        found = cls(**{name: value.strip() for name, value in arguments.items() if name in known})
        found.check()
        return found

    def check(self) -> None:
        """Raises SelectionError for the first filter that cannot be understood."""
        for name in ("since", "until"):
            _check(name, getattr(self, name), date.fromisoformat, NO_DAY)
        _check("killed", self.killed, _count, NO_COUNT)
        _check("box", self.box, box_of, NO_BOX)
        if self.type and GROUP_OF.get(self.type) != "incident":
            raise SelectionError(
                "type: there is no class of incidents {value}. /ontology lists them; AirStrike is one.",
                value=self.type[:_SHOWN],
            )
        for name, known in (("status", STATUSES), ("certainty", CERTAINTIES)):
            value = getattr(self, name)
            if value and value not in known:
                raise SelectionError(
                    "{name}: {value} is none of {known}.", name=name, value=value[:_SHOWN], known=", ".join(known)
                )

    def query(self) -> str:
        """As a URL has it, without the empty ones."""
        return urlencode({f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)})

    def but(self, **changes: str) -> Selection:
        return replace(self, **changes)

    def where(self, base: str) -> tuple[str, list[object]]:
        """The condition on `incident` in SQL, with its values."""
        parts, values = ["1"], list[object]()
        for part, value in self._conditions(base):
            parts.append(part)
            values += value
        return " AND ".join(parts), values

    def _conditions(self, base: str) -> Iterator[tuple[str, list[object]]]:
        if self.since:
            yield "COALESCE(last, first) >= ?", [self.since]
        if self.until:
            yield "first <= ?", [self.until]
        if self.type:
            classes = [self.type, *(cls for cls, above in SUPERCLASS.items() if above == self.type)]
            yield f"class IN ({', '.join('?' * len(classes))})", list(classes)
        for roles, name in (
            ("('anywhere')", self.place),
            ("('actor')", self.actor),
            ("('by')", self.perpetrator),
            ("('weapon')", self.weapon),
            (FACILITY_ROLES, self.facility),
        ):
            if name:
                yield f"number IN (SELECT incident FROM link WHERE iri = ? AND role IN {roles})", [entity(name, base)]
        if self.thing:
            yield "number IN (SELECT incident FROM link WHERE iri = ?)", [entity(self.thing, base)]
        if self.incident:
            yield "incident.iri = ?", [self.incident if "://" in self.incident else f"{base}incident/{self.incident}"]
        if self.source:
            yield "number IN (SELECT incident FROM link WHERE iri = ? AND role = 'source')", [self.source]
        if self.killed:
            yield "killed_known >= ?", [int(self.killed)]
        for column in ("status", "certainty"):
            if value := getattr(self, column):
                yield f"{column} = ?", [value]
        if self.box:
            west, south, east, north = box_of(self.box)
            yield "longitude BETWEEN ? AND ? AND latitude BETWEEN ? AND ?", [west, east, south, north]
        if pattern := match_pattern(self.q):
            yield "number IN (SELECT incident FROM words WHERE words MATCH ?)", [pattern]


def entity(name: str, base: str) -> str:
    """The IRI of an entity by its name in URLs."""
    return name if "://" in name else f"{base}entity/{name}"


def entity_name(iri: str, base: str) -> str:
    """The reverse of `entity`."""
    return iri.removeprefix(f"{base}entity/")


def box_of(text: str) -> tuple[float, float, float, float]:
    """west,south,east,north; ValueError where it is none."""
    if not _BOX.fullmatch(text):
        raise ValueError(text)
    west, south, east, north = (float(part) for part in text.split(","))
    return west, south, east, north


def _count(text: str) -> int:
    """A whole number that the tables can hold."""
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER):
        raise ValueError(text)
    return int(text)


def _check(name: str, value: str, read: Callable[[str], object], text: str) -> None:
    try:
        if value:
            read(value)
    except ValueError:
        raise SelectionError(text, name=name, value=value[:_SHOWN]) from None
