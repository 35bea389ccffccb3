"""The records that pass from stage to stage.

Offsets are Unicode code points into `Article.text`, end exclusive: `text[start:end]` is the quoted span.
Everything is frozen; a stage that knows more makes a new record with `dataclasses.replace`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Span = tuple[int, int]
"""(start, end) in code points, end exclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One document as it was read.

    `id` identifies it over changes of its text: given by the source, else its URL, else its path relative to the
    folder that was read. `source` is where it was found, for messages and people; `retrieved` the day on which it was
    fetched from its address, where the input tells.
    """

    id: str
    source: str
    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "ar"
    retrieved: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place in the text where an entity is named; `text` is `article.text[start:end]`."""

    id: str
    start: int
    end: int
    text: str
    entity: str
    cls: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Who, where or what: listed once for an article.

    `cls` is a class of the ontology, `group` one of actor, person, place, facility, weapon. `label` maps language to
    name. `point` is (longitude, latitude), WGS 84, with `precision` its code in `ontology/` ("city", "village" …).
    `within` and `mentions` hold ids of this article. `candidates`: gazetteer ids among which the text did not decide.
    """

    id: str
    iri: str
    cls: str
    group: str
    label: Mapping[str, str]
    wikidata: str | None = None
    geonames: int | None = None
    point: tuple[float, float] | None = None
    precision: str | None = None
    within: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateInterval:
    """When, as an interval of days, both ends included; `precision` is day, days, week, month, year or unknown."""

    earliest: date | None
    latest: date | None
    precision: str
    text: str | None = None

    def days(self) -> int:
        """How many days apart its ends are; 0 for one day and where an end is open."""
        return (self.latest - self.earliest).days if self.earliest and self.latest else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityEffect:
    """What befell a facility: destroyed, damaged, outOfService, hit, or None where the text does not say."""

    entity: str
    effect: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualty:
    """One figure. `part`: a sub-count of another; `superseded`: replaced by a later figure of the same article."""

    effect: str
    min: int | None
    max: int | None
    group: str
    start: int
    end: int
    part: bool = False
    superseded: bool = False
    nationality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one article says of one incident. Entities are named by their ids within the article.

    `certainty` is asserted, alleged, denied or contested; `sources` says whose claim it is; `trigger` is the span of
    the word that tells the incident's class, and lies within one of `evidence`. `slot_confidence` says how sure each
    slot's values are ("places", "date", "class" …); the JSON and the graph have no place for it.
    """

    id: str
    iri: str
    cls: str
    date: DateInterval | None
    trigger: Span
    evidence: tuple[Span, ...]
    places: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    facilities: tuple[FacilityEffect, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    sources: tuple[str, ...] = ()
    certainty: str = "asserted"
    confidence: float = 0.5
    incident: str | None = None
    slot_confidence: Mapping[str, float] = field(default_factory=dict, compare=False)


ENTITY_ROLES = ("places", "perpetrators", "targets", "weapons", "victims", "sources")
"""The fields of a report that name entities in a role; `facilities` names them with what befell them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A stated relation between two entities of the article."""

    type: str
    subject: str
    object: str
    evidence: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was read out of one article. `iri` is the document's."""

    article: Article
    iri: str
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    reports: tuple[Report, ...] = ()
    relations: tuple[Relation, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What made the statements: software version and the hash of the pipeline with its data. No clock time, so that
    the same software writes the same graph whenever it runs."""

    version: str
    pipeline_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """A number of people over all reports: the range that the reports span, and the best single figure."""

    min: int | None = None
    max: int | None = None
    best: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedIncident:
    """One incident over all reports of it. Entities, reports and incidents are named by IRI, classes by local name.

    `cls` is the class that the incident bears, `types` every class that a report gives it, `cls` first. `status` is
    SingleSource, Corroborated or Contested. `replaced` holds the would-be incidents of the other reports, which now
    point to `iri`. `label` maps language to name; empty where the mapper shall make one. `place_labels` maps language
    to the name of the most specific place, for that label.
    """

    iri: str
    cls: str
    types: tuple[str, ...]
    reports: tuple[str, ...]
    status: str
    report_count: int
    date: DateInterval | None = None
    places: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    alleged_perpetrators: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    destroyed: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    killed: Toll = Toll()
    injured: Toll = Toll()
    certainty: str = "asserted"
    replaced: tuple[str, ...] = ()
    label: Mapping[str, str] = field(default_factory=dict)
    place_labels: Mapping[str, str] = field(default_factory=dict)
