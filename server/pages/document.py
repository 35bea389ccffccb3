"""The page of a document: what was read out of it, sentence by sentence, and its text where the store holds it."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kgbuild.vocab import CKO, DCTERMS, SCHEMA
from server.engine.engine import Engine, Row
from server.graph import Description, Text, after_quote, before_quote, describe
from server.language import interval
from server.pages.edition import Edition
from server.pages.links import Link, Names
from server.terms import class_label


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted span; `anchor` is the fragment of its IRI, `start` its offset in code points."""

    anchor: str
    start: int
    end: int
    exact: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReportInDocument:
    """One report of this document with the passages it rests on."""

    incident: Link
    kind: str
    date: str
    certainty: str | None
    places: list[Link]
    passages: list[Passage]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the article's text; `anchor` is set where it is evidence, `report` says of what."""

    text: str
    anchor: str | None = None
    report: ReportInDocument | None = None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything the template shows; `body` is empty where the store does not hold the text."""

    title: Text
    publisher: Text | None
    issued: str | None
    url: str | None
    language: str | None
    reports: list[ReportInDocument]
    mentions: list[Link]
    graph: Link | None
    body: list[Piece]


def document_page(edition: Edition, iri: str) -> DocumentPage:
    """Read a document, its reports with their evidence, and the entities it mentions."""
    engine, this = edition.engine, NamedNode(iri)
    document = describe(engine, [iri])[iri]
    rows = _evidence(engine, this)
    mentioned = [row["entity"].text for row in engine.select("document-mentions", this=this)]
    reports = describe(engine, rows)
    publisher = next(iter(document.all(DCTERMS.publisher)), None)
    linked = {i for r in reports.values() for p in (CKO.describes, CKO.place) for i in r.iris(p)} | {*mentioned}
    linked |= {publisher.text} if publisher and publisher.kind == "uri" else set()
    names = edition.names({**describe(engine, linked), iri: document})
    found = [_report(reports[report], passages, names) for report, passages in rows.items()]
    text = next((row["text"].text for row in engine.select("document-text", this=this)), "")
    return DocumentPage(
        title=document.name(edition.language) or names.link(iri).text,
        publisher=names.words(publisher) if publisher else None,
        issued=document.one(DCTERMS.issued),
        url=document.one(SCHEMA.url),
        language=document.one(DCTERMS.language),
        reports=sorted(found, key=lambda r: min((p.start for p in r.passages), default=0)),
        mentions=names.links(mentioned),
        graph=next((names.link(row["graph"].text) for row in engine.select("graph-of", this=this)), None),
        body=pieces(text, found),
    )


def _evidence(engine: Engine, document: NamedNode) -> dict[str, list[Row]]:
    """The passages of each report; relations rest on passages as well, which are left out."""
    found: dict[str, list[Row]] = {row["report"].text: [] for row in engine.select("document-reports", this=document)}
    for row in engine.select("document-evidence", this=document):
        if row["report"].text in found:
            found[row["report"].text].append(row)
    return found


def _report(about: Description, passages: list[Row], names: Names) -> ReportInDocument:
    return ReportInDocument(
        incident=names.link((about.iris(CKO.describes) or [about.iri])[0]),
        kind=class_label(about.cls, names.language) if about.cls else "",
        date=interval(*(about.one(p) for p in (CKO.startDate, CKO.endDate, CKO.datePrecision))),
        certainty=about.one(CKO.certainty),
        places=names.links(about.iris(CKO.place)),
        passages=[_passage(row) for row in passages],
    )


def _passage(row: Row) -> Passage:
    before, after = (row[name].text if name in row else "" for name in ("prefix", "suffix"))
    exact = Text(row["exact"].text, row["exact"].language)
    anchor = row["span"].text.rpartition("#")[2]
    start, end = int(row["start"].text), int(row["end"].text)
    return Passage(anchor, start, end, exact, before_quote(before), after_quote(after))


def pieces(text: str, reports: list[ReportInDocument]) -> list[Piece]:
    """The text cut where evidence begins and ends; where spans overlap, the one that begins first goes on."""
    if not text:
        return []
    found, position = [], 0
    spans = sorted(((p, r) for r in reports for p in r.passages), key=lambda s: (s[0].start, -s[0].end))
    for passage, report in spans:
        start = max(passage.start, position)
        if start >= passage.end:
            continue
        if start > position:
            found.append(Piece(text[position:start]))
        found.append(Piece(text[start : passage.end], passage.anchor, report))
        position = passage.end
    return [*found, Piece(text[position:])]
