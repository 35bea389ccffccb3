"""Areas and roads: ريف حلب الشمالي, الريف الشمالي لمحافظة حلب, الجزء الغربي من الموصل, طريق الرقة حلب."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.linking.places import place_key
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.names import CLOSING_QUOTES, OPENING_QUOTES, Names
from kgbuild.pipeline.entity_rules.sources import Head, Sources, adjective_set
from kgbuild.pipeline.entity_rules.view import View

RURAL = "ريف"
SIDE = "جهه"
_DASHES = frozenset("-–")
_TOWNS = frozenset(("City", "Town", "District"))


@cache
def place_words(*path: str) -> frozenset[str]:
    """A list of place_heads.toml, folded; empty where a table has no such entry."""
    *tables, last = path
    table = section("place_heads", *tables)
    return frozenset(fold_text(word) for word in table.get(last, ()))


@cache
def referring_heads() -> dict[str, str]:
    """Head nouns that, definite and alone, refer to a place spoken of, with its class."""
    return {fold_text(noun): cls for cls, nouns in section("place_heads", "back").items() for noun in nouns}


@cache
def _directions() -> frozenset[str]:
    return adjective_set(section("place_heads", "direction", "adjectives"))


@cache
def _way(part: str) -> frozenset[str]:
    return adjective_set(section("place_heads", "way", part))


def without_locating(found: list[Found], view: View) -> Iterator[Found]:
    """The same mentions without sides of a country that only say where a place lies (الرقة في شمال سوريا)."""
    ends = {one.end for one in found if one.group == "place"}
    for one in found:
        before = one.start
        while before > 0 and view.norms[before - 1] in place_words("locating"):
            before -= 1
        if one.head != SIDE or before not in ends:
            yield one


class AreaRules:
    """Proposes areas and roads in one document."""

    def __init__(self, view: View, sources: Sources, names: Names) -> None:
        self._view = view
        self._sources = sources
        self._names = names

    def class_of(self, head: Head, at: int, end: int) -> str:
        """The class that a head noun gives the name here; إقليم is one thing in Turkey and another in Iraq."""
        if head.stem in place_words("province", "cantons"):
            known = self._sources.places.longest(self._view.exact, at, end)
            country = known[1][0].country if known is not None else None
            return "District" if country in section("place_heads", "province", "canton_countries") else head.cls
        if head.stem not in place_words("province", "words"):
            return head.cls
        if place_key(" ".join(self._view.norms[at:end])) in _provinces():
            return "Governorate"
        known = self._sources.places.longest(self._view.exact, at, end)
        return "District" if known is not None and known[1][0].cls in _TOWNS else head.cls

    def rural(self, start: int, end: int, limit: int) -> Iterator[Found]:
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
                yield Found(start, core[1], "Area", head=RURAL, name=_rural_name(core[2], sides), rank=4, open=True)
            else:
                yield Found(start, stop, "Area", head=RURAL, name=_rural_name("", sides), generic=True)
            return
        core = self._core(end, limit)
        if core is None:
            return
        stop = self._after_directions(core[1], limit)
        known = self._sources.places.longest(view.exact, start, limit)
        if known is not None and known[0] == stop:
            return  # a governorate of this name (ريف دمشق)
        name = _rural_name(core[2], view.norms[core[1] : stop])
        yield Found(start, stop, "Area", head=RURAL, name=name, rank=4, open=True)

    def side(self, start: int, limit: int) -> Iterator[Found]:
        """شمال العراق, شمالي غربي سوريا: a side of a country."""
        view, at = self._view, start
        while at < min(limit, start + 3) and view.norms[at] in compass():
            at += 1
        if at == start or at >= limit or not compass().keys().isdisjoint(view.norms[max(0, start - 2) : start]):
            return  # nor شمال وغرب العراق
        known = self._sources.places.longest(view.exact, at, limit)
        if known is None or known[1][0].cls != "Country" or any(view.breaks[start + 1 : at + 1]):
            return
        name = " ".join((*(compass()[norm] for norm in view.norms[start:at]), *view.written[at : known[0]]))
        yield Found(start, known[0], "Area", head=SIDE, rank=4, open=True, name=name)

    def part(self, start: int, limit: int) -> Iterator[Found]:
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

    def _core(self, at: int, limit: int) -> tuple[int, int, str] | None:
        """(first, end, name) of the place that an area is named after, its own head noun left out of the name."""
        view = self._view
        head = self._sources.place_heads.longest(view.stems, at, limit) if at < limit else None
        if head is not None and view.definite(at) and head[1].stem in referring_heads():
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

    def road(self, start: int, end: int, limit: int) -> Iterator[Found]:
        """طريق الرقة حلب, طريق "الطبقة - سلمية", الطريق الواصل بين حلب ودمشق, طريق M5."""
        view = self._view
        if start > 0 and view.norms[start - 1] == "عن":
            return
        at = end
        if view.definite(start):
            while at < limit and view.lemmas[at] in _way("adjectives"):
                at += 1
            named = at < limit and (view.tags[at] == "LATIN" or view.norms[at] in _way("between"))
            if not named or (at == end and view.norms[at] != "بين"):
                return
            at += at < limit and view.norms[at] in _way("between")
        elif at < limit and view.norms[at] in OPENING_QUOTES:
            at += 1
        stop = self._road_names(at, limit)
        if stop is not None:
            stop = view.closed(start, stop)
            quarter = self._sources.places.longest(view.exact, start, stop)  # طريق الباب, where a list says so
            rank, stop = (4, stop) if quarter is None else (2, quarter[0])
            port = view.definite(at) and view.lemmas[at] in _way("ports")  # طريق المطار tells of no airport
            yield Found(start, stop, "Road", head="طريق", rank=rank, open=not port)

    def _road_names(self, at: int, limit: int) -> int | None:
        view = self._view
        if at >= limit or view.lemmas[at] in place_words("not_names", "words"):
            return None
        end = self._way_point(at, limit) or self._unknown_point(at, limit)
        if end is None:
            return None
        following = end
        while following < limit and view.norms[following] in _way("joins") and following < end + 2:
            following += 1
        if following < limit and not view.breaks[following]:
            dashed = following > end and view.norms[end] in _DASHES and view.tags[following] == "WORD"
            end = self._way_point(following, limit) or (dashed and self._names.name_end(following, limit)) or end
        while end < limit and view.definite(end) and view.lemmas[end] in _way("tail"):
            end += 1
        return end

    def _unknown_point(self, at: int, limit: int) -> int | None:
        """The end of a name that no list holds, where a dash and another name stand behind it: طريق حزوان - عبلة."""
        end = self._names.name_end(at, limit)
        dashed = end is not None and end + 1 < limit and self._view.norms[end] in _DASHES
        return end if dashed and self._view.tags[(end or 0) + 1] == "WORD" else None

    def _way_point(self, at: int, limit: int) -> int | None:
        """The end of one end of a road: a known place, one with its head, or a Latin designation."""
        view = self._view
        if view.tags[at] == "LATIN":
            numbered = at + 1 < limit and view.tags[at + 1] == "NUM" and view.glued[at + 1]  # M5
            return at + 1 + numbered
        port = view.lemmas[at] in _way("ports")
        if port and view.definite(at):
            return at + 1  # طريق المطار
        head = self._sources.place_heads.longest(view.stems, at, limit)
        known = self._sources.places.longest(view.exact, head[0] if head else at + port, limit)
        if known is not None:
            return known[0]
        return self._names.name_end(head[0], limit) if head is not None and head[0] < limit else None


@cache
def compass() -> dict[str, str]:
    """The words for the sides of a country, with the one that its name is made of."""
    return dict(section("place_heads", "compass"))


@cache
def _part_sides() -> frozenset[str]:
    sides = (*section("place_heads", "direction", "adjectives"), *section("place_heads", "parts", "sides"))
    return frozenset(f"ال{side}" for side in adjective_set(sides))


def _rural_name(core: str, sides: list[str]) -> str:
    return " ".join(("ريف", *([core] if core else []), *sides))


@cache
def _provinces() -> frozenset[str]:
    return frozenset(place_key(name) for name in section("place_heads", "province", "names"))
