"""Which capitalised names of an English text are persons: by given names, titles, speech and apposition."""

from __future__ import annotations

from collections.abc import Callable

from kgbuild.pipeline.english_sources import EnglishSources
from kgbuild.pipeline.entity_rules.view import View

_LONGEST_TITLE = 3
_LONGEST_OFFICE = 9
"""Words that a title in apposition may take up before the name ("a colonel in the federal police, X, was")."""
_NEAR = 5
_ENDS = frozenset(".;:!?,")
_LONGEST_NAME = 4


class EnglishPersons:
    """Tells persons of one document. `is_capital` says whether a word may be part of a name."""

    def __init__(self, view: View, sources: EnglishSources, is_capital: Callable[[int], bool]) -> None:
        self._view = view
        self._words = sources.persons
        self._locating = sources.locating.at
        self._is_capital = is_capital

    def names(self, start: int, end: int, *, placed: bool) -> bool:
        """Whether words [start, end) name a person; `placed` says that they name a place as well."""
        view, words = self._view, self._words
        first, parts = view.norms[start], sum(self._is_capital(i) for i in range(start, end))
        if first in words.kunya:
            return start == 0 or view.norms[start - 1] not in self._locating
        if first in words.given and parts > 1:
            return True
        if self.is_titled(start):
            return True
        if placed or not 2 <= parts <= _LONGEST_NAME:
            return False
        return self._speaks(start, end) or self._is_introduced(start, end) or self._is_described(end)

    def _speaks(self, start: int, end: int) -> bool:
        view = self._view
        speaks = end < len(view) and view.norms[end] in self._words.speech
        return speaks or (start > 0 and view.norms[start - 1] in ("said", "told"))

    def is_titled(self, start: int) -> bool:
        """Whether a title ends right before this word."""
        return self._title_in(max(0, start - _LONGEST_TITLE), start, ending=start)

    def _is_introduced(self, start: int, end: int) -> bool:
        """ "a colonel in the federal police, Haider Jabbar, was": a title that a comma parts from the name."""
        view = self._view
        closed = end >= len(view) or view.norms[end] in _ENDS or view.norms[end] in ("who", "(")
        if not closed or start < 2 or view.norms[start - 1] != ",":
            return False
        floor = max(0, start - 1 - _LONGEST_OFFICE)
        opening = next((i for i in range(start - 2, floor - 1, -1) if view.norms[i] in _ENDS), floor - 1)
        return self._title_in(opening + 1, start - 1)

    def _is_described(self, end: int) -> bool:
        """ "Ruba Selim, a teacher at the school": a title right behind the comma."""
        view = self._view
        if end >= len(view) or view.norms[end] != ",":
            return False
        limit = min(len(view), end + 1 + _NEAR)
        closing = next((i for i in range(end + 1, limit) if view.norms[i] in _ENDS or view.breaks[i]), limit)
        return self._title_in(end + 1, closing)

    def _title_in(self, begin: int, limit: int, *, ending: int | None = None) -> bool:
        found = (self._words.titles.longest(self._view.exact, i, limit) for i in range(begin, limit))
        return any(one is not None and (ending is None or one[0] == ending) for one in found)
