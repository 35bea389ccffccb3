"""What each source says of an incident: who says it, how sure it is, and in which words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kgbuild.vocab import CKO, DCTERMS, PROV, SCHEMA
from server.engine.engine import Engine, Row
from server.graph import Description, Text, after_quote, before_quote
from server.pages.links import Link, Names


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence as it stands in the article, with the words before and after it; `href` leads to it there."""

    exact: Text
    before: str
    after: str
    href: str


@dataclass(frozen=True, slots=True)
class Source:
    """What one article says of the incident."""

    report: Link
    document: Link | None
    publisher: str | None
    issued: str | None
    url: str | None
    certainty: str | None
    confidence: float | None
    attributed: list[Link]
    quotes: list[Quote]


def sources_of(engine: Engine, iri: str, reports: dict[str, Description], names: Names) -> list[Source]:
    """The reports by the day on which their articles were published."""
    quotes: dict[str, list[Row]] = defaultdict(list)
    for row in engine.select("incident-evidence", this=NamedNode(iri)):
        quotes[row["report"].text].append(row)
    found = [_source(report, quotes[report.iri], names) for report in reports.values()]
    return sorted(found, key=lambda source: (source.issued or "", source.report.href))


def _source(report: Description, quotes: list[Row], names: Names) -> Source:
    document = report.one(PROV.wasDerivedFrom)
    about = names.descriptions.get(document or "", Description(document or ""))
    return Source(
        report=names.link(report.iri),
        document=names.link(document) if document else None,
        publisher=_publisher(about, names),
        issued=about.one(DCTERMS.issued),
        url=about.one(SCHEMA.url),
        certainty=report.one(CKO.certainty),
        confidence=report.decimal(CKO.confidence),
        attributed=names.links(report.iris(CKO.attributedTo)),
        quotes=[_quote(row, names) for row in quotes],
    )


def _publisher(document: Description, names: Names) -> str | None:
    values = document.all(DCTERMS.publisher)
    return names.words(values[0]).text if values else None


def _quote(row: Row, names: Names) -> Quote:
    exact = row["exact"]
    before, after = (row[name].text if name in row else "" for name in ("prefix", "suffix"))
    return Quote(
        Text(exact.text, exact.language), before_quote(before), after_quote(after), names.link(row["span"].text).href
    )
