"""Families and tribes: عائلة الدهوك, عشيرة البونمر, آل الأسد."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.lexicon import stems_of
from kgbuild.pipeline.entity_rules.names import is_rare, name_stops, plain_adjectives
from kgbuild.pipeline.entity_rules.sources import Sources
from kgbuild.pipeline.entity_rules.view import View


class GivenNames(Protocol):
    """What is known of the parts of persons' names."""

    def is_given(self, index: int) -> bool:
        """Whether a given name stands here."""

    def part(self, start: int, limit: int) -> int:
        """The end of one part of a name, compounds taken whole."""


class FamilyRules:
    """Proposes families in one document."""

    def __init__(self, view: View, sources: Sources, persons: GivenNames) -> None:
        self._view = view
        self._sources = sources
        self._persons = persons
        self._nouns = stems_of("persons", "family", "heads") | stems_of("persons", "family", "tribes")

    def may_begin(self, start: int) -> bool:
        """Whether a word for a family stands here."""
        return self._view.has_stem(start, self._nouns) or self._view.texts[start] == "آل"

    def _is_role(self, index: int) -> bool:
        """عائلة الضحية names no family."""
        found = self._sources.roles.longest(self._view.stems, index, index + 1)
        form = self._sources.forms.number(self._view.lemmas[index], self._view.stems[index][-1])
        return found is not None and not self._view.owned[index] and not form.construct

    def __call__(self, start: int, limit: int) -> Iterator[Found]:
        """The families named from such a word on: عائلة الدهوك, عائلتي الدهوك والحسين."""
        view, at = self._view, start + 1
        stem = view.stems[start][-1]
        several = self._sources.forms.number(view.lemmas[start], stem).number != "singular"
        counted = self._sources.forms.number(view.lemmas[start], stem).number
        if view.definite(start) or view.owned[start] or at >= limit or counted == "plural" or self._is_role(at):
            return
        first = True
        while at < limit and view.tags[at] == "WORD" and view.norms[at] not in name_stops():
            proper = (
                view.definite(at) or self._persons.is_given(at) or is_rare(view.norms[at]) or view.norms[at] == "ال"
            )
            if not proper or view.lemmas[at] in plain_adjectives():
                return
            end = self._persons.part(at, limit)
            yield Found(start if first and not several else at, end, "Family", head=stem, rank=3, confidence=0.8)
            if not several or end + 1 >= limit or view.norms[end] not in ("و", "،"):
                return
            first, at = False, end + 1
