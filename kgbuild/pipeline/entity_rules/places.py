"""Places: names after head nouns (قرية معلك, ريف حلب الشمالي), in lists, on roads, and names the gazetteers know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.arabic.inflect import adjective_forms, strip_suffix
from kgbuild.language.folding import fold_text
from kgbuild.linking.countries import country_data
from kgbuild.linking.gazetteer import bare_names
from kgbuild.pipeline.entity_rules.areas import RURAL, AreaRules, place_words, referring_heads
from kgbuild.pipeline.entity_rules.capitals import is_government
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.front_lines import is_front_line
from kgbuild.pipeline.entity_rules.known_kinds import KnownKinds
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.names import (
    CLOSING_QUOTES,
    OPENING_QUOTES,
    Names,
    is_rare,
    opening_words,
    plain_adjectives,
)
from kgbuild.pipeline.entity_rules.sources import Head, Sources
from kgbuild.pipeline.entity_rules.told_places import ToldPlaces
from kgbuild.pipeline.entity_rules.view import View

_WIDE = frozenset(("City", "Town", "Governorate"))
_SEPARATORS = frozenset("و،,-/؛;")
_LONGEST_NOTE = 5
_OLD = "القديمه"
_PREPOSITIONS = frozenset(("ب", "في", "الي", "من", "على", "علي", "نحو"))


class PlaceRules:
    """Proposes places in one document."""

    def __init__(self, view: View, sources: Sources, names: Names) -> None:
        self._view = view
        self._sources = sources
        self._names = names
        self._areas = AreaRules(view, sources, names)
        self._told = ToldPlaces(view, sources, names)
        self._kinds = KnownKinds(view, sources)

    def __call__(self, start: int) -> Iterator[Found]:
        """The places that begin at this word."""
        view, limit = self._view, self._view.line_end(start)
        barred = view.owned[start] or view.norms[start] in place_words("other_words")
        barred = barred or view.texts[start] in section("place_heads", "other_written")
        head = None if barred else self._sources.place_heads.longest(view.stems, start, limit)
        if head is not None:
            yield from self._after_head(start, head[0], head[1], limit)
        front = None if view.owned[start] else self._sources.fronts.longest(view.stems, start, limit)
        if front is not None and not view.definite(start) and not self._heads_at(front[0], limit):
            group = front[1].stem == "جبهه" and not is_front_line(view, start, limit)
            yield from self._list(start, front[0], front[1], limit, known_only=group)
        if view.definite(start) and not view.owned[start] and view.lemmas[start] in place_words("parts", "nouns"):
            yield from self._areas.part(start, limit)
        if not view.owned[start]:
            yield from self._areas.side(start, limit)
            yield from self._areas.ring(start, limit)
        yield from self._known(start, limit)
        yield from self._told(start, limit)
        if view.norms[start] in place_words("capital", "nouns"):
            yield Found(start, start + 1, "City", head="عاصمه", generic=True)
        if view.norms[start] in place_words("country", "nouns"):
            yield Found(start, start + 1, "Country", head="بلاد", generic=True)

    def _heads_at(self, index: int, limit: int) -> bool:
        """Whether another head noun stands here; a definite one is a name (المزرعة), save those that refer."""
        view = self._view
        found = self._sources.place_heads.longest(view.stems, index, limit)
        if found is None or not self._takes_name(found[0] - 1, found[1]):
            return False
        return not view.definite(index) or found[1].stem in referring_heads()

    def _after_head(self, start: int, end: int, head: Head, limit: int) -> Iterator[Found]:
        view = self._view
        if head.stem == RURAL:
            yield from self._areas.rural(start, end, limit)
        elif head.cls == "Road" and head.stem == "طريق":
            yield from self._areas.road(start, end, limit)
        elif view.definite(start):
            yield from self._definite(start, end, head, limit)
        elif end < limit:
            yield from self._list(start, end, head, limit)

    def _definite(self, start: int, end: int, head: Head, limit: int) -> Iterator[Found]:
        """المدينة: the place spoken of; المدينة السياحية and the like stay unread."""
        view = self._view
        follows_adjective = end < limit and view.definite(end) and view.lemmas[end] in plain_adjectives()
        if follows_adjective and head.stem in place_words("old_town", "nouns") and view.lemmas[end] in _old():
            yield Found(start, end + 1, "Neighbourhood", head=head.stem, rank=3)
            return
        if end < limit and view.norms[end] in place_words("unless_next", head.stem):
            return
        if head.stem in referring_heads() and not follows_adjective and not self._several(start, head):
            yield Found(start, end, referring_heads()[head.stem], head=head.stem, generic=True)

    def _list(self, start: int, end: int, head: Head, limit: int, *, known_only: bool = False) -> Iterator[Found]:
        """The name after a singular head, or the names after a dual or plural one."""
        view = self._view
        (at, second), several = self._skip_second_head(end, limit), self._several(end - 1, head)
        at, called = self._skip_naming(at, limit)
        if at >= limit or self._names_nothing(at, limit):
            return
        listed = several and self._kinds.known_as(head.cls, at, limit)
        if self._heads_at(at, limit) and not listed and not self._kinds.is_called_after_road(head, at, limit):
            return
        known = self._sources.places.longest(view.exact, at, limit)
        plural = several and not self._is_dual(end - 1, head)
        if plural and known is not None and head.cls in ("Neighbourhood", "Area", "Road") and known[1][0].cls in _WIDE:
            return  # the quarters, the streets of a city: the city is what is named
        if not self._takes_name(end - 1, head):
            return
        known_only |= head.stem in place_words("known_only")
        front, first = self._is_front(head, start, end), True
        while at < limit:
            item = self._item(at, limit, listed=several, joined=not first)
            if item is None or (known_only and not self._sources.places.longest(view.exact, at, limit)):
                return
            inner, stop, name = item
            if not first and name is None and self._is_thing(inner, limit):
                return
            if several and stop < limit and self._heads_at(stop, limit):
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
            following = self._next_item(stop, limit)
            if following is None:
                return
            at = following

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

    def _several(self, index: int, head: Head) -> bool:
        """Whether the last word of the head noun is a dual or plural, and not one that names a range as a whole."""
        if head.stem in place_words("collective"):
            return False
        forms, view = self._sources.forms, self._view
        return any(forms.number(view.lemmas[index], stem).number != "singular" for stem in view.stems[index])

    def _is_dual(self, index: int, head: Head) -> bool:
        return self._sources.forms.number(self._view.lemmas[index], head.stem.split()[-1]).number == "dual"

    def _skip_second_head(self, at: int, limit: int) -> tuple[int, Head | None]:
        """Past the second of two heads (قرى وبلدات), and that one."""
        if at + 1 < limit and self._view.norms[at] == "و":
            second = self._sources.place_heads.longest(self._view.stems, at + 1, limit)
            if second is not None and not self._view.definite(at + 1):
                return second
        return at, None

    def _skip_naming(self, at: int, limit: int) -> tuple[int, bool]:
        """Past "that is called" (قرية تسمى معلك), and whether it stands there."""
        view, begin = self._view, at
        if at < limit and view.norms[at] in place_words("naming", "verbs"):
            at += 1
            while at < limit and view.norms[at] in place_words("naming", "joins"):
                at += 1
        return at, at > begin

    def _item(self, at: int, limit: int, *, listed: bool, joined: bool) -> tuple[int, int, str | None] | None:
        """(first, end, name) of one name, which may be in quotes or carry a و that the tokenizer left."""
        view = self._view
        while at < limit and view.norms[at] == "#":
            at += 1
        quoted = None if listed else self._names.quoted(at, limit)
        if quoted is not None and quoted[1] - quoted[0] <= 3:
            return quoted[0], quoted[1], None
        if at < limit and view.norms[at] in OPENING_QUOTES:
            at += 1
        end = self._names.name_end(at, limit, listed=listed)
        if end is None:
            return None
        word = view.norms[at]
        loose = joined and listed and word.startswith("و") and (len(word) > 3 or word[1:] in opening_words())
        if loose and end > at + 1 and word[1:] not in opening_words():
            loose = False
        if loose and not self._sources.places.longest(view.exact, at, end):
            return at, end, " ".join(view.written[at:end])[1:]
        return at, self._alias_end(end, limit), None

    def _alias_end(self, end: int, limit: int) -> int:
        """Past a second name behind a slash (أبين/ بينه)."""
        if end + 1 < limit and self._view.norms[end] == "/":
            return self._names.name_end(end + 1, limit) or end
        return end

    def _next_item(self, at: int, limit: int) -> int | None:
        """Where the next name of a list begins."""
        view, at = self._view, self._past_note(at, limit)
        begin = at
        while at < limit and view.norms[at] in CLOSING_QUOTES:
            at += 1
        while at < limit and view.norms[at] in _SEPARATORS:
            at += 1
        if at >= limit:
            return None
        loose = view.norms[at].startswith("و") and len(view.norms[at]) > 3 and at == begin
        beside = not view.definite(at) and is_rare(view.norms[at])  # names side by side, nothing between
        return at if at > begin or loose or beside else None

    def _past_note(self, at: int, limit: int) -> int:
        """Past a note in brackets on the name before it (الرقة (شمال) وإدلب)."""
        norms = self._view.norms
        if at < limit and norms[at] == "(" and ")" in norms[at : min(limit, at + _LONGEST_NOTE)]:
            return norms.index(")", at) + 1
        return at

    def _known(self, start: int, limit: int) -> Iterator[Found]:
        """A name that the lists know; one that is an everyday word, too, only where something supports it."""
        view = self._view
        found = self._sources.places.longest(view.exact, start, limit, passing="_")
        if found is None:
            return
        end, (place, doubtful) = found
        if "\u064b" in view.texts[start]:
            return  # دوما with a tanwin is always
        if doubtful and not self._supported(start, place.names):
            return
        if (
            end == start + 1
            and start
            and view.norms[start] in place_words("verbs")
            and view.norms[start - 1] in place_words("before_verb")
        ):
            return  # المبنى الذي تدمر
        if end < limit and view.norms[end] in _other_countries().get(view.norms[start], ()):
            return
        if is_government(view, start, place.country):
            yield Found(start, end, "Country", key=f"country-{place.country.lower()}", rank=3)
        if place.cls == "City" and end < limit and view.norms[end] == _OLD and not view.breaks[end]:
            yield Found(start, end + 1, "Neighbourhood", rank=4, open=True)  # حلب القديمة
        yield Found(start, end, place.cls, key=place.key if place.cls == "Country" else None, rank=2)

    def _supported(self, start: int, names: tuple[str, ...]) -> bool:
        """Whether an everyday word stands where a place would: a hashtag, after another place or a preposition."""
        view = self._view
        if start == 0:
            return False
        before = view.norms[start - 1]
        if before == "#" or (before in ("و", "،") and self._ends_place(start - 1)):
            return True
        locates = before in _PREPOSITIONS or before in place_words("direction", "nouns")
        return locates and any(name in bare_names("after_preposition") for name in names)

    def _ends_place(self, end: int) -> bool:
        """Whether a place that counts there ends right before this word."""
        for start in range(max(0, end - 3), end):
            found = self._sources.places.longest(self._view.exact, start, end)
            if found is not None and found[0] == end:
                place, doubtful = found[1]
                return not doubtful or self._supported(start, place.names)
        return False


@cache
def _old() -> frozenset[str]:
    return frozenset(
        form for word in section("place_heads", "old_town", "adjectives") for form in adjective_forms(word)
    )


@cache
def _other_countries() -> dict[str, frozenset[str]]:
    table = country_data()["unless_next"]
    return {fold_text(name): frozenset(map(fold_text, words)) for name, words in table.items()}
