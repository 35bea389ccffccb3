"""Shows an article with what was read out of it marked in colour, for the terminal and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from jinja2 import Environment, FileSystemLoader, select_autoescape
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kgbuild.model import Extraction, Report
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


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, the kinds of marks in force there (outermost first) and a note for the reader."""

    text: str
    kinds: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """One incident in words."""

    title: str
    date: str
    slots: tuple[tuple[str, str], ...]
    quotes: tuple[str, ...]


def explain(extraction: Extraction) -> RenderableType:
    """The article in colour and a table of its incidents, to print with rich."""
    text = Text()
    for mark in marks(extraction):
        style = " ".join(_COLOURS[kind] for kind in mark.kinds)
        text.append(mark.text, style=style or None)
    table = Table("incident", "date", "what is told", show_lines=True)
    for row in rows(extraction):
        table.add_row(row.title, row.date, "\n".join(f"{name}: {value}" for name, value in row.slots))
    legend = Text(" ").join(Text(kind, style=style) for kind, style in _COLOURS.items())
    return Group(text, Text(), legend, table)


def explain_html(extraction: Extraction) -> str:
    """The same as a page that stands by itself, right to left where the article is Arabic."""
    environment = Environment(
        loader=FileSystemLoader(data_path()), autoescape=select_autoescape(default=True), trim_blocks=True
    )
    return environment.get_template("explain.html").render(
        article=extraction.article,
        rtl=extraction.article.language == "ar",
        marks=list(marks(extraction)),
        rows=list(rows(extraction)),
        kinds=list(_COLOURS),
    )


def marks(extraction: Extraction) -> Iterator[Mark]:
    """The article's text cut where a mention, trigger or figure begins or ends; the pieces join to the text."""
    entities = {e.id: e for e in extraction.entities}
    spans = [(m.start, m.end, entities[m.entity].group, f"{m.cls}: {_label(extraction, m.entity)}")
             for m in extraction.mentions if m.entity in entities]  # fmt: skip
    spans += [(*report.trigger, "trigger", report.cls) for report in extraction.reports]
    spans += [(c.start, c.end, "casualty", f"{c.effect} {_figure(c.min, c.max)}")
              for report in extraction.reports for c in report.casualties]  # fmt: skip
    text = extraction.article.text
    cuts = sorted({0, len(text), *(s for s, *_ in spans), *(e for _, e, *_ in spans)})
    for start, end in pairwise(cuts):
        here = [span for span in spans if span[0] <= start and end <= span[1]]
        here.sort(key=lambda span: span[0] - span[1])
        yield Mark(
            text[start:end], tuple(dict.fromkeys(s[2] for s in here)), "; ".join(dict.fromkeys(s[3] for s in here))
        )


def rows(extraction: Extraction) -> Iterator[Row]:
    """The incidents in words, in the order of the text."""
    for report in extraction.reports:
        when = report.date
        date = "" if when is None or when.earliest is None else f"{when.earliest} – {when.latest}"
        text = extraction.article.text
        quotes = tuple(text[start:end] for start, end in report.evidence)
        yield Row(report.cls, date, tuple(_slots(extraction, report)), quotes)


def _slots(extraction: Extraction, report: Report) -> Iterator[tuple[str, str]]:
    for name in ("places", "perpetrators", "targets", "weapons", "victims", "sources"):
        entities: tuple[str, ...] = getattr(report, name)
        if entities:
            yield name, "، ".join(_label(extraction, e) for e in entities)
    for facility in report.facilities:
        yield "facility", f"{_label(extraction, facility.entity)} ({facility.effect or 'effect not said'})"
    for c in report.casualties:
        remark = " (part)" if c.part else " (superseded)" if c.superseded else ""
        yield c.effect, f"{_figure(c.min, c.max)} {c.group}{remark}"
    yield "certainty", f"{report.certainty} ({report.confidence:.2f})"


def _figure(low: int | None, high: int | None) -> str:
    if low is None:
        return "some"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low}–{high}"


def _label(extraction: Extraction, entity_id: str) -> str:
    entity = next((e for e in extraction.entities if e.id == entity_id), None)
    if entity is None:
        return entity_id
    return entity.label.get(extraction.article.language) or next(iter(entity.label.values()), entity_id)
