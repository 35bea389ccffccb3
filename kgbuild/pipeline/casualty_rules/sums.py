"""Figures over several kinds of people, and one figure over several effects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention, PhraseReader
from kgbuild.pipeline.words import COMMAS

_UNARMED = frozenset({"civilian", "child", "woman", "man", "journalist", "medic", "aidWorker"})

_LENT = frozenset({"civilian", "combatant"})


def summed(phrases: list[CasualtyMention], reader: PhraseReader) -> list[CasualtyMention]:
    """ "a woman and three of her children": the sum, and each kind as part of it."""
    counted = [p for p in phrases if p.min is not None and p.person is not None and not p.effect]
    if len(counted) < 2 or _of_two_sides(counted):
        return phrases
    if any(reader.words.norms[i] in ("(", ":") for i in range(counted[0].end, counted[1].start)) or _apposed(
        counted, reader
    ):
        return [phrases[0], *(replace(p, part=True) for p in phrases[1:])]
    groups = {p.group for p in counted}
    group = counted[0].group if len(groups) == 1 else "civilian" if groups <= _UNARMED else "unknown"
    high = None if any(p.max is None for p in counted) else sum(p.max or 0 for p in counted)
    low = sum(p.min or 0 for p in counted)
    total = replace(counted[0], end=counted[-1].end, min=low, max=high, group=group)
    if len(groups) == 1:
        return [total, *(p for p in phrases if p not in counted)]
    parts = (p for p in phrases if p.person not in reader.persons)
    return [total, *(replace(p, part=True) if p in counted else p for p in parts)]


def _apposed(counted: list[CasualtyMention], reader: PhraseReader) -> bool:
    """ "two civilians, a father and his son": those behind the comma are the ones before it, told one by one."""
    first, *rest = counted
    alone = all(reader.words.norms[i] in COMMAS for i in range(first.end, rest[0].start))
    return alone and first.end < rest[0].start and first.min == sum(p.min or 0 for p in rest)


def _of_two_sides(counted: list[CasualtyMention]) -> bool:
    """Fighters of whom the text says whose they are ("ten men of X and eighteen of Y"): each side has its own toll."""
    return all(p.group == "combatant" and (p.min or 0) > 1 for p in counted) and any(
        after.start - before.end > 1 for before, after in pairwise(counted)
    )


def divided(phrase: CasualtyMention, effects: tuple[str, ...]) -> list[CasualtyMention]:
    """One figure for several effects: nobody knows how many are which; a vague one, "tens", holds for each."""
    vague = phrase.min is not None and phrase.max is not None and phrase.max > phrase.min
    shared = phrase if vague else replace(phrase, min=None, max=None)
    return [replace(shared, effect=effect) for effect in effects]


def with_effects(phrases: list[CasualtyMention], effects: tuple[str, ...]) -> Iterator[CasualtyMention]:
    """The phrases with each effect, but for those that tell their own."""
    for effect in effects:
        yield from (replace(phrase, effect=phrase.effect or effect) for phrase in phrases)


def with_groups(figures: list[CasualtyMention], reader: PhraseReader) -> list[CasualtyMention]:
    """Figures without a noun, or of "others", are of those told before: "three soldiers were killed and nine hurt"."""
    told, group = [], "unknown"
    for figure in figures:
        lent = figure.group == "unknown" and not figure.part and _counts_more(figure, reader)
        told.append(replace(figure, group=group) if lent else figure)
        if not figure.part and not lent:
            group = figure.group if figure.group in _LENT else "unknown"
    return told


def _counts_more(figure: CasualtyMention, reader: PhraseReader) -> bool:
    """Whether the figure has no noun, or one such as "others"."""
    return figure.person is None or reader.lexicon.has("further", reader.words.norms[figure.person])
