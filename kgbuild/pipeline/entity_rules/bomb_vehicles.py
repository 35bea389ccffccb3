"""Vehicles that are bombs: what goes off (انفجرت سيارة), is packed (جرار مفخخ) or holds a charge (عبوة في دراجة)."""

from __future__ import annotations

from functools import cache

from kgbuild.arabic.inflect import verb_forms
from kgbuild.pipeline.entity_rules.lexicon import section, stems_of
from kgbuild.pipeline.entity_rules.names import name_stops
from kgbuild.pipeline.entity_rules.sources import Sources, adjectives_of
from kgbuild.pipeline.entity_rules.view import View

_LONGEST_KIND = 3
"""Words between a vehicle and what makes a bomb of it: سيارة نقل صغيرة مفخخة."""
_CHARGE = "ImprovisedExplosiveDevice"
_TWO_WHEELS = "MotorcycleBomb"


class BombVehicles:
    """Reads them in one document."""

    def __init__(self, view: View, sources: Sources) -> None:
        self._view = view
        self._sources = sources

    def at(self, start: int, limit: int) -> tuple[int, str] | None:
        """(end, class) of the one that begins at this word."""
        found = self._class_of(start, carriers=True)
        if found is None:
            return None
        packed = self._packed_end(start, limit)
        if packed is not None:
            return packed, found
        cls = self._class_of(start, carriers=False)
        holds = cls == _TWO_WHEELS and self._holds_charge(start)
        return (self._vehicle_end(start, limit), cls) if cls and (holds or self._goes_off(start)) else None

    def _class_of(self, start: int, *, carriers: bool) -> str | None:
        classes = _vehicles(carriers=carriers)
        if classes.keys().isdisjoint(self._view.stems[start]):
            return None  # asked of every word
        return next((classes[stem] for stem in self._view.stems[start] if stem in classes), None)

    def _vehicle_end(self, start: int, limit: int) -> int:
        vehicle = self._sources.facilities.longest(self._view.stems, start, limit)
        return vehicle[0] if vehicle else start + 1

    def _packed_end(self, start: int, limit: int) -> int | None:
        view = self._view
        for at in range(start + 1, min(limit, start + 2 + _LONGEST_KIND)):
            if view.lemmas[at] in adjectives_of("weapons", "exploding", "packed"):
                return at + 1
            if view.lemmas[at] in adjectives_of("weapons", "exploding", "laden"):
                return self._load_end(at + 1, limit)
            if view.tags[at] != "WORD" or view.breaks[at] or view.norms[at] in name_stops():
                return None
        return None

    def _load_end(self, at: int, limit: int) -> int | None:
        """The end of the explosives behind "laden with"."""
        if at + 1 >= limit or self._view.norms[at] != "ب":
            return None
        load = self._sources.weapons.longest(self._view.stems, at + 1, limit)
        return load[0] if load is not None and load[1] == _CHARGE else None

    def _goes_off(self, start: int) -> bool:
        view = self._view
        return start > 0 and view.has_stem(start - 1, _explosions()) and not view.breaks[start]

    def _holds_charge(self, start: int) -> bool:
        """عبوة ناسفة مزروعة في دراجة, قنبلة داخل دراجة."""
        view, at = self._view, start - 1
        if at < 1 or view.norms[at] not in section("weapons", "exploding", "inside"):
            return False
        laid = view.lemmas[at - 1] in adjectives_of("weapons", "exploding", "laid")
        begin = at - 1 - laid
        return any(
            (found := self._sources.weapons.longest(view.stems, i, at)) is not None and found == (begin + 1, _CHARGE)
            for i in range(max(0, begin - 2), begin + 1)
        )


@cache
def _vehicles(*, carriers: bool) -> dict[str, str]:
    """The class of bomb by the noun of the vehicle."""
    tables = ("vehicles", "carriers") if carriers else ("vehicles",)
    return {
        stem: cls
        for table in tables
        for cls in section("weapons", "exploding", table)
        for stem in stems_of("weapons", "exploding", table, cls)
    }


@cache
def _explosions() -> frozenset[str]:
    verbs = (form for pair in section("weapons", "exploding", "verbs") for form in verb_forms(*pair))
    return stems_of("weapons", "exploding", "nouns") | frozenset(verbs)
