"""Facilities: common nouns, with the name that belongs to them (جامع حي السباهية, فرن عنيزان)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kgbuild.pipeline.entity_rules.days import day_end
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.lexicon import section, stems_of
from kgbuild.pipeline.entity_rules.meanings import means_otherwise
from kgbuild.pipeline.entity_rules.names import Names, is_adjective, is_rare, opening_words
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.entity_rules.person_names import PersonNames
from kgbuild.pipeline.entity_rules.posts import PostRules
from kgbuild.pipeline.entity_rules.sources import Sources, adjective_set
from kgbuild.pipeline.entity_rules.view import View
from kgbuild.vocab import GROUP_OF

_LONGEST_NAME = 4
_TO = frozenset(("إلى", "الى"))  # folded, it reads like آلي


@cache
def _classes(part: str) -> frozenset[str]:
    return frozenset(section("facilities", "nameable", part))


@cache
def _attributes() -> frozenset[str]:
    return adjective_set(f"{word}*" for word in section("facilities", "attributes", "words"))


@cache
def _naming() -> frozenset[str]:
    return adjective_set(f"{word}*" for word in section("facilities", "attributes", "naming"))


@cache
def _sides() -> frozenset[str]:
    return adjective_set(section("place_heads", "direction", "adjectives"))


class FacilityRules:
    """Proposes facilities in one document."""

    def __init__(self, view: View, sources: Sources, names: Names, persons: PersonNames) -> None:
        self._view = view
        self._sources = sources
        self._names = names
        self._persons = persons
        self._posts = PostRules(view, sources)
        self._housed = stems_of("facilities", "housed", "nouns")

    def __call__(self, start: int) -> Iterator[Found]:
        """The facilities that begin at this word."""
        view = self._view
        limit = view.line_end(start)
        found = self._sources.facilities.longest(view.stems, start, limit)
        named = self._sources.named_facilities.longest(view.stems, start, limit)
        posted = self._posts.may_begin(start)
        if found is None and named is None and not posted:
            return
        place = self._sources.places.longest(view.exact, start, limit, passing="_")
        if place is not None and place[0] > start + 1 and GROUP_OF[place[1][0].cls] == "place":
            return  # a place of this name, such as جسر الشغور
        if found is not None and found[0] == start + 1 and means_otherwise(view, start, "facilities"):
            found = None
        if found is not None and (named is None or found[0] >= named[0]):
            proposal = self._facility(start, found[0], found[1], limit)
            yield from self._listed(start, proposal, limit)
            if not (proposal.generic and proposal.end == start + 1 and self._incomplete(start)):
                yield self._one_of_two(proposal)
        if named is not None and named[0] == start + 1 and means_otherwise(view, start, "facilities"):
            named = None
        if named is not None and (found is None or named[0] >= found[0]) and self._singular(start):
            proposal = self._facility(start, named[0], named[1], limit)
            if not proposal.generic:
                yield proposal
        if posted:
            yield from self._posts(start, limit)

    def _listed(self, start: int, first: Found, limit: int) -> Iterator[Found]:
        """The second of two that a dual names: مطاري النيرب وكويرس."""
        view, at = self._view, first.end
        form = self._sources.forms.number(view.lemmas[start], first.head or "")
        if first.generic or form.number != "dual" or at + 1 >= limit or view.norms[at] != "و":
            return
        stop = self._place(at + 1, limit) or self._names.name_end(at + 1, limit)
        if stop is not None:
            name = " ".join((first.head or "", *view.written[at + 1 : stop]))
            yield Found(at + 1, stop, first.cls, head=first.head, rank=4, confidence=0.7, name=name)

    def _one_of_two(self, first: Found) -> Found:
        """The first of two that a dual names, called by the singular (مطاري النيرب وكويرس: مطار النيرب)."""
        view, at = self._view, first.start + 1
        form = self._sources.forms.number(view.lemmas[first.start], first.head or "")
        if first.generic or form.number != "dual" or first.name is not None:
            return first
        return replace(first, name=" ".join((first.head or "", *view.written[at : first.end])))

    def _singular(self, start: int) -> bool:
        view = self._view
        return self._sources.forms.number(view.lemmas[start], view.stems[start][-1]).number == "singular"

    def _incomplete(self, start: int) -> bool:
        """Whether the form is one that only stands before a genitive (سوقي), which is not there."""
        view = self._view
        stem = view.stems[start][-1]
        return not view.owned[start] and self._sources.forms.number(view.lemmas[start], stem).construct

    def _facility(self, start: int, end: int, cls: str, limit: int) -> Found:
        head = self._view.stems[start][-1]
        after = self._past_attributes(start, end, limit)
        stop, named, placed = self._name(start, after, cls, limit)
        if named:
            stop = self._past_attributes(after, stop, limit, definite=True)
        elif cls == "GovernmentBuilding" and after < limit and nation_of(self._view.lemmas[after]):
            stop, named = after + 1, self._view.definite(after)
        naming = any(self._view.lemmas[i] in _naming() and self._view.definite(i) for i in range(end, after))
        generic = not named and not (naming and self._view.definite(start))
        return Found(start, stop, cls, head=head, generic=generic, rank=3 + named, open=placed)

    def _past_attributes(self, start: int, end: int, limit: int, *, definite: bool | None = None) -> int:
        view = self._view
        bears = view.definite(start) if definite is None else definite
        while end < limit and view.tags[end] == "WORD" and not view.breaks[end]:
            known = view.lemmas[end] in _attributes() or (bears and view.lemmas[end] in _naming())
            if not known or view.definite(end) != bears or view.texts[end] in _TO:
                break
            if not bears and view.lemmas[end] in _sides():
                break  # منزله شرقي المدينة: where, not which
            end += 1
        return end

    def _name(self, start: int, end: int, cls: str, limit: int) -> tuple[int, bool, bool]:
        """(end, whether named, whether after a place or an actor) of what may follow the noun."""
        view = self._view
        if end >= limit or view.breaks[end]:
            return end, False, False
        if cls == "Headquarters" and end == start + 1 and not view.definite(start):
            holder = self._sources.actors.longest(view.exact, end, limit) or self._common_holder(end, limit)
            if holder is not None:
                return holder[0], True, True
        if view.norms[end - 1] == "بيع" and view.definite(end):
            return end + 1, True, False  # سوق لبيع الطيور
        if self._view.has_stem(start, self._housed) and end == start + 1 and not view.definite(start):
            holder = self._common_holder(end, limit)
            if holder is not None:
                return holder[0], True, cls not in ("School", "University")
        if cls not in _classes("classes"):
            return end, False, False
        if view.tags[end] == "NUM" and end == start + 1:
            return day_end(view, end, limit) or end + 1, True, False
        quoted = self._names.quoted(end, limit)
        if quoted is not None and view.norms[end] != "(":
            return quoted[1] + 1, True, False
        if cls in _classes("placed"):
            stop = self._place(end, limit)
            if stop is not None and not view.definite(start):
                return stop, True, True
        stop = self._proper(start, end, limit)
        return (stop, True, not self._is_person(end, stop, limit)) if stop is not None else (end, False, False)

    def _common_holder(self, at: int, limit: int) -> tuple[int, str] | None:
        """Police, the army: a body named by a common noun, where it is definite."""
        view, found = self._view, self._sources.common_actors.longest(self._view.stems, at, limit)
        if found is None or not view.definite(found[0] - 1):
            return None
        nation = found[0] < limit and view.definite(found[0]) and nation_of(view.lemmas[found[0]]) is not None
        return found[0] + nation, found[1]

    def _is_person(self, start: int, end: int, limit: int) -> bool:
        return self._persons.name_end(start, limit) == end

    def _place(self, at: int, limit: int) -> int | None:
        view = self._view
        head = self._sources.place_heads.longest(view.stems, at, limit)
        if head is not None and not view.definite(at):
            return self._names.name_end(head[0], limit) if head[0] < limit else None
        if head is not None:
            return None
        known = self._sources.places.longest(view.exact, at, limit)
        return known[0] if known is not None else None

    def _proper(self, start: int, at: int, limit: int) -> int | None:
        """The end of an unknown name after a bare singular noun."""
        view, names = self._view, self._names
        stem = view.stems[start][-1]
        written = view.lemmas[start]
        if view.definite(start) or written != stem or self._sources.forms.number(written, stem).number != "singular":
            return None
        if self._sources.actors.longest(view.exact, at, limit) or self._sources.place_heads.longest(
            view.stems, at, limit
        ):
            return None
        end = self._persons.name_end(at, limit)
        if end is not None:
            return end
        end = names.name_end(at, limit)
        if end is None:
            return None
        proper = view.definite(at) or is_rare(view.norms[at]) or view.lemmas[at] in opening_words() or end - at > 1
        if not proper and not self._sources.places.longest(view.exact, at, limit):
            return None
        while end < min(limit, at + _LONGEST_NAME) and view.definite(end) and is_adjective(view.lemmas[end]):
            if names.ends_name(end):
                break
            end += 1
        return end
