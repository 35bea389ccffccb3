"""Nouns of facilities and weapons that mean something else by their form or the word beside them (سوق العمل)."""

from __future__ import annotations

from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.view import View


@cache
def _unless(file: str, part: str) -> dict[str, frozenset[str]]:
    table = section(file, part)
    return {fold_text(word): frozenset(map(fold_text, others)) for word, others in table.items()}


@cache
def _written(file: str) -> frozenset[str]:
    return frozenset(fold_text(word) for word in section(file, "unless_written", "words"))


@cache
def _predicate(part: str) -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("facilities", "predicate", part))


def means_otherwise(view: View, start: int, file: str) -> bool:
    """Whether a single noun means something else here, by its form or the word beside it."""
    if view.norms[start] in _written(file):
        return True
    if file == "facilities" and view.norms[start] in _predicate("words"):
        return not _predicate("before").isdisjoint(view.norms[max(0, start - 3) : start])
    for stem in view.stems[start]:
        following = _unless(file, "unless_next").get(stem)
        beside = (*view.norms[start + 1 : start + 2], *view.lemmas[start + 1 : start + 2])
        if following and not following.isdisjoint(beside):
            return True
        preceding = _unless(file, "unless_before").get(stem)
        if preceding and start and view.lemmas[start - 1] in preceding:
            return True
    return False
