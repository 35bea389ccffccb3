"""Whether readings are as often right as they say they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kgbuild.evaluation.entities import match_entities
from kgbuild.evaluation.gold import Gold
from kgbuild.evaluation.incidents import pair_incidents, spurious
from kgbuild.evaluation.slots import extracted_fillers, slot_counts
from kgbuild.evaluation.tally import Tally
from kgbuild.model import Extraction, Report


@dataclass(frozen=True, slots=True)
class Judged:
    """A report, whether its incident is annotated, and how many of each slot's values are right and wrong."""

    report: Report
    right: bool
    slots: dict[str, tuple[int, int]]


def judged(gold: Gold, extraction: Extraction) -> Iterator[Judged]:
    """Every report that can be judged; those of incidents that annotators may leave out cannot."""
    matches = match_entities(gold, extraction, Tally())
    pairs = pair_incidents(gold, extraction, matches, extraction.article.text)
    for number, report in pairs.items():
        annotation = gold.incidents[number]
        if not annotation.get("optional"):
            counts = slot_counts(annotation, report, matches)
            yield Judged(report, True, {slot: (c.right, c.wrong) for slot, c in counts.items()})
    for report in spurious(gold, extraction, pairs):
        wrong = {slot: (0, len(filler.must)) for slot, filler in extracted_fillers(report, matches).items()}
        yield Judged(report, False, wrong | {"class": (0, 1), "date": (0, int(report.date is not None))})


@dataclass(frozen=True, slots=True)
class Bin:
    """The readings whose confidence lies from `low` up to `high`: how many, their mean confidence, the share right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def bins(readings: Iterable[tuple[float, float, float]], edges: tuple[float, ...]) -> list[Bin]:
    """`readings` are (confidence, share right, weight); bins without any are left out."""
    found: list[Bin] = []
    kept = list(readings)
    for low, high in pairwise(edges):
        inside = [r for r in kept if low <= r[0] < high or (r[0] == high == edges[-1])]
        weight = sum(r[2] for r in inside)
        if weight:
            confidence = sum(c * w for c, _, w in inside) / weight
            right = sum(share * w for _, share, w in inside) / weight
            found.append(Bin(low, high, round(weight), confidence, right))
    return found


def calibration_error(found: Iterable[Bin]) -> float:
    """How far confidence and share right lie apart, over all readings (expected calibration error); 0 is best."""
    kept = list(found)
    total = sum(b.count for b in kept)
    return sum(abs(b.confidence - b.right) * b.count for b in kept) / total if total else 0.0
