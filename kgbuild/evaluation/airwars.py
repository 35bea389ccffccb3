"""Compares extraction with the assessments that Airwars' researchers made of the same texts.

Recall only: a text may rightly tell more than the one incident of its assessment.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from kgbuild.evaluation.assessments import Assessment
from kgbuild.evaluation.names import name_keys
from kgbuild.geography import kilometres
from kgbuild.model import Entity, Extraction, Report
from kgbuild.resources import data_path

SLOTS = ("found", "place", "date", "killed", "injured", "belligerent", "type")
_NEAR_KM = 10
_SPLIT = re.compile(r"[,،/\-–()]| و(?=ال)")

Record = dict[str, Any]
"""The `incident` of an assessment."""

Verdicts = dict[str, bool]
"""Slot → whether a report agrees with the record there; slots that either leaves open are absent."""


@dataclass(slots=True)
class Agreement:
    """How many of the texts that have a value got it right, by slot; `found` is place and every figure.

    `verdicts` is by the text's id. `clusters` gives each text whose place was found the merged incident of its report,
    where it has one, and the code of its assessment.
    """

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    verdicts: dict[str, Verdicts] = field(default_factory=dict)
    clusters: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, slot: str, right: bool) -> None:
        self.asked[slot] += 1
        self.right[slot] += right

    def share(self, slot: str) -> float:
        """0 to 1; 1 where nothing was asked."""
        return self.right[slot] / self.asked[slot] if self.asked[slot] else 1.0


def agreement(pairs: Iterable[tuple[Assessment, Extraction | None]]) -> Agreement:
    """Judge the best report of each text against its assessment."""
    result = Agreement()
    for assessment, extraction in pairs:
        report, judged = _best(assessment.incident, extraction) if extraction else (None, {})
        verdicts = _counted(assessment.incident, judged)
        result.verdicts[assessment.text] = verdicts
        for slot, right in verdicts.items():
            result.add(slot, right)
        if report is not None and report.incident is not None and verdicts["place"]:
            result.clusters[assessment.text] = (report.incident, assessment.code)
    return result


def _counted(record: Record, judged: Verdicts) -> Verdicts:
    """A verdict for every slot that the record asks for; a date is asked for only where a report gives one."""
    asked = {
        "place": True,
        "date": "date" in judged,
        "killed": bool(record["killed_max"]),
        "injured": bool(record["injured_max"]),
        "belligerent": bool(record["military_original"]),
        "type": bool(record["strike_type_original"]),
    }
    verdicts = {slot: bool(judged.get(slot)) for slot, is_asked in asked.items() if is_asked}
    figures = all(judged.get(slot, True) for slot in ("killed", "injured") if asked[slot])
    return {"found": verdicts["place"] and figures, **verdicts}


def _best(record: Record, extraction: Extraction) -> tuple[Report | None, Verdicts]:
    judged = [(report, _judge(record, extraction, report)) for report in extraction.reports]
    return max(judged, key=lambda one: _rank(one[1]), default=(None, {}))


def _rank(judged: Verdicts) -> tuple[int, bool]:
    return sum(judged.values()) + 2 * judged["place"], judged.get("killed", False)


def _judge(record: Record, extraction: Extraction, report: Report) -> Verdicts:
    verdicts = {"place": _place_agrees(record, extraction, report)}
    if report.date is not None and report.date.earliest is not None:
        verdicts["date"] = _date_agrees(date.fromisoformat(record["date"][:10]), report)
    for effect in ("killed", "injured"):
        low, high = record[f"{effect}_min"], record[f"{effect}_max"]
        high = low if high is None else high
        if high:
            verdicts[effect] = _figures_meet(low or 0, high, report, effect)
    patterns = _known(record["military_original"], _table()["belligerents"])
    if patterns:
        names = " ".join(form for e in report.perpetrators for n in _names(extraction, e) for form in _forms(n))
        verdicts["belligerent"] = any(re.search(pattern, names) for pattern in patterns)
    classes = _known(record["strike_type_original"], _table()["strikes"])
    if classes:
        verdicts["type"] = any(report.cls in group for group in classes)
    return verdicts


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(data_path("evaluation", "airwars.toml").read_text("utf-8"))


def _known(text: str | None, table: dict[str, Any]) -> list[Any]:
    return [table[name.strip()] for name in (text or "").split(",") if name.strip() in table]


def _place_agrees(record: Record, extraction: Extraction, report: Report) -> bool:
    wanted = [k for name in ("location_ar", "location_original") for k in _place_keys(record[name]) if len(k) > 2]
    named = {key for entity in report.places for key in name_keys(_names(extraction, entity))}
    if any(w in f" {key} " or key in w for key in named for w in wanted):
        return True
    if not record["latitude"]:
        return False
    target = (record["longitude"], record["latitude"])
    points = [e.point for e in extraction.entities if e.id in report.places and e.point is not None]
    return any(kilometres(point, target) <= _NEAR_KM for point in points)


def _place_keys(text: str | None) -> Iterator[str]:
    generic = set(_table()["names"]["generic"])
    for part in _SPLIT.split(text or ""):
        for key in name_keys([part]):
            yield " ".join(word for word in key.split() if word not in generic)


def _names(extraction: Extraction, entity_id: str) -> list[str]:
    entity: Entity | None = next((e for e in extraction.entities if e.id == entity_id), None)
    if entity is None:
        return []
    return [*(m.text for m in extraction.mentions if m.entity == entity_id), *entity.label.values()]


def _forms(name: str) -> Iterator[str]:
    yield name.lower()
    yield from name_keys([name])


def _date_agrees(day: date, report: Report) -> bool:
    if report.date is None or report.date.earliest is None:
        return False
    low, high = report.date.earliest, report.date.latest or report.date.earliest
    return (low - day).days <= 1 and (day - high).days <= 1 and (high - low).days <= 7


def _figures_meet(low: int, high: int, report: Report, effect: str) -> bool:
    return any(
        (math.inf if c.max is None else c.max) >= low and c.min <= high
        for c in report.casualties
        if c.effect == effect and c.min is not None
    )
