"""Days that places are called after: حي 17 تموز, شارع السابع من نيسان."""

from __future__ import annotations

from functools import cache

from kgbuild.language.calendar_dates import calendar_names
from kgbuild.pipeline.entity_rules.view import View

_OF = "من"


def day_end(view: View, start: int, limit: int) -> int | None:
    """Where the day of a month that begins at this word ends; None where none does."""
    if view.tags[start] != "NUM" and view.norms[start] not in _days():
        return None
    at = start + 1
    at += at < limit and view.norms[at] == _OF
    if at >= limit or view.breaks[at]:
        return None
    months = calendar_names().months
    two = " ".join(view.norms[at : min(limit, at + 2)])
    return at + 2 if " " in two and two in months else at + 1 if view.norms[at] in months else None


@cache
def _days() -> frozenset[str]:
    """Days of a month in words, one word each."""
    words = {word for word in calendar_names().days if " " not in word}
    return frozenset(words | {word.removeprefix("ال") for word in words})
