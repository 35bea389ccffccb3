"""Bars over time, as the template draws them."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass

from server.language import month

WIDTH, HEIGHT = 560.0, 150.0
MOST_BARS = 120
WIDEST_COLUMN, TICK_WIDTH, LONGEST_LABEL = 96.0, 96.0, 88.0


@dataclass(frozen=True, slots=True)
class Column:
    """One month (or year): pixels, and what a reader is told of it."""

    x: float
    width: float
    height: float
    killed_height: float
    label: str
    count: int
    killed: int
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Columns in order of time; `ticks` label some of them below the axis. `most` and `most_killed` are the highest."""

    columns: list[Column]
    ticks: list[tuple[float, str]]
    most: int
    most_killed: int


def bars(months: Sequence[tuple[str, int, int]]) -> Bars | None:
    """(YYYY-MM, incidents, killed) as columns; the months between them stay empty; years where months are too many."""
    if not months:
        return None
    counted = {name: (n, killed) for name, n, killed in months}
    names = _all_months(min(counted), max(counted))
    if len(names) > MOST_BARS:
        counted, names = _by_year(months)
    most, most_killed = (max(pair[i] for pair in counted.values()) for i in (0, 1))
    step = min(WIDTH / len(names), WIDEST_COLUMN)
    columns = []
    for index, name in enumerate(names):
        n, killed = counted.get(name, (0, 0))
        label = name if len(name) == 4 else month(f"{name}-01")
        x, width, height = round(index * step, 2), round(step * 0.82, 2), round(HEIGHT * n / most, 1)
        killed_height = round(HEIGHT * killed / (most_killed or 1), 1)
        columns.append(Column(x, width, height, killed_height, label, n, killed, *_span(name)))
    every = max(1, math.ceil(TICK_WIDTH / step))
    ticks = [(c.x, c.label) for c in columns[::every] if c.x <= WIDTH - LONGEST_LABEL or c is columns[0]]
    return Bars(columns, ticks, most, most_killed)


def _span(name: str) -> tuple[str, str]:
    """First and last day of a month or a year."""
    if len(name) == 4:
        return f"{name}-01-01", f"{name}-12-31"
    year, number = int(name[:4]), int(name[5:7])
    return f"{name}-01", f"{name}-{calendar.monthrange(year, number)[1]:02d}"


def _all_months(first: str, last: str) -> list[str]:
    start, end = (int(name[:4]) * 12 + int(name[5:7]) - 1 for name in (first, last))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(start, end + 1)]


def _by_year(months: Sequence[tuple[str, int, int]]) -> tuple[dict[str, tuple[int, int]], list[str]]:
    totals: dict[str, tuple[int, int]] = {}
    for name, n, killed in months:
        before = totals.get(name[:4], (0, 0))
        totals[name[:4]] = (before[0] + n, before[1] + killed)
    return totals, [f"{year:04d}" for year in range(int(min(totals)), int(max(totals)) + 1)]
