"""Cuts a sentence into the stretches that each tell one incident."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.assembly.cues import Cues
from kgbuild.pipeline.casualties import CasualtyMention
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import Words

_STOPS = frozenset({"،", ",", "؛", ";", ":", "::"})


@dataclass(slots=True)
class Clause:
    """A stretch of tokens with what was found in it. `effect`: it tells what followed from the clause before it."""

    start: int
    end: int
    triggers: list[Trigger]
    casualties: list[CasualtyMention]
    effect: bool = False
    opener: str = ""


def clauses_of(
    words: Words, start: int, end: int, triggers: list[Trigger], casualties: list[CasualtyMention], cues: Cues
) -> list[Clause]:
    """The clauses of the sentence [start, end) in order; together they cover it."""
    heads = {c.head for c in casualties if not c.part} | {t.start for t in triggers}
    cuts = [start]
    for index in range(start + 1, end):
        if _is_cut(words, index, start, end, heads, triggers, cues):
            cuts.append(index)
    clauses = []
    for at, stop in zip(cuts, [*cuts[1:], end], strict=True):
        clauses.append(
            Clause(
                at,
                stop,
                [t for t in triggers if at <= t.start < stop],
                [c for c in casualties if at <= c.head < stop],
                effect=_effect_opens(words, at, stop, cues),
                opener=_opener(words, at, stop, cues),
            )
        )
    return clauses


def _is_cut(
    words: Words, index: int, start: int, end: int, heads: set[int], triggers: list[Trigger], cues: Cues
) -> bool:
    """Whether a new clause begins at `index`: an opener, or "and"/a comma before a verb that tells something."""
    norms = words.norms
    previous = words.skip_back(index - 1, start)
    after_stop = previous >= start and norms[previous] in _STOPS
    conjunction = norms[index] == "و" and words.tags[index] == "CLITIC"
    if cues.openers.longest_at(norms, index, end) is not None:
        return after_stop or conjunction or norms[index] not in cues.soft_openers
    if after_stop and _tells_effect(words, index, end, cues):
        return True
    first = words.skip_forward(index + 1, end) if conjunction else index
    if not (conjunction or after_stop) or first >= end:
        return False
    if cues.openers.longest_at(norms, first, end) is not None:
        return True
    return _starts_with_verb(words, first, end, heads, cues) and not _is_joined_noun(
        words, index, first, start, triggers
    )


def _starts_with_verb(words: Words, first: int, end: int, heads: set[int], cues: Cues) -> bool:
    """Whether the first words are a verb that tells something, perhaps behind "was", "had" or a light verb."""
    for index in range(first, min(end, first + 2)):
        if index in heads or words.norms[index] in cues.light or words.norms[index] in cues.speech:
            return True
        if words.norms[index] not in cues.auxiliaries:
            return False
    return first + 2 < end and words.norms[first] in cues.auxiliaries


def _is_joined_noun(words: Words, index: int, first: int, start: int, triggers: list[Trigger]) -> bool:
    """Whether "and" joins two verbal nouns of one clause ("the killing and wounding of")."""
    if words.norms[index] != "و":
        return False
    previous = words.skip_back(index - 1, start)
    return any(t.start <= previous < t.end and t.meaning.form == "noun" for t in triggers) and first == index + 1


def _tells_effect(words: Words, index: int, end: int, cues: Cues) -> bool:
    return _effect_opens(words, index, end, cues)


def _effect_opens(words: Words, start: int, end: int, cues: Cues) -> bool:
    """Whether the clause begins with "which led to", "and left behind" …"""
    index = start
    while index < end and (words.norms[index] in cues.effect_particles or words.tags[index] in ("SPACE", "PUNCT")):
        index += 1
    return index < end and words.norms[index] in cues.effect_verbs


def _opener(words: Words, start: int, end: int, cues: Cues) -> str:
    index = words.skip_forward(start, end)
    while index < end and (words.norms[index] in ("و", "ف") or words.norms[index] in _STOPS):
        index += 1
    found = cues.openers.longest_at(words.norms, index, end) if index < end else None
    return found[1] if found else ""
