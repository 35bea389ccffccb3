"""B-cubed: how well reports of one incident were brought together (Bagga and Baldwin, 1998)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BCubed:
    """Means over the texts: of those put together with a text, the share that belong to it, and the other way round."""

    precision: float
    recall: float
    f1: float
    texts: int


def b_cubed(clusters: Mapping[str, tuple[str, str]]) -> BCubed | None:
    """`clusters` gives each text its merged incident and its annotated one; None where there is none."""
    if not clusters:
        return None
    merged, annotated = defaultdict(set), defaultdict(set)
    for text, (ours, theirs) in clusters.items():
        merged[ours].add(text)
        annotated[theirs].add(text)
    both = {text: len(merged[ours] & annotated[theirs]) for text, (ours, theirs) in clusters.items()}
    precision = sum(both[text] / len(merged[ours]) for text, (ours, _) in clusters.items()) / len(clusters)
    recall = sum(both[text] / len(annotated[theirs]) for text, (_, theirs) in clusters.items()) / len(clusters)
    return BCubed(precision, recall, 2 * precision * recall / (precision + recall), len(clusters))
