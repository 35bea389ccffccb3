"""Actors that no list knows, by their names behind a head noun (لواء المعتصم, شبكة المحرر الإعلامية)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.front_lines import is_front_line
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.names import (
    Names,
    given_names,
    is_adjective,
    is_rare,
    opening_words,
    plain_adjectives,
)
from kgbuild.pipeline.entity_rules.person_names import PersonNames
from kgbuild.pipeline.entity_rules.sources import Head, Sources, adjectives_of
from kgbuild.pipeline.entity_rules.view import View

_LONGEST_NAME = 5
_OFFICE = 6


class HeadedActors:
    """Proposes them in one document."""

    def __init__(self, view: View, sources: Sources, names: Names, persons: PersonNames) -> None:
        self._view = view
        self._sources = sources
        self._names = names
        self._persons = persons
        self._outlets = adjectives_of("actor_heads", "title", "outlets")
        self._suffixes = adjectives_of("actor_heads", "title", "suffixes")

    def named(self, start: int, end: int, head: Head, limit: int) -> Iterator[Found]:
        """The actor of the name, in quotes or not, behind the head noun of words [start, end)."""
        view = self._view
        if self._is_other(start, head):
            return
        quoted = self._names.quoted(end, limit)
        if quoted is not None and view.norms[end] == '"':
            context = self._sources.contexts.longest(view.exact, quoted[0], quoted[1])
            if context is not None and context[0] == quoted[1]:
                return
            if view.lemmas[quoted[0]] in _not_names():
                return  # a platform (موقع "تويتر")
            known = self._sources.actors.longest(view.exact, quoted[0], quoted[1])
            if head.quoted and known is not None and known[0] == quoted[1]:
                return  # some of them (تجمع "قسد")
            stop = self._past_suffix(quoted[1] + 1, limit)
            name = " ".join(view.texts[start:end] + view.texts[quoted[0] : quoted[1]])
            yield Found(start, stop, head.cls, head=head.stem, rank=3, open=True, confidence=0.8, name=name)
            return
        second = None if view.definite(end) else self._sources.actor_heads.longest(view.stems, end, limit)
        if second is not None and second[1].cls == head.cls == "ArmedGroup":
            return  # فصيل لواء المعتصم: the second noun heads the name
        several = self._sources.forms.number(view.lemmas[start], head.stem.split()[0]).number != "singular"
        if head.quoted:
            yield from self._outlet(start, end, head, limit)
        if head.quoted or (several and head.cls != "ArmedGroup") or not self._opens_name(end, limit):
            return
        if head.stem == "جبهه" and (
            self._sources.places.longest(view.exact, end, limit) or is_front_line(view, start, limit)
        ):
            return  # a front near a place, not a group
        named = self._name_stop(end, limit)
        if named is not None:
            named = self._before_person(start, range(end, named), limit)
            yield Found(start, named, head.cls, head=head.stem, rank=2, open=True, confidence=0.7)

    def _is_other(self, start: int, head: Head) -> bool:
        """مواقع "داعش" are positions and no web site; فرقه are his teams."""
        view = self._view
        if head.stem == "موقع":
            return self._sources.forms.number(view.lemmas[start], head.stem).number != "singular"
        return head.stem == "فرقه" and view.texts[start].endswith("ه")

    def _outlet(self, start: int, end: int, head: Head, limit: int) -> Iterator[Found]:
        """شبكة المحرر الإعلامية: a name that its epithet closes."""
        view = self._view
        for stop in range(end + 1, min(limit, end + 4)):
            if self._names.ends_name(stop - 1):
                return
            if view.lemmas[stop] in self._outlets and view.definite(stop):
                yield Found(start, stop + 1, "MediaOrganization", head=head.stem, rank=2, confidence=0.8)
                return

    def _past_suffix(self, at: int, limit: int) -> int:
        view = self._view
        if at + 1 < limit and view.norms[at] == "ل" and view.lemmas[at + 1] == "انباء":
            return at + 2
        return at + 1 if at < limit and view.lemmas[at] in self._suffixes and view.definite(at) else at

    def _opens_name(self, at: int, limit: int) -> bool:
        """Whether a name rather than a description follows: definite, hardly ever written, or opening a name."""
        view = self._view
        if at < limit and view.lemmas[at] in _openers() and not view.breaks[at]:
            return True
        if at >= limit or view.tags[at] not in ("WORD", "LATIN") or view.breaks[at] or self._names.ends_name(at):
            return False
        if view.norms[at] in _not_names() or view.lemmas[at] in _not_names():
            return False
        if view.tags[at] == "LATIN" or view.definite(at):
            return view.lemmas[at] not in plain_adjectives()
        if view.norms[at] in given_names() or view.lemmas[at] in ("ابو", "ابي", "ابن"):
            return True
        known = self._sources.places.longest(view.exact, at, limit) is not None
        follows = at + 1 < limit and view.definite(at + 1) and not self._names.ends_name(at + 1)
        return known or is_rare(view.norms[at]) or view.lemmas[at] in opening_words() or follows

    def _name_stop(self, at: int, limit: int) -> int | None:
        view, names = self._view, self._names
        if view.lemmas[at] in _openers() and at + 1 < limit:
            return names.name_end(at + 1, limit)
        place = self._sources.places.longest(view.exact, at, limit)
        long = place[0] if place is not None and place[0] > at + 1 else None
        end = long or self._persons.name_end(at, limit) or names.name_end(at, limit)
        if end is None:
            return None
        while end < min(limit, at + _LONGEST_NAME) and view.definite(end) and not names.ends_name(end):
            if not is_adjective(view.lemmas[end]):
                break
            end += 1
        return end

    def _before_person(self, start: int, name: range, limit: int) -> int:
        """The end without the name of whom an office before announces (قائد لواء التوحيد عبد القادر الصالح)."""
        view = self._view
        for index in name[2 if view.lemmas[name.start] in _openers() else 1 :]:
            if view.norms[index] in given_names() and (self._persons.name_end(index, limit) or 0) >= name.stop:
                before = range(max(0, start - _OFFICE), start)
                offices = (self._sources.roles.longest(view.stems, office, start) for office in before)
                return index if any(offices) else name.stop
        return name.stop


@cache
def _openers() -> frozenset[str]:
    """First words of groups' names that rule a name out elsewhere (شهداء)."""
    return frozenset(fold_text(word) for word in section("actor_heads", "openers", "words"))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("actor_heads", "not_names", "words"))
