"""Places: names after head nouns (قرية معلك, ريف حلب الشمالي), in lists, on roads, and names the gazetteers know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.arabic.inflect import strip_suffix
from kgbuild.arabic.normalise import fold_text
from kgbuild.linking.countries import country_data
from kgbuild.pipeline.entities_found import Found
from kgbuild.pipeline.entities_lexicon import section
from kgbuild.pipeline.entities_names import (
    CLOSING_QUOTES,
    OPENING_QUOTES,
    Names,
    is_rare,
    opening_words,
    plain_adjectives,
)
from kgbuild.pipeline.entities_sources import Head, Sources, adjective_set
from kgbuild.pipeline.entities_view import View

_WIDE = frozenset(("City", "Town", "Governorate"))
_SEPARATORS = frozenset("و،,-/؛;")
_PREPOSITIONS = frozenset(("ب", "في", "الي", "من", "على", "علي", "نحو"))
_RURAL = "ريف"


@cache
def _set(*path: str) -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("place_heads", *path))


@cache
def _directions() -> frozenset[str]:
    return adjective_set(section("place_heads", "direction", "adjectives"))


@cache
def _way(part: str) -> frozenset[str]:
    return adjective_set(section("place_heads", "way", part))


@cache
def _back() -> dict[str, str]:
    return {fold_text(noun): cls for cls, nouns in section("place_heads", "back").items() for noun in nouns}


class PlaceRules:
    """Proposes places in one document."""

    def __init__(self, view: View, sources: Sources, names: Names) -> None:
        self._view = view
        self._sources = sources
        self._names = names

    def __call__(self, start: int) -> Iterator[Found]:
        """The places that begin at this word."""
        view, limit = self._view, self._view.line_end(start)
        head = None if view.owned[start] else self._sources.place_heads.longest(view.stems, start, limit)
        if head is not None:
            yield from self._after_head(start, head[0], head[1], limit)
        front = None if view.owned[start] else self._sources.fronts.longest(view.stems, start, limit)
        if front is not None and not view.definite(start) and not self._heads_at(front[0], limit):
            yield from self._list(start, front[0], front[1], limit, known_only=front[1].stem == "جبهه")
        if view.definite(start) and not view.owned[start] and view.lemmas[start] in _set("parts", "nouns"):
            yield from self._part(start, limit)
        yield from self._known(start, limit)
        yield from self._placed(start, limit)
        if view.norms[start] in _set("capital", "nouns"):
            yield Found(start, start + 1, "City", head="عاصمه", generic=True)
        if view.norms[start] in _set("country", "nouns"):
            yield Found(start, start + 1, "Country", head="بلاد", generic=True)

    def _heads_at(self, index: int, limit: int) -> bool:
        """Whether another head noun stands here; a definite one is a name (المزرعة), save those that refer."""
        view = self._view
        found = self._sources.place_heads.longest(view.stems, index, limit)
        return found is not None and (not view.definite(index) or found[1].stem in _back())

    def _after_head(self, start: int, end: int, head: Head, limit: int) -> Iterator[Found]:
        view = self._view
        if head.stem == _RURAL:
            yield from self._rural(start, end, limit)
        elif head.cls == "Road" and head.stem == "طريق":
            yield from self._road(start, end, limit)
        elif view.definite(start):
            yield from self._definite(start, end, head, limit)
        elif end < limit:
            yield from self._list(start, end, head, limit)

    def _definite(self, start: int, end: int, head: Head, limit: int) -> Iterator[Found]:
        """المدينة: the place spoken of; المدينة السياحية and the like stay unread."""
        view = self._view
        follows_adjective = end < limit and view.definite(end) and view.lemmas[end] in plain_adjectives()
        if head.stem in _back() and not follows_adjective and not self._several(start, head):
            yield Found(start, end, _back()[head.stem], head=head.stem, generic=True)

    def _list(self, start: int, end: int, head: Head, limit: int, *, known_only: bool = False) -> Iterator[Found]:
        """The name after a singular head, or the names after a dual or plural one."""
        view = self._view
        at, several = self._skip_second_head(end, limit), self._several(end - 1, head)
        if at >= limit or self._heads_at(at, limit) or self._names_nothing(at, limit):
            return
        known = self._sources.places.longest(view.exact, at, limit)
        if several and known is not None and head.cls in ("Neighbourhood", "Area", "Road") and known[1][0].cls in _WIDE:
            return  # the quarters, the streets of a city: the city is what is named
        if not self._takes_name(end - 1, head):
            return
        known_only = known_only or head.stem in _set("known_only")
        front = self._is_front(head, start, end)
        first = True
        while at < limit:
            item = self._item(at, limit, listed=several, joined=not first)
            if item is None or (known_only and not self._sources.places.longest(view.exact, at, limit)):
                return
            inner, stop, name = item
            if several and stop < limit and self._heads_at(stop, limit):
                return  # حرش قرية صوغوناكة: a noun that governs the next name
            whole = first and not several and not front
            if whole and stop < limit and view.norms[stop] in CLOSING_QUOTES and self._opened(start, stop):
                stop += 1
            yield Found(start if whole else inner, stop, head.cls, head=None if front else head.stem, name=name, rank=3)
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

    def _opened(self, start: int, end: int) -> bool:
        """Whether a quote opens between these words and does not close."""
        return sum(norm in OPENING_QUOTES | CLOSING_QUOTES for norm in self._view.norms[start:end]) % 2 == 1

    def _is_front(self, head: Head, start: int, end: int) -> bool:
        found = self._sources.fronts.longest(self._view.stems, start, end)
        return found is not None and found[1].stem == head.stem and head.stem not in ("قطاع",)

    def _names_nothing(self, at: int, limit: int) -> bool:
        """Whether the word after a head noun, itself or without its pronoun, is known to make no name with it."""
        view = self._view
        words = {view.norms[at], *(stem for stem, _ in strip_suffix(view.lemmas[at]))}
        return not words.isdisjoint(_set("not_names", "words")) or self._is_facility(at, limit)

    def _is_facility(self, at: int, limit: int) -> bool:
        view = self._view
        found = None if view.definite(at) else self._sources.facilities.longest(view.stems, at, limit)
        return found is not None and found[1] in section("place_heads", "not_names", "facilities")

    def _several(self, index: int, head: Head) -> bool:
        """Whether the last word of the head noun is a dual or plural, and not one that names a range as a whole."""
        if head.stem in _set("collective"):
            return False
        forms, view = self._sources.forms, self._view
        return any(forms.number(view.lemmas[index], stem).number != "singular" for stem in view.stems[index])

    def _skip_second_head(self, at: int, limit: int) -> int:
        """Past the second of two heads (قرى وبلدات)."""
        if at + 1 < limit and self._view.norms[at] == "و":
            second = self._sources.place_heads.longest(self._view.stems, at + 1, limit)
            if second is not None and not self._view.definite(at + 1):
                return second[0]
        return at

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
        view, begin = self._view, at
        while at < limit and view.norms[at] in CLOSING_QUOTES:
            at += 1
        while at < limit and view.norms[at] in _SEPARATORS:
            at += 1
        if at >= limit:
            return None
        loose = view.norms[at].startswith("و") and len(view.norms[at]) > 3 and at == begin
        return at if at > begin or loose or self._names.name_end(at, limit, listed=True) is not None else None

    def _rural(self, start: int, end: int, limit: int) -> Iterator[Found]:
        """ريف حلب الشمالي, الريف الشمالي لمحافظة حلب, and الريف الشمالي of the place spoken of."""
        view = self._view
        if view.definite(start):
            stop = self._after_directions(end, limit)
            if stop == end:
                return
            sides = view.norms[end:stop]
            at = stop + 1 if stop + 1 < limit and view.norms[stop] in ("ل", "من", "في") else stop
            core = self._core(at, limit) if at > stop else None
            if core is not None:
                yield Found(start, core[1], "Area", head=_RURAL, name=_rural_name(core[2], sides), rank=4, open=True)
            else:
                yield Found(start, stop, "Area", head=_RURAL, name=_rural_name("", sides), generic=True)
            return
        core = self._core(end, limit)
        if core is None:
            return
        stop = self._after_directions(core[1], limit)
        known = self._sources.places.longest(view.exact, start, limit)
        if known is not None and known[0] == stop:
            return  # a governorate of this name (ريف دمشق)
        name = _rural_name(core[2], view.norms[core[1] : stop])
        yield Found(start, stop, "Area", head=_RURAL, name=name, rank=4, open=True)

    def _part(self, start: int, limit: int) -> Iterator[Found]:
        """الجزء الغربي من الموصل, الجانب الأيمن."""
        view = self._view
        stop = start + 1
        while stop < min(limit, start + 3) and view.norms[stop] in _part_sides():
            stop += 1
        if stop == start + 1:
            return
        at = stop + 1 if stop + 1 < limit and view.norms[stop] in ("ل", "من", "في") else limit
        core = self._core(at, limit) if at < limit else None
        end = core[1] if core is not None else stop
        yield Found(start, end, "Area", head=view.lemmas[start], rank=3, open=True, confidence=0.7)

    def _placed(self, start: int, limit: int) -> Iterator[Found]:
        """A word hardly ever written that the text itself puts in a place: كفرعمة بريف حلب, الدابس التابعة لجرابلس."""
        view = self._view
        if view.tags[start] != "WORD" or not is_rare(view.norms[start]) or start == 0 or start + 1 >= limit:
            return
        if view.norms[start - 1] not in _set("placed", "before") or view.breaks[start]:
            return
        end = self._names.name_end(start, limit)
        if end is None or end + 1 >= limit or self._sources.facilities.longest(view.stems, start, limit):
            return
        rural = view.norms[end] in ("ب", "في") and view.norms[end + 1] in _set("placed", "containers")
        if rural or view.norms[end] in _set("placed", "after"):
            yield Found(start, end, "Village", rank=1, confidence=0.6)

    def _core(self, at: int, limit: int) -> tuple[int, int, str] | None:
        """(first, end, name) of the place that an area is named after, its own head noun left out of the name."""
        view = self._view
        head = self._sources.place_heads.longest(view.stems, at, limit) if at < limit else None
        if head is not None and view.definite(at) and head[1].stem in _back():
            return at, head[0], view.written[at]
        begin = head[0] if head is not None and not view.definite(at) else at
        while begin < limit and view.norms[begin] in OPENING_QUOTES | {"#"}:
            begin += 1
        known = self._sources.places.longest(view.exact, begin, limit) if begin < limit else None
        end = known[0] if known is not None else self._names.name_end(begin, limit)
        if end is None:
            return None
        stop = end
        while stop > begin + 1 and view.lemmas[stop - 1] in _directions() and known is None:
            stop -= 1
        name = " ".join(view.written[begin:stop])
        if stop < limit and view.norms[stop] in CLOSING_QUOTES and view.norms[begin - 1] in OPENING_QUOTES:
            stop += 1
        return begin, stop, name

    def _after_directions(self, at: int, limit: int) -> int:
        view, begin = self._view, at
        while at < min(limit, begin + 2) and view.definite(at) and view.lemmas[at] in _directions():
            at += 1
        return at

    def _road(self, start: int, end: int, limit: int) -> Iterator[Found]:
        """طريق الرقة حلب, طريق "الطبقة - سلمية", الطريق الواصل بين حلب ودمشق, طريق M5."""
        view = self._view
        if start > 0 and view.norms[start - 1] == "عن":
            return
        at = end
        if view.definite(start):
            while at < limit and view.lemmas[at] in _way("adjectives"):
                at += 1
            if at == end or (at < limit and view.tags[at] != "LATIN" and view.norms[at] not in _way("between")):
                return
            at += at < limit and view.norms[at] in _way("between")
        elif at < limit and view.norms[at] in OPENING_QUOTES:
            at += 1
        stop = self._road_names(at, limit)
        if stop is not None:
            yield Found(start, stop, "Road", head="طريق", rank=4, open=True)

    def _road_names(self, at: int, limit: int) -> int | None:
        view = self._view
        if at >= limit or view.lemmas[at] in _set("not_names", "words"):
            return None
        end = self._way_point(at, limit)
        if end is None:
            return None
        following = end
        while following < limit and view.norms[following] in _way("joins") and following < end + 2:
            following += 1
        second = self._way_point(following, limit) if following < limit and not view.breaks[following] else None
        end = second or end
        while end < limit and view.definite(end) and view.lemmas[end] in _way("tail"):
            end += 1
        return end

    def _way_point(self, at: int, limit: int) -> int | None:
        """The end of one end of a road: a known place, one with its head, or a Latin designation."""
        view = self._view
        if view.tags[at] == "LATIN":
            return at + 1
        head = self._sources.place_heads.longest(view.stems, at, limit)
        known = self._sources.places.longest(view.exact, head[0] if head else at, limit)
        if known is not None:
            return known[0]
        return self._names.name_end(head[0], limit) if head is not None and head[0] < limit else None

    def _known(self, start: int, limit: int) -> Iterator[Found]:
        """A name that the lists know; a doubtful one only with the support that `Doubtful` names."""
        view = self._view
        found = self._sources.places.longest(view.exact, start, limit)
        if found is None:
            return
        end, (place, doubtful) = found
        if doubtful and not self._supported(start, place.names):
            return
        if end < limit and view.norms[end] in _other_countries().get(view.norms[start], ()):
            return
        yield Found(start, end, place.cls, key=place.key if place.cls == "Country" else None, rank=2)

    def _supported(self, start: int, names: tuple[str, ...]) -> bool:
        """Whether an everyday word stands where a place would: as a hashtag, or after a preposition."""
        view = self._view
        if start == 0:
            return False
        before = view.norms[start - 1]
        if before == "#":
            return True
        return before in _PREPOSITIONS and any(name in section_bare("after_preposition") for name in names)


@cache
def section_bare(part: str) -> frozenset[str]:
    """A list of `data/gazetteer/bare.toml`."""
    import tomllib

    from kgbuild.resources import data_path

    return frozenset(tomllib.loads(data_path("gazetteer", "bare.toml").read_text("utf-8"))[part])


@cache
def _other_countries() -> dict[str, frozenset[str]]:
    table = country_data()["unless_next"]
    return {fold_text(name): frozenset(map(fold_text, words)) for name, words in table.items()}


@cache
def _part_sides() -> frozenset[str]:
    sides = (*section("place_heads", "direction", "adjectives"), *section("place_heads", "parts", "sides"))
    return frozenset(f"ال{side}" for side in adjective_set(sides))


def _rural_name(core: str, sides: list[str]) -> str:
    return " ".join(("ريف", *([core] if core else []), *sides))
