"""Counts people who are told of by name, one after another: "the killing of A (20 years old), B and the child C"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kgbuild.pipeline.annotations import Number
from kgbuild.pipeline.casualty_rules.people import PeopleReader
from kgbuild.pipeline.words import COMMAS

_REACH = 12
"""Tokens between two names of a list."""
_LONGEST_NOTE = 8
_QUOTES = frozenset('"(')


@dataclass(frozen=True, slots=True)
class NameCounter:
    """Steps from name to name; `persons` and `numbers` by first token, as in PhraseReader."""

    reader: PeopleReader
    persons: Mapping[int, int]
    numbers: Mapping[int, Number]

    def count(self, index: int, limit: int) -> tuple[int, int]:
        """How many are named from the person at `index` on, and where the last name ends."""
        count, end = 1, self.persons[index]
        while (following := self._next(end, limit)) is not None:
            count, end = count + 1, self.persons[following]
        return count, end

    def behind_each(self, index: int, limit: int) -> int | None:
        """Where the first name stands behind "each of" at `index`, if one does: "*each of* the men (A, B and C)"."""
        if index + 1 >= limit or not (self._is("each", index) and self._is("of", index + 1)):
            return None
        at = self._past_quotes(index + 2, limit)
        if at < limit and at not in self.persons and self.reader.is_people(at):
            at = self._past_quotes(at + 1, limit)
        return at if at in self.persons else None

    def _past_quotes(self, at: int, limit: int) -> int:
        while at < limit and (self.reader.words.norms[at] in _QUOTES or self.reader.words.tags[at] == "SPACE"):
            at += 1
        return at

    def _next(self, end: int, limit: int) -> int | None:
        """The next name: behind the age of who was named or what brackets tell of him, a comma or "and"."""
        at, joined = end, False
        while at < min(limit, end + _REACH):
            if at in self.persons:
                return at if at > end else None
            past = self._past_note(at, limit)
            if past == at and not joined and not self._joins(at):
                return None
            if past == at and joined and not self._joins(at) and not self._is_title(at):
                return None
            joined = joined or (past == at and self._joins(at))
            at = max(past, at + 1)
        return None

    def _joins(self, at: int) -> bool:
        words = self.reader.words
        return self._is("and", at) or words.norms[at] in COMMAS or words.tags[at] in ("PUNCT", "SPACE")

    def _is_title(self, at: int) -> bool:
        """Whether a noun says who the next one named is: "and *the child* C"."""
        definite = self.reader.words.norms[at].startswith("ال")
        return definite and self.reader.is_people(at) and at + 1 in self.persons

    def _past_note(self, at: int, limit: int) -> int:
        norms, near = self.reader.words.norms, range(at + 1, min(limit, at + _LONGEST_NOTE))
        if norms[at] == "(" and (close := next((i for i in near if norms[i] == ")"), None)) is not None:
            return close + 1
        if at in self.numbers:
            return self.numbers[at].end
        return at + 1 if self._is("ages", at) else at

    def _is(self, kind: str, index: int) -> bool:
        return self.reader.lexicon.has(kind, self.reader.words.norms[index])
