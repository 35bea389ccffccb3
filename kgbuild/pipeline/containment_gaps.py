"""The words between two places, without what only describes the first: adjectives, whose it is, who holds it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

from kgbuild.pipeline.containment_words import joins
from kgbuild.pipeline.entity_rules.names import is_rare, name_stops, plain_adjectives, verb_stops
from kgbuild.pipeline.words import Words

LONGEST_GAP = 5
_LONGEST_CLAUSE = 14
_ARTICLE = "ال"
_MOST_ADJECTIVES = 2
_MOST_OWNERS = 4
_OF = "ل"


class Gaps:
    """Reads them in one document; `actors` and `persons` are the (start, end) of their names."""

    def __init__(
        self, words: Words, actors: Sequence[tuple[int, int]], persons: Sequence[tuple[int, int]] = ()
    ) -> None:
        self._words = words
        self._actors = actors
        self._names = {index for name in (*actors, *persons) for index in range(*name)}

    def between(self, start: int, end: int, *, owned: bool = False) -> list[str] | None:
        """The words between two places, a clause on who holds the first one left out; None where they are too many.

        `owned`: the first one is a building, behind whose noun stands whose it is (منزل العميد علي في تلعفر).
        """
        if end - start > 4 * _LONGEST_CLAUSE:
            return None
        words = self._words
        gap = self._past_adjectives([i for i in range(start, end) if words.tags[i] != "SPACE"])
        gap = self._past_owner(gap) if owned else gap
        held = set(chain.from_iterable(self._actors_between(start, end)))
        first = words.norms[gap[0]] if gap else ""
        clause = first in joins("clause_openers") or (bool(held) and (gap[0] in held or first in joins("owners")))
        if gap and len(gap) <= _LONGEST_CLAUSE and clause:
            gap = [i for i in gap if i not in held and words.norms[i] not in joins("clause")]
        return [words.norms[i] for i in gap] if len(gap) <= LONGEST_GAP else None

    def _past_adjectives(self, gap: list[int]) -> list[int]:
        """The words without the adjectives before them that still belong to the name: الجامع الأموي الكبير في حلب."""
        norms = self._words.norms
        ends = tuple(joins("adjective_ends"))
        for number, index in enumerate(gap):
            word = norms[index]
            described = word.endswith(ends) or self._words.lemmas[index] in plain_adjectives()
            named = word in joins("adjectives") or (word.startswith(_ARTICLE) and described)
            named = named or (not number and self._is_unread(index))
            if not named or any(word in joins(part) for part in ("not_adjectives", "words", "beside")):
                return gap[number:] if number <= _MOST_ADJECTIVES else gap
        return gap

    def _past_owner(self, gap: list[int]) -> list[int]:
        """The words behind whose a building is, where they say at once in what it lies (نقطة تفتيش للصحوة في يثرب)."""
        norms = self._words.norms
        first = next((n for n, i in enumerate(gap) if self._words.lemmas[i] not in plain_adjectives()), 0)
        of = bool(gap) and norms[gap[first]] == _OF
        first += of
        for number, index in enumerate(gap[first : first + _MOST_OWNERS + 1], first):
            if index in self._names:
                continue
            if norms[index] in joins("inside"):
                return gap[number:] if number > first else gap
            noun = self._words.tags[index] == "WORD" and norms[index] not in name_stops() | verb_stops()
            if not noun or not (of or norms[index].startswith(_ARTICLE)):
                return gap
        return gap

    def _is_unread(self, index: int) -> bool:
        """Whether a word hardly ever written follows a name at once: the rest of it (حي السبع بحرات)."""
        norm = self._words.norms[index]
        return self._words.tags[index] == "WORD" and not norm.startswith(_ARTICLE) and is_rare(norm)

    def _actors_between(self, start: int, end: int) -> Iterator[range]:
        for position in range(bisect_left(self._actors, (start, 0)), len(self._actors)):
            if self._actors[position][0] >= end:
                return
            yield range(*self._actors[position])
