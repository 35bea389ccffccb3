"""Places called by a noun and an adjective alone, both with the article: المدينة القديمة, الدوار الثاني."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.sources import adjective_set
from kgbuild.pipeline.entity_rules.view import View

_LONGEST = 2
"""Adjectives that one is called by: المتحلق الجنوبي الشرقي."""


def called_places(view: View, start: int, limit: int) -> Iterator[Found]:
    """The place that begins at this word, one of `called_by` with its article."""
    for cls, adjectives in called_by().get(view.lemmas[start], ()):
        end = start + 1
        while end < min(limit, start + 1 + _LONGEST) and view.definite(end) and view.lemmas[end] in adjectives:
            end += 1
        if end > start + 1:
            name = " ".join(view.written[start:end])
            yield Found(start, end, cls, rank=4, name=name)  # no head: "the city" is another
            return


@cache
def called_by() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """By the noun, folded: the class of the place and the adjectives."""
    table: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for entry in section("place_heads", "called"):
        for noun in entry["nouns"]:
            table.setdefault(fold_text(noun), []).append((entry["class"], adjective_set(entry["adjectives"])))
    return table
