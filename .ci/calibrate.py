"""Fits the confidence of readings to annotated articles, and tells how well it holds on articles left out of the fit.

    calibrate.py [--write]

Each annotated article beside the checkout is rated with weights fitted to the others; the tables compare that
confidence with the share that is right. `--write` puts weights fitted to all into kgbuild/data/confidence.toml. Exit
status: 0, also where there are no annotated articles.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from kgbuild.assembly.confidence import SLOTS, Rater, Weights, probability
from kgbuild.evaluation.gold import read_gold
from kgbuild.evaluation.reliability import bins, calibration_error, judged
from kgbuild.extract import Extractor
from kgbuild.reading import read_paths
from kgbuild.resources import data_path

_GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_PENALTY = 2.0
"""How strongly weights are drawn to 0 (ridge): there are few articles."""
_HEAD = """\
# What each feature of a reading adds to the log odds that it is right (kgbuild/assembly/confidence.py).
# Fitted by .ci/calibrate.py --write; do not edit by hand.
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A reading: its features, the share of its values that is right, and how many values it has."""

    features: Mapping[str, float]
    right: float
    weight: float


@dataclass(frozen=True, slots=True)
class Samples:
    """Those of one article."""

    incidents: list[Sample]
    slots: list[Sample]


def main() -> int:
    """Print the tables, and write the weights where asked to; the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    if not _GOLD.is_dir():
        print(f"calibrate: skipped, no annotated articles in {_GOLD.parent.name}/{_GOLD.name} beside the checkout")
        return 0
    articles = [_samples(path) for path in sorted(_GOLD.glob("*.json"))]
    fitted = [_fit([a for a in articles if a is not left]) for left in articles]
    for kind in ("incident", "slot"):
        readings = [
            (probability(sample.features, getattr(weights, kind)), sample.right, sample.weight)
            for article, weights in zip(articles, fitted, strict=True)
            for sample in getattr(article, f"{kind}s")
        ]
        found = bins(readings, _EDGES)
        print(f"\n| confidence of {kind}s | how many | mean | right |\n|---|---|---|---|")
        for b in found:
            print(f"| {b.low:.1f} to {b.high:.1f} | {b.count} | {b.confidence:.2f} | {b.right:.2f} |")
        print(f"expected calibration error {calibration_error(found):.3f}")
    if write:
        data_path("confidence.toml").write_text(_written(_fit(articles)), "utf-8")
    return 0


def _samples(path: Path) -> Samples:
    gold = read_gold(path)
    [article] = read_paths([str(gold.article)], on_error=_fail)
    if article.published is None and gold.published:
        article = replace(article, published=date.fromisoformat(gold.published))
    extraction = Extractor(rate=False)(article)
    rater = Rater(article, extraction.mentions)
    incidents, slots = [], []
    for found in judged(gold, extraction):
        incidents.append(Sample(rater.incident_features(found.report), float(found.right), 1.0))
        for slot, (right, wrong) in found.slots.items():
            features = rater.slot_features(found.report, slot) if right + wrong and slot in SLOTS else None
            if features is not None:
                slots.append(Sample(features, right / (right + wrong), right + wrong))
    return Samples(incidents, slots)


def _fail(error: Exception) -> None:
    raise error


def _fit(articles: Sequence[Samples]) -> Weights:
    return Weights(
        _logistic(sample for article in articles for sample in article.incidents),
        _logistic(sample for article in articles for sample in article.slots),
    )


def _logistic(samples: Iterable[Sample]) -> dict[str, float]:
    """Weights by Newton's method, with a ridge on all but the biases."""
    kept = list(samples)
    names = sorted({name for sample in kept for name in sample.features})
    x = np.array([[sample.features.get(name, 0.0) for name in names] for sample in kept])
    y, n = np.array([s.right for s in kept]), np.array([s.weight for s in kept])
    ridge = np.diag([0.1 if name.startswith("bias") else _PENALTY for name in names])
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (n * (y - p)) - ridge @ weights
        weights += np.linalg.solve((x.T * (n * p * (1 - p))) @ x + ridge, gradient)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def _written(weights: Weights) -> str:
    tables = (("incident", weights.incident), ("slot", weights.slot))
    return _HEAD + "".join(
        f"\n[{title}]\n" + "".join(f"{name} = {weight}\n" for name, weight in table.items()) for title, table in tables
    )


if __name__ == "__main__":
    raise SystemExit(main())
