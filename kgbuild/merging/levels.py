"""How two reports agree, part by part: a function compares each part and names the level of agreement."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from kgbuild import vocab
from kgbuild.geography import kilometres
from kgbuild.merging.accounts import Account, Figure, Thing
from kgbuild.merging.fingerprint import is_akin, is_copy
from kgbuild.resources import data_path

_NEAR_KM, _AROUND_KM = 3.0, 10.0
_MANY = 5
_SIMILAR_RATIO, _FAR_RATIO = 1.5, 3.0
_SPOTS = frozenset({"Village", "Neighbourhood", "Road", "Junction", "Crossing", "Camp"})
_TOWNS = frozenset({"Town", "City"})
_WIDE = frozenset({"Country", "Governorate"})


@cache
def _classes() -> Mapping[str, Any]:
    return MappingProxyType(tomllib.loads(data_path("merging", "classes.toml").read_text(encoding="utf-8")))


@cache
def class_table(name: str) -> frozenset[str]:
    """A list of classes in `data/merging/classes.toml`."""
    return frozenset(_classes()[name])


@cache
def _related() -> frozenset[tuple[str, str]]:
    return frozenset((a, b) for group in _classes()["related"] for a in group for b in group)


def _class_level(a: Account, b: Account) -> str:
    if a.cls == b.cls:
        return "same"
    if a.cls in vocab.ancestors(b.cls) or b.cls in vocab.ancestors(a.cls):
        return "narrower"
    return "related" if (a.cls, b.cls) in _related() else "apart"


def _date_level(a: Account, b: Account) -> str:
    first, second = a.interval, b.interval
    if first is None or second is None:
        return "unknown"
    gap = max(first[0], second[0]) - min(first[1], second[1])
    if a.days is None or b.days is None:
        return "vague" if gap <= 0 else "apart"
    if not (a.dated and b.dated):
        return "guessed" if gap <= 0 else "apart"
    if gap > 0:
        return "next_day" if gap == 1 else "apart"
    one_day = first[0] == first[1], second[0] == second[1]
    return "same_day" if all(one_day) else "within" if any(one_day) else "overlap"


_PLACE_ORDER = (
    "same_spot", "same_name", "same_town", "inside_town", "near", "name_only", "same_area", "around", "inside_area",
    "apart",
)  # fmt: skip


def _place_level(a: Account, b: Account) -> str:
    if not a.places or not b.places:
        return "unknown"
    found = {_places_level(p, q, a, b) for p in a.places for q in b.places}
    return next(level for level in _PLACE_ORDER if level in found)


def _places_level(one: str, two: str, a: Account, b: Account) -> str:
    p, q = a.things[one], b.things[two]
    if p.iri == q.iri:
        return "same_spot" if p.cls in _SPOTS else "same_town" if p.cls in _TOWNS else "same_area"
    if p.iri in q.within or q.iri in p.within:
        wider = p if p.iri in q.within else q
        return "inside_town" if wider.cls in _TOWNS else "inside_area"
    if p.point is not None and q.point is not None:
        distance = kilometres(p.point, q.point)
        return "near" if distance <= _NEAR_KM else "around" if distance <= _AROUND_KM else "apart"
    if p.names.isdisjoint(q.names) or p.cls in _WIDE or q.cls in _WIDE:
        return "apart"
    # One village under several IRIs: a list knows it, or articles say differently what it is or what it lies in.
    return "same_name" if _may_share_container(p, q, a, b) else "name_only"


def _may_share_container(p: Thing, q: Thing, a: Account, b: Account) -> bool:
    if not p.within or not q.within or not p.within.isdisjoint(q.within):
        return True
    first, second = (set[str]().union(*(x.things[w].names for w in t.within)) for x, t in ((a, p), (b, q)))
    return not first.isdisjoint(second)


_FACILITY_ORDER = ("same", "kind", "everyday", "other_kind", "differ")


def _facility_level(a: Account, b: Account) -> str:
    if not a.facilities or not b.facilities:
        return "none"
    found = {_facilities_level(a.things[p], b.things[q]) for p in a.facilities for q in b.facilities}
    return next(level for level in _FACILITY_ORDER if level in found)


def _facilities_level(p: Thing, q: Thing) -> str:
    """Two facilities without names of their own ("a house") may or may not be one, whatever their IRIs."""
    if p.own_words and q.own_words:
        return "same" if p.iri == q.iri or (p.cls == q.cls and p.own_words & q.own_words) else "differ"
    if p.cls == q.cls:
        return "kind"
    return "everyday" if {p.cls, q.cls} & class_table("everyday") else "other_kind"


def _figure_level(effect: str) -> Callable[[Account, Account], str]:
    def level(a: Account, b: Account) -> str:
        first, second = a.figure(effect), b.figure(effect)
        if first is None or second is None:
            return "none" if first is second else "one_silent"
        return _figures_level(first, second)

    return level


def _figures_level(a: Figure, b: Figure) -> str:
    low_a, high_a, low_b, high_b = *bounds(a), *bounds(b)
    if (low_a, high_a) == (low_b, high_b):
        return "equal_many" if low_a >= _MANY and low_a == high_a else "equal"
    if max(low_a, low_b) <= min(high_a, high_b):
        return "overlap"
    nearer, farther = min(high_a, high_b), max(low_a, low_b)
    return (
        "similar"
        if farther <= _SIMILAR_RATIO * nearer
        else "close"
        if farther <= _FAR_RATIO * max(nearer, 1)
        else "far"
    )


def bounds(figure: Figure) -> tuple[float, float]:
    """Lowest and highest number that the figure admits."""
    return figure.min or 0, math.inf if figure.max is None else figure.max


def _sets_level(get: Callable[[Account], Iterable[str]]) -> Callable[[Account, Account], str]:
    def level(a: Account, b: Account) -> str:
        first, second = set(get(a)), set(get(b))
        if not first or not second:
            return "none"
        within_first = first.union(*(a.things[p].within for p in first))
        within_second = second.union(*(b.things[q].within for q in second))
        return "differ" if first.isdisjoint(within_second) and second.isdisjoint(within_first) else "shared"

    return level


def _text_level(a: Account, b: Account) -> str:
    return "copy" if is_copy(a.words, b.words) else "akin" if is_akin(a.words, b.words) else "other"


PARTS: tuple[tuple[str, Callable[[Account, Account], str]], ...] = (
    ("date", _date_level),
    ("class", _class_level),
    ("place", _place_level),
    ("facility", _facility_level),
    ("killed", _figure_level("killed")),
    ("injured", _figure_level("injured")),
    ("perpetrator", _sets_level(lambda x: x.perpetrators)),
    ("target", _sets_level(lambda x: x.targets)),
    ("victim", _sets_level(lambda x: x.victims)),
    ("weapon", _sets_level(lambda x: x.weapons)),
    ("text", _text_level),
)
"""What is compared, in this order, and how."""
