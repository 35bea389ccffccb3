"""Which capitalised names of an English text are places: by the gazetteers, and by the word before them.

Places of Syria and Iraq, and all that are curated, count wherever they stand. Those of other countries are as often
something else: they count behind a word of place (in Gharyan), and cities where the article names their country. A name
that no gazetteer holds is a place behind the plainest of these words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from kgbuild.linking.countries import countries
from kgbuild.linking.gazetteer import curated_places
from kgbuild.linking.places import Place
from kgbuild.pipeline.english_sources import EnglishSources
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.view import View

_SETTLED = ("City", "Town")
_HOME = ("SY", "IQ")
_ARTICLES = frozenset(("a", "an", "the"))
_REACH_OF_NOUN = 5
"""Words of a description that may stand before its noun: "a mainly Kurdish border *town*"."""


class EnglishPlaces:
    """The places of one document. `spelt` looks a name up in the gazetteers."""

    def __init__(self, view: View, sources: EnglishSources, spelt: Callable[[str], list[Place]]) -> None:
        self._view = view
        self._sources = sources
        self._locating = sources.locating
        self._spelt = spelt
        self._told = _countries_told(view, sources)

    def find(self, name: str) -> Place | None:
        """The place that counts under this name wherever it stands."""
        return _kind_of([p for p in self._spelt(name) if p.country in _HOME or not p.key.startswith("geonames")])

    def at(self, start: int, end: int, name: str) -> Found | None:
        """The place that words [start, end) name, or None."""
        found = self._spelt(name)
        place = self.find(name) or _kind_of([p for p in found if p.country in self._told]) or _kind_of(found)
        if place is None:
            return self._described(start, end, name) or self._unknown(start, end, name)
        certain = place.country in _HOME or not place.key.startswith("geonames")
        told = place.cls in _SETTLED and (place.country in self._told or place.key in curated_places())
        if not certain and not told and not self._is_behind(start, self._locating.toward):
            return None
        if not certain and not self._sources.unplaced.isdisjoint(self._view.norms[start:end]):
            return None
        return None if place.cls == "Country" else Found(start, end, place.cls, rank=2, name=name)

    def _unknown(self, start: int, end: int, name: str) -> Found | None:
        """A place that only the word before it gives away: "in Tell Brak", "north of Maskan"."""
        view, sources = self._view, self._sources
        behind = view.norms[end] if end < len(view) else ""
        words = view.norms[start:end]
        if behind in ("'s", "-") or len(name) < 4 or any(word in sources.unplaced for word in words):
            return None
        if sources.facilities.longest(view.exact, end, view.line_end(start)) is not None:
            return None  # near Mitiga airport
        if not self._is_behind(start, self._locating.at) and not self._is_beside(start):
            return None
        return Found(start, end, "Town", rank=1, confidence=0.6, name=name)

    def _described(self, start: int, end: int, name: str) -> Found | None:
        """ "Auno, a town on the highway": a place by the noun of place behind the comma."""
        view = self._view
        if view.norms[end : end + 1] != [","] or not _ARTICLES.intersection(view.norms[end + 1 : end + 2]):
            return None
        limit = view.line_end(start)
        for at in range(end + 2, min(limit, end + 2 + _REACH_OF_NOUN)):
            noun = self._sources.after.longest(view.exact, at, limit)
            if noun is not None and view.norms[noun[0] : noun[0] + 1] != ["'s"]:
                return Found(start, end, noun[1], rank=2, confidence=0.7, name=name)
            if view.tags[at] == "PUNCT" and view.norms[at] != "-":
                return None
        return None

    def _is_behind(self, start: int, words: Container[str]) -> bool:
        """Whether one of the words stands before the name, or before what describes it ("in occupied Kherson")."""
        before = start - 1
        if before > 0 and self._view.norms[before] in self._locating.passed:
            before -= 1
        return before >= 0 and self._view.norms[before] in words

    def _is_beside(self, start: int) -> bool:
        """Whether a side stands before the name: "north of", "the outskirts of"."""
        norms = self._view.norms
        return start > 1 and norms[start - 1] == "of" and norms[start - 2] in self._locating.beside


def _kind_of(places: list[Place]) -> Place | None:
    """The first of them that is no governorate, for the town is meant more often; else the first."""
    return next((p for p in places if p.cls != "Governorate"), places[0] if places else None)


def _countries_told(view: View, sources: EnglishSources) -> frozenset[str]:
    """ISO codes of the countries that the article names, or by whose adjective it calls somebody."""
    told = {sources.nations[norm] for norm in view.norms if norm in sources.nations}
    for start in range(len(view)):
        found = sources.countries.longest(view.exact, start, view.line_end(start))
        if found is not None and found[1][0] in countries():
            told.add(found[1][0])
    return frozenset(told)


def without_surnames(found: Iterable[Found], view: View, locating: Container[str]) -> list[Found]:
    """All but the villages that bear the surname of a person of the article, unless a word of place is before them."""
    kept = list(found)
    surnames = {view.texts[o.end - 1] for o in kept if o.cls == "Person" and o.end - o.start > 1}
    return [
        one
        for one in kept
        if one.group != "place"
        or one.rank > 2
        or one.end - one.start > 1
        or view.texts[one.start] not in surnames
        or view.norms[one.start - 1] in locating
    ]
