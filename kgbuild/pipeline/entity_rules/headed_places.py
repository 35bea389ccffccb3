"""Places named behind a head noun: one name (قرية معلك), or several behind a dual or plural (قريتا معلك وصيدا)."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.arabic.inflect import strip_suffix
from kgbuild.pipeline.entity_rules.areas import AreaRules, place_words, referring_heads
from kgbuild.pipeline.entity_rules.days import day_end
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.known_kinds import KnownKinds
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.listed_names import ListedNames
from kgbuild.pipeline.entity_rules.names import Names, is_rare, opening_words
from kgbuild.pipeline.entity_rules.sources import Head, Sources
from kgbuild.pipeline.entity_rules.view import View

_WIDE = frozenset(("City", "Town", "Governorate"))
_CALLED_AFTER = frozenset(("Neighbourhood", "Village", "Town"))


class HeadedPlaces:
    """Proposes them in one document."""

    def __init__(self, view: View, sources: Sources, names: Names, areas: AreaRules) -> None:
        self._view = view
        self._sources = sources
        self._names = names
        self._areas = areas
        self._kinds = KnownKinds(view, sources)
        self._listed = ListedNames(view, sources, names)

    def named(self, start: int, end: int, head: Head, limit: int, *, known_only: bool = False) -> Iterator[Found]:
        """The name after a singular head, or the names after a dual or plural one."""
        view = self._view
        (at, second), several = self._skip_second_head(end, limit), self.several(end - 1, head)
        at, called = self._listed.skip_naming(at, limit)
        at += several and at < limit and view.norms[at] == ":"  # "the villages: A, B"
        if at >= limit or not self._may_be_named(end - 1, head, at, limit, several=several):
            return
        known_only |= head.stem in place_words("known_only")
        front, first = self._is_front(head, start, end), True
        while at < limit:
            item = self._listed.item(at, limit, listed=several, joined=not first)
            if item is None or (known_only and not self._sources.places.longest(view.exact, at, limit)):
                return
            inner, stop, name = item
            if not first and name is None and self._is_thing(inner, limit):
                return
            if several and stop < limit and self.heads_at(stop, limit):
                return  # حرش قرية صوغوناكة: a noun that governs the next name
            whole = first and not several and not front and not called
            stop = view.closed(start, stop) if whole else stop
            cls = self._areas.class_of(head, inner, stop)
            cls = self._kinds.of_two(inner, stop, head.cls, second.cls) if second else cls
            cls = "Neighbourhood" if whole and self._kinds.is_quarter(start, stop, limit) else cls
            cls = self._kinds.class_in_area(inner, stop, cls) if several else cls
            yield Found(start if whole else inner, stop, cls, head=None if front else head.stem, name=name, rank=3)
            if not several and not front:
                return
            first = False
            following = self._listed.next_item(stop, limit)
            if following is None:
                return
            at = following

    def _may_be_named(self, index: int, head: Head, at: int, limit: int, *, several: bool) -> bool:
        """Whether a name may begin at `at` behind the head noun whose last word is at `index`."""
        quarter = (
            head.cls == "Neighbourhood" and not several and self._view.norms[at] in place_words("not_names", "quarters")
        )
        if self._names_nothing(at, limit) and not quarter:
            return False
        listed = several and self._kinds.known_as(head.cls, at, limit)
        named = (
            listed
            or self._kinds.is_called_after_road(head, at, limit)
            or self._is_called_after(head, at, several=several)
        )
        if self.heads_at(at, limit) and not named:
            return False
        known = self._sources.places.longest(self._view.exact, at, limit)
        word, wide = self._view.norms[at], known is not None and known[1][0].cls in _WIDE | {"Country"}
        if head.stem in place_words("rare_only") and (wide or not (is_rare(word) or word in opening_words())):
            return False
        plural = several and not self._is_dual(index, head)
        if plural and known is not None and head.cls in ("Neighbourhood", "Area", "Road") and known[1][0].cls in _WIDE:
            return False  # the quarters, the streets of a city: the city is what is named
        return self._takes_name(index, head)

    def _is_called_after(self, head: Head, at: int, *, several: bool) -> bool:
        """Whether a settlement or quarter is called after a mountain, a plain … (حي جبل بدرو, قرية وادي قاق)."""
        return head.cls in _CALLED_AFTER and not several and self._view.norms[at] in place_words("part_of_name")

    def heads_at(self, index: int, limit: int) -> bool:
        """Whether another head noun stands here; a definite one is a name (المزرعة), save those that refer."""
        view = self._view
        found = self._sources.place_heads.longest(view.stems, index, limit)
        if found is None or not self._takes_name(found[0] - 1, found[1]):
            return False
        return not view.definite(index) or found[1].stem in referring_heads()

    def several(self, index: int, head: Head) -> bool:
        """Whether the last word of the head noun is a dual or plural, and not one that names a range as a whole."""
        if head.stem in place_words("collective"):
            return False
        forms, view = self._sources.forms, self._view
        return any(forms.number(view.lemmas[index], stem).number != "singular" for stem in view.stems[index])

    def _is_dual(self, index: int, head: Head) -> bool:
        return self._sources.forms.number(self._view.lemmas[index], head.stem.split()[-1]).number == "dual"

    def _takes_name(self, index: int, head: Head) -> bool:
        """A dual before a name has lost its ن: قريتا, not قريتان."""
        form = self._sources.forms.number(self._view.lemmas[index], head.stem.split()[-1])
        return form.number != "dual" or form.construct or self._view.owned[index]

    def _is_front(self, head: Head, start: int, end: int) -> bool:
        found = self._sources.fronts.longest(self._view.stems, start, end)
        return found is not None and found[1].stem == head.stem and head.stem not in ("قطاع",)

    def _names_nothing(self, at: int, limit: int) -> bool:
        """Whether the word after a head noun, itself or without its pronoun, is known to make no name with it."""
        view = self._view
        if day_end(view, at, limit) is not None:
            return False
        words = {view.norms[at], *(stem for stem, _ in strip_suffix(view.lemmas[at]))}
        return not words.isdisjoint(place_words("not_names", "words")) or self._is_facility(at, limit)

    def _is_thing(self, at: int, limit: int) -> bool:
        """Whether an indefinite noun of a facility or weapon stands here (مدن حلب وحقول ألغام)."""
        view = self._view
        if view.definite(at) or self._names.knows(at):
            return False
        return self._sources.weapons.longest(view.stems, at, limit) is not None or self._is_facility(at, limit)

    def _is_facility(self, at: int, limit: int) -> bool:
        view = self._view
        found = None if view.definite(at) else self._sources.facilities.longest(view.stems, at, limit)
        return found is not None and found[1] in section("place_heads", "not_names", "facilities")

    def _skip_second_head(self, at: int, limit: int) -> tuple[int, Head | None]:
        """Past the second of two heads (قرى وبلدات), and that one."""
        if at + 1 < limit and self._view.norms[at] == "و":
            second = self._sources.place_heads.longest(self._view.stems, at + 1, limit)
            if second is not None and not self._view.definite(at + 1):
                return second
        return at, None
