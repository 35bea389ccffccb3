"""Shows an article with what was read out of it marked in colour, for the terminal and as a page."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from jinja2 import Environment, FileSystemLoader, select_autoescape
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kgbuild.model import ENTITY_ROLES, Casualty, DateInterval, Entity, Extraction, Report
from kgbuild.ontology import labels
from kgbuild.resources import data_path

_COLOURS = {
    "actor": "bold red",
    "person": "magenta",
    "place": "green",
    "facility": "yellow",
    "weapon": "cyan",
    "trigger": "reverse",
    "casualty": "bold blue",
}
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, the kinds of marks in force there (outermost first) and a note for the reader.

    `incidents` are the numbers of those that the stretch, their word, begins to tell.
    """

    text: str
    kinds: tuple[str, ...]
    note: str
    incidents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One incident in words; `number` is its place in the article. Slots are (name, value, confidence or None)."""

    number: int
    title: str
    date: str
    confidence: float
    slots: tuple[tuple[str, str, float | None], ...]
    quotes: tuple[str, ...]


def explain(extraction: Extraction) -> RenderableType:
    """The article in colour and a table of its incidents, in English, to print with rich."""
    text = Text(justify="right" if extraction.article.language == "ar" else "left")
    for mark in marks(extraction):
        style = " ".join(_COLOURS[kind] for kind in mark.kinds)
        text.append(mark.text, style=style or None)
        text.append("".join(f"[{n}]" for n in mark.incidents), style="dim")
    table = Table("", "incident", "date", "what is told", "sure", show_lines=True)
    for row in rows(extraction):
        told = "\n".join(f"{name}: {value}" for name, value, _ in row.slots)
        sure = "\n".join("" if confidence is None else f"{confidence:.2f}" for *_, confidence in row.slots)
        table.add_row(str(row.number), f"{row.title}\n{row.confidence:.2f}", row.date, told, sure)
    legend = Text(" ").join(Text(kind, style=style) for kind, style in _COLOURS.items())
    return Group(text, Text(), legend, table)


def explain_html(extraction: Extraction) -> str:
    """The same as a page that stands by itself, right to left and in Arabic where the article is Arabic."""
    language = _language(extraction)
    return (
        _templates()
        .get_template("article.html")
        .render(
            article=extraction.article,
            rtl=language == "ar",
            marks=[(_BLANK_LINES.sub("\n\n", mark.text), mark) for mark in marks(extraction, language)],
            rows=list(rows(extraction, language)),
            kinds={kind: _word(kind, language) for kind in _COLOURS},
            entities=list(_entities(extraction, language)),
            word=lambda name: _word(name, language),
        )
    )


def incident_html(extraction: Extraction, report: Report) -> str:
    """One incident alone, to be put into another page."""
    row = next(row for row in rows(extraction, _language(extraction)) if extraction.reports[row.number - 1] is report)
    return _templates().get_template("incident.html").render(row=row, rtl=_language(extraction) == "ar")


def _language(extraction: Extraction) -> str:
    return "ar" if extraction.article.language == "ar" else "en"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(data_path("explain")), autoescape=select_autoescape(default=True), trim_blocks=True
    )


def marks(extraction: Extraction, language: str = "en") -> Iterator[Mark]:
    """The article's text cut where a mention, trigger or figure begins or ends; the pieces join to the text."""
    entities = {e.id: e for e in extraction.entities}
    spans = [
        (m.start, m.end, entities[m.entity].group, f"{_class(m.cls, language)}: {_label(extraction, m.entity)}")
        for m in extraction.mentions
        if m.entity in entities
    ]
    spans += [(*report.trigger, "trigger", _class(report.cls, language)) for report in extraction.reports]
    spans += [
        (c.start, c.end, "casualty", f"{_word(c.effect, language)} {_figure(c, language)}")
        for report in extraction.reports
        for c in report.casualties
    ]
    begun: dict[int, list[int]] = {}
    for number, report in enumerate(extraction.reports, 1):
        begun.setdefault(report.trigger[1], []).append(number)
    text = extraction.article.text
    cuts = sorted({0, len(text), *(s for s, *_ in spans), *(e for _, e, *_ in spans)})
    for start, end in pairwise(cuts):
        here = [span for span in spans if span[0] <= start and end <= span[1]]
        here.sort(key=lambda span: span[0] - span[1])
        notes = "; ".join(dict.fromkeys(s[3] for s in here))
        yield Mark(text[start:end], tuple(dict.fromkeys(s[2] for s in here)), notes, tuple(begun.get(end, ())))


def rows(extraction: Extraction, language: str = "en") -> Iterator[Row]:
    """The incidents in words, in the order of the text."""
    text = extraction.article.text
    for number, report in enumerate(extraction.reports, 1):
        yield Row(
            number,
            _class(report.cls, language),
            _date(report.date, language),
            report.confidence,
            tuple(_slots(extraction, report, language)),
            tuple(text[start:end] for start, end in report.evidence),
        )


def _slots(extraction: Extraction, report: Report, language: str) -> Iterator[tuple[str, str, float | None]]:
    sure = report.slot_confidence.get
    for slot in ENTITY_ROLES:
        entities: tuple[str, ...] = getattr(report, slot)
        if entities:
            yield _word(slot, language), "، ".join(_label(extraction, e) for e in entities), sure(slot)
    for facility in report.facilities:
        effect = _word(facility.effect or "not_said", language)
        yield _word("facility", language), f"{_label(extraction, facility.entity)} ({effect})", None
    for c in report.casualties:
        remark = "part" if c.part else "superseded" if c.superseded else ""
        group = "" if c.group == "unknown" else _word(c.group, language)
        words = (f"{_word(remark, language)}:" if remark else "", _figure(c, language), group)
        yield _word(c.effect, language), " ".join(filter(None, words)), sure("casualties")
    if report.certainty != "asserted":
        yield _word("certainty", language), _word(report.certainty, language), None


def _entities(extraction: Extraction, language: str) -> Iterator[tuple[Entity, str, str, int]]:
    """Each entity with its name, its class and how often it is named."""
    often = Counter(mention.entity for mention in extraction.mentions)
    for entity in extraction.entities:
        yield entity, _label(extraction, entity.id), _class(entity.cls, language), often[entity.id]


def _date(interval: DateInterval | None, language: str) -> str:
    """The day or days, and the words that say so."""
    if interval is None or interval.earliest is None:
        return ""
    last = interval.latest or interval.earliest
    days = f"{interval.earliest}" if last == interval.earliest else f"{interval.earliest} – {last}"
    return f"{days}\n{f'«{interval.text}»' if interval.text else _word('of_publication', language)}"


def _figure(c: Casualty, language: str) -> str:
    if c.min is None:
        return _word("some", language)
    if c.max is None:
        return _word("at_least", language).format(low=c.min)
    return str(c.min) if c.min == c.max else _word("range", language).format(low=c.min, high=c.max)


def _label(extraction: Extraction, entity_id: str) -> str:
    entity = next((e for e in extraction.entities if e.id == entity_id), None)
    if entity is None:
        return entity_id
    return entity.label.get(extraction.article.language) or next(iter(entity.label.values()), entity_id)


def _word(name: str, language: str) -> str:
    return _words()[language].get(name, name)


def _class(cls: str, language: str) -> str:
    """English readers know the classes by the names they have in the JSON."""
    return cls if language == "en" else labels().get(cls, {}).get(language, cls)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(data_path("explain", "words.toml").read_text("utf-8"))
