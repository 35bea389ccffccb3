"""Places that no list holds and no head noun names, but that the text itself puts somewhere or names as places are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.pipeline.entity_rules.areas import place_words
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.names import Names, is_rare, name_stops
from kgbuild.pipeline.entity_rules.placed import PlacedRules
from kgbuild.pipeline.entity_rules.sources import Sources, adjectives_of
from kgbuild.pipeline.entity_rules.view import View

_LONGEST_NOTE = 6
_NOTE_OF_SIDES = 4
_SELDOM = 2e-5
_IN, _AND = ("في", "ب"), "و"
_BEFORE_NOTED = frozenset((*_IN, _AND))


class ToldPlaces:
    """Proposes such places in one document."""

    def __init__(self, view: View, sources: Sources, names: Names) -> None:
        self._view = view
        self._sources = sources
        self._names = names
        self._placed = PlacedRules(view, sources, names)
        self._before = place_words("placed", "before") | _BEFORE_NOTED

    def may_begin(self, start: int, limit: int) -> bool:
        """Whether a word stands there that such a place may begin with, behind one that such a place may follow."""
        view = self._view
        fits = start > 0 and view.norms[start - 1] in self._before and view.tags[start] == "WORD"
        return fits and start + 1 < limit and not view.breaks[start]

    def __call__(self, start: int, limit: int) -> Iterator[Found]:
        """The places that begin at this word, where one may."""
        yield from self._placed(start, limit)
        yield from self._noted(start, limit)
        yield from self._opened(start, limit)

    def _noted(self, start: int, limit: int) -> Iterator[Found]:
        """A name behind which brackets say where it lies: في الحلة (100 كلم جنوب بغداد), في المشتل (شرق)."""
        view = self._view
        before = view.norms[start - 1]
        listed = before == _AND and start > 1 and view.norms[start - 2] == ")"
        if before not in _IN and not listed:
            return
        end = self._names.name_end(start, limit)
        if end is None or end + 2 >= limit or view.norms[end] != "(":
            return
        if self._is_read_otherwise(start, end, limit):
            return
        note = view.norms[end + 1 : min(limit, end + _LONGEST_NOTE)]
        sides = note[: note.index(")")] if ")" in note[:_NOTE_OF_SIDES] else []
        if not _distances().isdisjoint(note):
            yield Found(start, end, "Town", rank=1, confidence=0.7)
        elif sides and _sides().issuperset(sides):
            yield Found(start, end, "Area", rank=1, confidence=0.7)

    def _is_read_otherwise(self, start: int, end: int, limit: int) -> bool:
        """Whether a noun that governs a name, an actor's name or a known place stands there."""
        view, sources = self._view, self._sources
        if view.norms[start] in place_words("around", "words"):
            return True
        if any(table.longest(view.stems, start, limit) for table in (sources.facilities, sources.place_heads)):
            return True
        for at in range(start, end):
            known = sources.places.longest(view.exact, at, end)
            if (known is not None and not known[1][1]) or sources.actors.longest(view.stems, at, end):
                return True
        return False

    def _opened(self, start: int, limit: int) -> Iterator[Found]:
        """A bare name that begins as those of villages do: في تل معاز, قرب خربة الجوز."""
        view = self._view
        if view.norms[start] not in place_words("placed", "openings"):
            return
        if view.norms[start - 1] not in place_words("placed", "before") or view.tags[start + 1] != "WORD":
            return
        following = view.norms[start + 1]
        if view.breaks[start + 1] or following in name_stops() or not is_rare(following, _SELDOM):
            return
        end = self._names.name_end(start, limit)
        if end is not None and end > start + 1:
            yield Found(start, end, "Village", rank=1, confidence=0.7)


@cache
def _distances() -> frozenset[str]:
    return frozenset(place_words("containment", "distance")) - {"علي", "على", "بعد", "نحو", "حوالي"}


@cache
def _sides() -> frozenset[str]:
    return adjectives_of("place_heads", "direction", "nouns")
