"""Persons after titles, ranks, kin and victims' nouns, names by their shape, families, and groups of people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.arabic.inflect import adjective_forms
from kgbuild.pipeline.entity_rules.families import FamilyRules
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.names import OPENING_QUOTES, is_rare, speech_verbs
from kgbuild.pipeline.entity_rules.person_names import PersonNames, person_words
from kgbuild.pipeline.entity_rules.sources import Sources
from kgbuild.pipeline.entity_rules.view import View
from kgbuild.pipeline.lexicon import adjectives_of_nation

_TITLE_REACH = 9
_AT_ONCE = frozenset(("ranks", "people", "called", "kin"))


@cache
def _of_nations() -> frozenset[str]:
    nations = section("nationalities", "nation").values()
    return frozenset(
        form for nation in nations for word in adjectives_of_nation(nation) for form in adjective_forms(word)
    )


class PersonRules:
    """Proposes persons and families in one document."""

    def __init__(self, view: View, sources: Sources, names: PersonNames) -> None:
        self._view = view
        self._sources = sources
        self._names = names
        self._families = FamilyRules(view, sources, names)

    def __call__(self, start: int) -> Iterator[Found]:
        """The persons named from this word on, and those a title at this word announces."""
        view, limit = self._view, self._view.line_end(start)
        title = self._sources.roles.longest(view.stems, start, limit)
        if title is not None:
            yield from self._titled(title[0], title[1], limit)
        famous = self._sources.famous.longest(view.exact, start, limit)
        if famous is not None and not self._names_place(start):
            yield Found(start, famous[0], "Person", rank=2, confidence=0.7)
        end = self._names.name_end(start, limit)
        if end is not None:
            yield Found(start, end, "Person", rank=1, confidence=0.75)
        elif start and view.norms[start - 1] in speech_verbs() and not view.breaks[start]:
            end = self._names.foreign_end(start, limit)
            if end is not None:
                yield Found(start, end, "Person", rank=1, confidence=0.7)
        if self._families.may_begin(start):
            yield from self._families(start, limit)

    def _names_place(self, start: int) -> bool:
        """البغدادي is a town, too: after a head noun or a preposition of place."""
        return start > 0 and self._sources.place_heads.longest(self._view.stems, start - 1, start) is not None

    def _titled(self, at: int, kind: str, limit: int) -> Iterator[Found]:
        """The name after a title: at once, or behind what the title governs (وزير الدفاع العراقي خالد العبيدي)."""
        if kind in ("ranks", "people"):
            at = self._past_complements(at, limit)
        serves = kind == "ranks" and at < limit and self._view.norms[at] == "في"  # العميد في شرطة نينوى محمد الجبوري
        reach = min(limit, at + (1 if kind in _AT_ONCE and not serves else _TITLE_REACH))
        starts = [self._past_mark(index, limit, called=kind == "called") for index in self._governed(at, reach)]
        for begin in starts:
            titled = begin > at and self._closes_title(begin - 1)
            end = self._names.name_end(begin, limit, titled=titled) if begin < limit else None
            if end is not None:
                yield Found(begin, end, "Person", rank=3, confidence=0.9)
                return
        if kind in ("people", "ranks") and not self._view.definite(at - 1):
            return
        for begin in starts:
            end = self._names.foreign_end(begin, limit) if begin < limit else None
            if end is not None:
                yield Found(begin, end, "Person", rank=3, confidence=0.8)
                return
        if kind == "called" and starts and starts[0] < limit and self._is_single(starts[0], limit):
            yield Found(starts[0], starts[0] + 1, "Person", rank=2, confidence=0.7)

    def _past_complements(self, at: int, limit: int) -> int:
        """Past what may stand between a rank and the name (العقيد الركن, الجنرال الأميركي)."""
        view = self._view
        while at < limit and view.tags[at] == "WORD":
            of_nation = view.definite(at) and view.lemmas[at] in _of_nations()
            if not of_nation and view.norms[at] not in person_words("title", "complements"):
                return at
            at += 1
        return at

    def _governed(self, at: int, reach: int) -> Iterator[int]:
        """The words that a title may govern, and the one after them."""
        view = self._view
        for index in range(at, reach):
            yield index
            ends = view.tags[index] not in ("WORD", "CLITIC") and view.norms[index] not in ("،", ",", '"')
            if ends or view.norms[index] in person_words("title", "clauses") or view.norms[index] == "و":
                return

    def _closes_title(self, index: int) -> bool:
        """Whether nothing indefinite can belong to the title any more: a definite word or a comma stands here."""
        return self._view.definite(index) or self._view.norms[index] in ("،", ",")

    def _past_mark(self, index: int, limit: int, *, called: bool) -> int:
        marks = OPENING_QUOTES | {"،", ",", ":"} | ({"ب"} if called else set())
        while index < limit and self._view.norms[index] in marks:
            index += 1
        return index

    def _is_single(self, index: int, limit: int) -> bool:
        view = self._view
        return view.tags[index] == "WORD" and (self._names.is_given(index) or is_rare(view.norms[index]))
