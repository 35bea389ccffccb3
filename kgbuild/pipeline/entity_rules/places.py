"""Places: names after head nouns (قرية معلك, ريف حلب الشمالي), in lists, on roads, and names the gazetteers know."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.pipeline.entity_rules.areas import RURAL, AreaRules, compass, place_words, referring_heads
from kgbuild.pipeline.entity_rules.called import called_by, called_places
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.front_lines import is_front_line
from kgbuild.pipeline.entity_rules.headed_places import HeadedPlaces
from kgbuild.pipeline.entity_rules.known_places import KnownPlaces
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.names import Names, plain_adjectives
from kgbuild.pipeline.entity_rules.sources import Head, Sources
from kgbuild.pipeline.entity_rules.told_places import ToldPlaces
from kgbuild.pipeline.entity_rules.view import View


class PlaceRules:
    """Proposes places in one document."""

    def __init__(self, view: View, sources: Sources, names: Names) -> None:
        self._view = view
        self._sources = sources
        self._areas = AreaRules(view, sources, names)
        self._headed = HeadedPlaces(view, sources, names, self._areas)
        self._known = KnownPlaces(view, sources)
        self._told = ToldPlaces(view, sources, names)
        self._other_words, self._other_written = place_words("other_words"), section("place_heads", "other_written")
        self._parts, self._called = place_words("parts", "nouns"), called_by()
        self._capital, self._country = place_words("capital", "nouns"), place_words("country", "nouns")
        self._compass = compass()

    def __call__(self, start: int) -> Iterator[Found]:
        """The places that begin at this word."""
        view, limit = self._view, self._view.line_end(start)
        if not view.owned[start]:
            yield from self._after_nouns(start, limit)
        known = self._sources.places.longest(view.exact, start, limit, passing="_")
        if known is not None:
            yield from self._known(start, known[0], *known[1], limit)
        if self._told.may_begin(start, limit):
            yield from self._told(start, limit)
        norm = view.norms[start]
        if norm in self._capital:
            yield Found(start, start + 1, "City", head="عاصمه", generic=True)
        if norm in self._country:
            yield Found(start, start + 1, "Country", head="بلاد", generic=True)

    def _after_nouns(self, start: int, limit: int) -> Iterator[Found]:
        """Behind a head noun, a front, a part or a side of a place that begins at this word."""
        view, norm = self._view, self._view.norms[start]
        head = self._sources.place_heads.longest(view.stems, start, limit)
        if head is not None and norm not in self._other_words and view.texts[start] not in self._other_written:
            yield from self._after_head(start, head[0], head[1], limit)
        front = self._sources.fronts.longest(view.stems, start, limit)
        if front is not None and not view.definite(start) and not self._headed.heads_at(front[0], limit):
            group = front[1].stem == "جبهه" and not is_front_line(view, start, limit)
            yield from self._headed.named(start, front[0], front[1], limit, known_only=group)
        if view.definite(start) and view.lemmas[start] in self._parts:
            yield from self._areas.part(start, limit)
        if norm in self._compass:
            yield from self._areas.side(start, limit)
        if view.definite(start) and view.lemmas[start] in self._called:
            yield from called_places(view, start, limit)

    def _after_head(self, start: int, end: int, head: Head, limit: int) -> Iterator[Found]:
        view = self._view
        if head.stem == RURAL:
            yield from self._areas.rural(start, end, limit)
        elif head.cls == "Road" and head.stem == "طريق":
            yield from self._areas.road(start, end, limit)
        elif view.definite(start):
            yield from self._definite(start, end, head, limit)
        elif end < limit:
            yield from self._headed.named(start, end, head, limit)

    def _definite(self, start: int, end: int, head: Head, limit: int) -> Iterator[Found]:
        """المدينة: the place spoken of; المدينة السياحية and the like stay unread."""
        view = self._view
        follows_adjective = end < limit and view.definite(end) and view.lemmas[end] in plain_adjectives()
        if end < limit and view.norms[end] in place_words("unless_next", head.stem):
            return
        if head.stem in referring_heads() and not follows_adjective and not self._headed.several(start, head):
            yield Found(start, end, referring_heads()[head.stem], head=head.stem, generic=True)
