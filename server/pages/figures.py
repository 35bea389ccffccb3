"""The figures of every source side by side: one bar from the least to the most each report says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kgbuild.vocab import CKO, DCTERMS, PROV
from server.graph import Description, Text
from server.language import toll
from server.pages.links import Names

WIDTH = 560.0
LABEL_WIDTH = 190.0
ROW_HEIGHT = 30.0
LEAST_BAR = 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """`low` and `high` are what the source says; `high` is None for "at least". Pixels from the left of the scale."""

    label: Text
    low: int | None
    high: int | None
    start: float
    width: float
    y: float
    open: bool

    @property
    def words(self) -> str:
        return toll(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Chart:
    """`kind` is killed or injured; `best` the roll-up's figure at `best_x`."""

    kind: str
    bars: list[Bar]
    ticks: list[tuple[float, int]]
    height: float
    low: int | None
    high: int | None
    best: int | None
    best_x: float | None

    @property
    def words(self) -> str:
        return toll(self.low, self.high)


def chart(kind: str, incident: Description, reports: Mapping[str, Description], names: Names) -> Chart | None:
    """The chart of one kind of casualties; None where nobody gives a figure."""
    low, high = CKO[f"{kind}Min"], CKO[f"{kind}Max"]
    figures = [(report, report.number(low), report.number(high)) for report in reports.values()]
    figures = [figure for figure in figures if figure[1] is not None or figure[2] is not None]
    best = incident.number(CKO[f"{kind}Best"])
    if not figures:
        return None
    most = max(n for _, a, b in figures for n in (a, b, best) if n is not None) or 1
    open_ended = any(b is None for _, _, b in figures)
    scale = (WIDTH - LABEL_WIDTH - 60) / (most * (1.15 if open_ended else 1.0))
    bars = [
        Bar(
            label=_label(report, names),
            low=a,
            high=b,
            start=round((a or 0) * scale, 1),
            width=round(max(LEAST_BAR, ((b if b is not None else most * 1.12) - (a or 0)) * scale), 1),
            y=index * ROW_HEIGHT,
            open=b is None,
        )
        for index, (report, a, b) in enumerate(figures)
    ]
    return Chart(
        kind=kind,
        bars=bars,
        ticks=[(round(n * scale, 1), n) for n in _ticks(most)],
        height=len(bars) * ROW_HEIGHT + 30,
        low=incident.number(low),
        high=incident.number(high),
        best=best,
        best_x=None if best is None else round(best * scale, 1),
    )


def _label(report: Description, names: Names) -> Text:
    """Who says so: the publisher of the article, else its title."""
    document = names.descriptions.get(report.one(PROV.wasDerivedFrom) or "")
    publisher = document.all(DCTERMS.publisher) if document else ()
    if publisher:
        return names.words(publisher[0])
    title = document.name(names.language) if document else None
    return title or Text("?", None)


def _ticks(most: int) -> list[int]:
    """Three to six round numbers from 0 on."""
    step = next(s * 10**p for p in range(9) for s in (1, 2, 5) if most / (s * 10**p) <= 5)
    return list(range(0, most + 1, step))
