"""Places that the lists know by their names, with what tells a name from an everyday word or another country."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.linking.countries import country_data
from kgbuild.linking.gazetteer import bare_names
from kgbuild.linking.places import Place
from kgbuild.pipeline.entity_rules.areas import place_words
from kgbuild.pipeline.entity_rules.capitals import is_government
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.sources import Sources
from kgbuild.pipeline.entity_rules.view import View

_OLD = "القديمه"
_PREPOSITIONS = frozenset(("ب", "في", "الي", "من", "على", "علي", "نحو"))


class KnownPlaces:
    """Proposes them in one document."""

    def __init__(self, view: View, sources: Sources) -> None:
        self._view = view
        self._sources = sources

    def __call__(self, start: int, end: int, place: Place, doubtful: bool, limit: int) -> Iterator[Found]:
        """The place of this name; one that is an everyday word, too, only where something supports it."""
        view = self._view
        if "\u064b" in view.texts[start]:
            return  # دوما with a tanwin is always
        if doubtful and not self._supported(start, place.names):
            return
        if end == start + 1 and self._is_other_word(start):
            return
        if end < limit and view.norms[end] in _other_countries().get(view.norms[start], ()):
            return
        if is_government(view, start, place.country):
            yield Found(start, end, "Country", key=f"country-{place.country.lower()}", rank=3)
        if place.cls == "City" and end < limit and view.norms[end] == _OLD and not view.breaks[end]:
            yield Found(start, end + 1, "Neighbourhood", rank=4, open=True)  # حلب القديمة
        yield Found(start, end, place.cls, key=place.key if place.cls == "Country" else None, rank=2)

    def _is_other_word(self, index: int) -> bool:
        """Whether the word before tells that the name is a verb here or a time (المبنى الذي تدمر, حتى المغرب)."""
        norm, before = self._view.norms[index], self._view.norms[index - 1] if index else ""
        verb = norm in place_words("verbs") and before in place_words("before_verb")
        return verb or (norm in place_words("times") and before in place_words("before_time"))

    def _supported(self, start: int, names: tuple[str, ...]) -> bool:
        """Whether an everyday word stands where a place would: a hashtag, after another place or a preposition."""
        view = self._view
        if start == 0:
            return False
        before = view.norms[start - 1]
        if before == "#" or (before in ("و", "،") and self._ends_place(start - 1)):
            return True
        locates = before in _PREPOSITIONS or before in place_words("direction", "nouns")
        return locates and not bare_names("after_preposition").isdisjoint(names)

    def _ends_place(self, end: int) -> bool:
        """Whether a place that counts there ends right before this word."""
        for start in range(max(0, end - 3), end):
            found = self._sources.places.longest(self._view.exact, start, end)
            if found is not None and found[0] == end:
                place, doubtful = found[1]
                return not doubtful or self._supported(start, place.names)
        return False


@cache
def _other_countries() -> dict[str, frozenset[str]]:
    table = country_data()["unless_next"]
    return {fold_text(name): frozenset(map(fold_text, words)) for name, words in table.items()}
