"""Fronts of a war, which are places (في جبهة الكسارة غربي مأرب), beside groups that are called fronts (جبهة النصرة)."""

from __future__ import annotations

from kgbuild.pipeline.entity_rules.areas import place_words
from kgbuild.pipeline.entity_rules.view import View

_LONGEST_NAME = 3


def is_front_line(view: View, start: int, limit: int) -> bool:
    """Whether the noun at `start` is a stretch of a war's lines: something happens in it, and its name is followed by
    the side on which it lies of a place.
    """
    if not start or view.norms[start - 1] not in place_words("containment", "frame"):
        return False
    after = range(start + 2, min(limit, start + 2 + _LONGEST_NAME))
    side = next((at for at in after if view.norms[at] in place_words("direction", "nouns")), None)
    return side is not None and not any(view.breaks[start + 1 : side + 1])
