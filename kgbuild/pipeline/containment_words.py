"""The words between a place and what contains it: `[containment]` of the lexicons of places, in both languages."""

from __future__ import annotations

from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.linking.places import place_key
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.lexicon import lexicon

_SPOKEN_OF = "منطقة"


@cache
def joins(part: str) -> frozenset[str]:
    words = (*section("place_heads", "containment", part), *lexicon("en", "places")["containment"][part])
    return frozenset(fold_text(word) for word in words)


def all_among(words: list[str], part: str) -> bool:
    return all(word in joins(part) for word in words)


@cache
def old_parts() -> tuple[str, ...]:
    return tuple(place_key(word) for word in joins("old"))


@cache
def outskirts() -> frozenset[str]:
    return frozenset(place_key(word) for word in joins("of_town"))


@cache
def quarter_head() -> str:
    return fold_text(_SPOKEN_OF)
