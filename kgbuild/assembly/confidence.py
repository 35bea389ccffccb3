"""How sure a reading is, as the share of such readings that annotators found right.

A logistic model over what can be told of a reading from the outside: how strong the rules were that made it, how often
and how near to the incident's word its values are told, and how full it is. The weights of `data/confidence.toml` are
fitted by `.ci/calibrate.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import exp

from kgbuild.model import Article, Mention, Report, Span
from kgbuild.resources import data_path

ENTITY_SLOTS = ("places", "perpetrators", "targets", "weapons", "victims")
SLOTS = (*ENTITY_SLOTS, "casualties", "date", "class")
Features = Mapping[str, float]
_FAR = 200
"""Characters between an incident's word and a value, beyond which distance makes no difference."""
_LOOSE = frozenset({"Killing", "Explosion", "Bombardment", "Offensive"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to the log odds that an incident, and that a slot's values, are right."""

    incident: Mapping[str, float]
    slot: Mapping[str, float]


@cache
def shipped_weights() -> Weights:
    """Those of `data/confidence.toml`."""
    data = tomllib.loads(data_path("confidence.toml").read_text("utf-8"))
    return Weights(data["incident"], data["slot"])


class Rater:
    """Rates the reports of one article."""

    def __init__(self, article: Article, mentions: Iterable[Mention]) -> None:
        self._article = article
        self._mentions: dict[str, list[Mention]] = {}
        for mention in mentions:
            self._mentions.setdefault(mention.entity, []).append(mention)

    def rated(self, report: Report, weights: Weights | None = None) -> Report:
        """The report with its confidence and that of each slot that has a value."""
        weights = weights or shipped_weights()
        slots = {
            slot: round(probability(features, weights.slot), 2)
            for slot in SLOTS
            if (features := self.slot_features(report, slot)) is not None
        }
        confidence = probability(self.incident_features(report), weights.incident)
        return replace(report, confidence=round(confidence, 2), slot_confidence=slots)

    def incident_features(self, report: Report) -> Features:
        """What speaks for and against there being such an incident. `strength` is what the assembler gave."""
        told = {slot: float(bool(getattr(report, slot))) for slot in ("perpetrators", "targets", "weapons")}
        return {
            "bias": 1.0,
            "strength": _strength(report),
            "tellings": _tellings(report),
            "toll": float(any(c.min is not None for c in report.casualties)),
            "place_told": float(any(self._near(report, place) for place in report.places)),
            "place_borrowed": float(bool(report.places) and not any(self._near(report, p) for p in report.places)),
            "loose_class": float(report.cls in _LOOSE),
            "claimed": float(report.certainty != "asserted"),
            "late": report.trigger[0] / max(1, len(self._article.text)),
            f"date_{self._date_source(report)}": 1.0,
            **told,
        }

    def slot_features(self, report: Report, slot: str) -> Features | None:
        """What speaks for and against the values of a slot; None where it has none."""
        if slot == "class":
            features = {"loose_class": float(report.cls in _LOOSE)}
        elif slot == "date":
            if report.date is None:
                return None
            features = {f"date_{self._date_source(report)}": 1.0}
        elif slot == "casualties":
            if not report.casualties:
                return None
            spans = [(c.start, c.end) for c in report.casualties]
            features = {"several": float(min(len(spans), 4) - 1), "far": self._distance(report, spans)}
        else:
            features = self._entity_features(report, getattr(report, slot))
            if not features:
                return None
        strength = (report.confidence - 0.7) * 10
        return {
            f"bias_{slot}": 1.0,
            "strength": strength,
            "tellings": float(min(len(report.evidence), 4) - 1),
        } | features

    def _entity_features(self, report: Report, entities: tuple[str, ...]) -> dict[str, float]:
        if not entities:
            return {}
        near = [self._near(report, entity) for entity in entities]
        spans = [(m.start, m.end) for found in near for m in found]
        return {
            "several": float(min(len(entities), 4) - 1),
            "not_told": sum(not found for found in near) / len(near),
            "told_again": sum(len(found) > 1 for found in near) / len(near),
            "far": self._distance(report, spans),
        }

    def _near(self, report: Report, entity: str) -> list[Mention]:
        """Where the evidence names the entity."""
        found = self._mentions.get(entity, ())
        return [m for m in found if any(start <= m.start and m.end <= end for start, end in report.evidence)]

    def _distance(self, report: Report, spans: list[Span]) -> float:
        """From the incident's word to the nearest of the spans: 0 beside it, 1 from `_FAR` characters on."""
        start, end = report.trigger
        gaps = [max(0, s - end, start - e) for s, e in spans]
        return min([_FAR, *gaps]) / _FAR if gaps else 1.0

    def _date_source(self, report: Report) -> str:
        """Whether the date is told in the evidence, taken from a telling before it, or that of publication."""
        if report.date is None:
            return "none"
        if report.date.text is None:
            return "default"
        text = self._article.text
        return "told" if any(report.date.text in text[start:end] for start, end in report.evidence) else "context"


def _strength(report: Report) -> float:
    """What the assembler gave, about 0 in the middle and 2 at most."""
    return (report.confidence - 0.7) * 10


def _tellings(report: Report) -> float:
    """How often it is told again, 3 at most."""
    return float(min(len(report.evidence), 4) - 1)


def probability(features: Features, weights: Mapping[str, float]) -> float:
    """0 to 1; a feature without a weight says nothing."""
    odds = sum(value * weights.get(name, 0.0) for name, value in features.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
