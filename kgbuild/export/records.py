"""What exports look at: incidents with the reports of them, and the things they name.

Entities, incidents, reports and documents are named by IRI, classes and relations by the local names of the ontology.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgbuild.model import Casualty, DateInterval, Toll
from kgbuild.tolls import Range

Said = tuple[str, str]
"""(words, language tag)."""

ROLES = (
    "place", "perpetrator", "allegedPerpetrator", "participant", "target", "weapon", "victim", "affected", "destroyed",
    "damaged", "outOfService", "hit",
)  # fmt: skip
"""The properties that lead from an incident or a report to entities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article. `publisher` is its name, `publisher_iri` the entity where the store names one.

    `issued` and `retrieved` are days, as written in the store.
    """

    iri: str
    title: Said | None = None
    url: str | None = None
    publisher: str | None = None
    publisher_iri: str | None = None
    issued: str | None = None
    language: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One report. `evidence` points to its sentences, which `GraphReader.quotes` reads.

    `totals` maps an effect ("killed" …) to the report's own reckoning, `figures` are the counts that it rests on; their
    offsets are not read.
    """

    iri: str
    document: Document
    cls: str | None = None
    date: DateInterval | None = None
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    totals: Mapping[str, Range] = field(default_factory=dict)
    figures: tuple[Casualty, ...] = ()
    sources: tuple[str, ...] = ()
    certainty: str = "asserted"
    confidence: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An incident with all accounts of it; `types` are the classes that reports give it, `cls` first."""

    iri: str
    cls: str
    types: tuple[str, ...]
    labels: tuple[Said, ...] = ()
    date: DateInterval | None = None
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    killed: Toll = field(default_factory=Toll)
    injured: Toll = field(default_factory=Toll)
    certainty: str | None = None
    status: str | None = None
    report_count: int | None = None
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An entity. `labels` holds one name a language, the others are in `names`; `point` is (longitude, latitude)."""

    iri: str
    cls: str
    labels: Mapping[str, str] = field(default_factory=dict)
    names: tuple[Said, ...] = ()
    wikidata: str | None = None
    geonames: str | None = None
    point: tuple[float, float] | None = None
    precision: str | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A stated relation between two entities, with the article that states it (None where the store names none)."""

    type: str
    subject: str
    object: str
    document: Document | None = None
    confidence: str | None = None
    evidence: tuple[str, ...] = ()
