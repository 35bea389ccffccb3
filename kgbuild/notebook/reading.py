"""Articles with what was read out of them: tables, maps, and how they show themselves in a notebook."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from kgbuild.config import ReadingConfig
from kgbuild.errors import InputError, UsageError
from kgbuild.explain import explain_html, incident_html
from kgbuild.extract import Extractor
from kgbuild.model import ENTITY_ROLES, Article, Entity, Extraction, Report
from kgbuild.notebook.tables import pandas_module
from kgbuild.reading import read_paths
from kgbuild.tolls import toll

if TYPE_CHECKING:
    import geopandas
    import pandas

_SEVERAL = "; "
_HEIGHT = 640
"""Of the frame that shows an article, in pixels."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What one article says of one incident: the `report`, with the entities that it names."""

    reading: Reading
    report: Report

    def entities(self, role: str) -> tuple[Entity, ...]:
        """Those of a role: places, perpetrators, targets, weapons, victims or sources."""
        return tuple(self.reading.entities[e] for e in getattr(self.report, role))

    @property
    def quotes(self) -> tuple[str, ...]:
        """The stretches of the text that tell it."""
        return tuple(self.reading.article.text[start:end] for start, end in self.report.evidence)

    def row(self) -> dict[str, Any]:
        """The incident as a row of a table. Several names are joined by "; "; `point` is (longitude, latitude)."""
        report, article = self.report, self.reading.article
        killed, injured = toll(report.casualties, "killed"), toll(report.casualties, "injured")
        names = {role: _SEVERAL.join(map(_name, self.entities(role))) for role in ENTITY_ROLES}
        return {
            "article": article.id,
            "published": article.published,
            "class": report.cls,
            "earliest": report.date.earliest if report.date else None,
            "latest": report.date.latest if report.date else None,
            **names,
            "killed_min": killed[0],
            "killed_max": killed[1],
            "injured_min": injured[0],
            "injured_max": injured[1],
            "certainty": report.certainty,
            "confidence": report.confidence,
            "point": next((e.point for e in self.entities("places") if e.point is not None), None),
            "quote": _SEVERAL.join(self.quotes),
            "iri": report.iri,
        }

    def _repr_html_(self) -> str:
        return incident_html(self.reading.extraction, self.report)


@dataclass(frozen=True)
class Reading:
    """One article with what was read out of it."""

    extraction: Extraction

    @property
    def article(self) -> Article:
        return self.extraction.article

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """By their ids within the article."""
        return {entity.id: entity for entity in self.extraction.entities}

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """In the order of the text."""
        return tuple(Incident(self, report) for report in self.extraction.reports)

    def _repr_html_(self) -> str:
        """The article in colour, in a frame of its own so that its style stays there."""
        page = html.escape(explain_html(self.extraction), quote=True)
        return f'<iframe srcdoc="{page}" style="width:100%;height:{_HEIGHT}px;border:0"></iframe>'


@dataclass(frozen=True)
class Readings(Sequence[Reading]):
    """Articles with what was read out of them, in input order; `refused` says what could not be read, and why."""

    readings: tuple[Reading, ...]
    refused: tuple[InputError, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Reading: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Reading, ...]: ...
    def __getitem__(self, index: int | slice) -> Reading | tuple[Reading, ...]:
        return self.readings[index]

    def __len__(self) -> int:
        return len(self.readings)

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Those of all articles; one that several tell is there several times."""
        return tuple(incident for reading in self.readings for incident in reading.incidents)

    def to_dataframe(self) -> pandas.DataFrame:
        """One incident a row, with the columns of `Incident.row`; needs pandas."""
        return pandas_module().DataFrame([incident.row() for incident in self.incidents], columns=_COLUMNS)

    def to_geodataframe(self) -> geopandas.GeoDataFrame:
        """The same with `point` as its geometry (WGS 84); needs geopandas. Incidents without a point have none."""
        try:
            import geopandas
            from shapely import Point
        except ImportError as error:
            raise UsageError(f"maps need pip install 'kgbuild[notebook]' ({error})") from error
        frame = self.to_dataframe()
        points = [Point(point) if isinstance(point, tuple) else None for point in frame["point"]]
        return geopandas.GeoDataFrame(frame.drop(columns="point"), geometry=points, crs="EPSG:4326")

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><bdi>{html.escape(r.article.title or r.article.id)}</bdi></td>"
            f"<td>{r.article.published or ''}</td><td>{len(r.incidents)}</td></tr>"
            for r in self.readings
        )
        head = "<tr><th>article</th><th>published</th><th>incidents</th></tr>"
        refused = "".join(f"<p>refused: {html.escape(str(error))}</p>" for error in self.refused)
        return f"<table>{head}{rows}</table>{refused}"


_COLUMNS = (
    "article", "published", "class", "earliest", "latest", *ENTITY_ROLES, "killed_min", "killed_max", "injured_min",
    "injured_max", "certainty", "confidence", "point", "quote", "iri",
)  # fmt: skip


def read(*paths: str | Path, published: date | None = None, reading: ReadingConfig | None = None) -> Readings:
    """Read files and folders of articles, as `kgbuild extract` does; `published` dates those that have no date."""
    refused: list[InputError] = []
    extract = Extractor(reading=reading)
    articles = read_paths([str(path) for path in paths], published=published, on_error=refused.append)
    return Readings(tuple(Reading(extract(article)) for article in articles), tuple(refused))


def read_text(text: str, *, published: date | None = None, language: str = "ar", title: str | None = None) -> Reading:
    """Read one text; `language` is "ar" or "en"."""
    article = Article(id="text", source="text", text=text, title=title, published=published, language=language)
    return Reading(Extractor()(article))


def _name(entity: Entity) -> str:
    return entity.label.get("ar") or next(iter(entity.label.values()), entity.iri)
