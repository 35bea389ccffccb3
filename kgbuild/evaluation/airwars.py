"""Compares extraction with the assessments that Airwars' researchers made of the same texts.

An assessment is JSON: `id` of the text and `incident` with `location_ar`, `location_original`, `latitude`, `longitude`,
`date`, `military_original`, `strike_type_original` and `killed_min` … `injured_max`. Recall only: a text may rightly
tell more.
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

from kgbuild.arabic.normalise import fold_key
from kgbuild.evaluation.names import name_keys
from kgbuild.geography import kilometres
from kgbuild.model import Entity, Extraction, Report
from kgbuild.resources import data_path

Assessment = dict[str, Any]
_NEAR_KM = 10
_SPLIT = re.compile(r"[,،/\-–()]| و(?=ال)")


@dataclass(slots=True)
class Agreement:
    """How many of the texts that have a value got it right, by slot; `found` is place and every figure."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

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
        judged = _best(assessment, extraction) if extraction else {}
        asked = {
            "place": True,
            "killed": bool(assessment.get("killed_max")),
            "injured": bool(assessment.get("injured_max")),
            "belligerent": bool(assessment["military_original"]),
            "type": bool(assessment["strike_type_original"]),
            "date": "date" in judged,
        }
        for slot in (slot for slot, is_asked in asked.items() if is_asked):
            result.add(slot, bool(judged.get(slot)))
        figures = all(judged.get(slot, True) for slot in ("killed", "injured") if asked[slot])
        result.add("found", bool(judged.get("place")) and figures)
    return result


def _best(assessment: Assessment, extraction: Extraction) -> dict[str, bool]:
    judged = [_judge(assessment, extraction, report) for report in extraction.reports]
    return max(judged, key=lambda j: (sum(j.values()) + 2 * j["place"], j.get("killed", False)), default={})


def _judge(assessment: Assessment, extraction: Extraction, report: Report) -> dict[str, bool]:
    verdicts = {"place": _place_agrees(assessment, extraction, report)}
    if report.date is not None and report.date.earliest is not None:
        verdicts["date"] = _date_agrees(date.fromisoformat(assessment["date"][:10]), report)
    for effect in ("killed", "injured"):
        low, high = assessment[f"{effect}_min"], assessment[f"{effect}_max"]
        if high:
            verdicts[effect] = _figures_meet(low or 0, high, report, effect)
    patterns = _known(assessment["military_original"], _table()["belligerents"])
    if patterns:
        names = " ".join(n.lower() + " " + fold_key(n) for e in report.perpetrators for n in _names(extraction, e))
        verdicts["belligerent"] = any(re.search(pattern, names) for pattern in patterns)
    classes = _known(assessment["strike_type_original"], _table()["strikes"])
    if classes:
        verdicts["type"] = any(report.cls in group for group in classes)
    return verdicts


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(data_path("evaluation", "airwars.toml").read_text("utf-8"))


def _known(text: str | None, table: dict[str, Any]) -> list[Any]:
    return [table[name.strip()] for name in (text or "").split(",") if name.strip() in table]


def _place_agrees(assessment: Assessment, extraction: Extraction, report: Report) -> bool:
    wanted = [k for name in ("location_ar", "location_original") for k in _place_keys(assessment[name]) if len(k) > 2]
    named = {key for entity in report.places for key in name_keys(_names(extraction, entity))}
    if any(w in f" {key} " or key in w for key in named for w in wanted):
        return True
    if not assessment["latitude"]:
        return False
    target = (assessment["longitude"], assessment["latitude"])
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
