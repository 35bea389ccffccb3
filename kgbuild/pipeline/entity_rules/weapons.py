"""Weapons: nouns, and adjectives after a word of attack (قصف مدفعي, مقاتلات تركية, انفجار سيارة)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.pipeline.entity_rules.bomb_vehicles import BombVehicles
from kgbuild.pipeline.entity_rules.found import Found
from kgbuild.pipeline.entity_rules.lexicon import arabic_forms, section
from kgbuild.pipeline.entity_rules.meanings import means_otherwise
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.entity_rules.sources import Sources, adjective_set
from kgbuild.pipeline.entity_rules.view import View

_LOOK_BACK = 5
_LOOK_AHEAD = 4


@cache
def _jets() -> frozenset[str]:
    return frozenset(fold_text(word) for word in section("weapons", "with_nation", "Aircraft"))


@cache
def _attack_words() -> tuple[Mapping[str, str], frozenset[str], frozenset[str]]:
    """Adjectives of weapons, words of attack, what stands between."""
    adjectives = {
        arabic_forms().phrase(entry)[0]: cls
        for cls, entries in section("weapons", "adjective").items()
        for entry in entries
    }
    attacks = frozenset(arabic_forms().phrase(entry)[0] for entry in section("weapons", "attack", "nouns"))
    between = adjective_set((*section("weapons", "attack", "between"), "و", "مدفعي*", "صاروخي*"))
    return adjectives, attacks, between


class WeaponRules:
    """Proposes weapons in one document: nouns, and adjectives after a word of attack (قصف مدفعي)."""

    def __init__(self, view: View, sources: Sources) -> None:
        self._view = view
        self._weapons = sources.weapons
        self._bombs = BombVehicles(view, sources)
        self._adjectives, self._attacks, self._between = _attack_words()

    def __call__(self, start: int) -> Iterator[Found]:
        """The weapons that begin at this word."""
        view, limit = self._view, self._view.line_end(start)
        adjective = self._adjective_at(start)
        if adjective is not None and self._after_attack(start):
            yield Found(start, start + 1, self._adjectives[adjective], head=adjective, generic=True, rank=5)
            return
        bomb = self._bombs.at(start, limit)
        if bomb is not None:
            yield Found(start, bomb[0], bomb[1], head=view.stems[start][-1], generic=True, rank=5, confidence=0.7)
            return
        found = self._weapons.longest(view.stems, start, limit, passing='"') or self._flying(start, limit)
        if found is None or (found[0] == start + 1 and self._is_other(start, adjective)):
            return
        end, cls = view.closed(start, found[0]), found[1]
        if cls == "UnexplodedOrdnance" and start and view.norms[start - 1] == "من":
            return  # ألغام من مخلفات الحرب: what kind of mine, not a further weapon
        if cls == "Aircraft":
            end, cls = self._pilotless(end, limit) or found
        yield Found(start, end, cls, head=view.stems[start][-1], generic=True, rank=5)

    def _adjective_at(self, start: int) -> str | None:
        stems = self._view.stems[start]
        if self._adjectives.keys().isdisjoint(stems):
            return None
        return next(stem for stem in stems if stem in self._adjectives)

    def _is_other(self, start: int, adjective: str | None) -> bool:
        view = self._view
        only_adjective = adjective is not None and (adjective == view.lemmas[start] != "مدفعيه" or view.definite(start))
        return (only_adjective and view.lemmas[start] != "مدفعيه") or means_otherwise(view, start, "weapons")

    def _flying(self, start: int, limit: int) -> tuple[int, str] | None:
        """مقاتلات تركية are jets; without a nation's adjective the word may as well mean women who fight."""
        view = self._view
        jets = view.lemmas[start] in _jets() and start + 1 < limit and nation_of(view.lemmas[start + 1]) is not None
        return (start + 1, "Aircraft") if jets else None

    def _pilotless(self, end: int, limit: int) -> tuple[int, str] | None:
        """طائرة تركية نوع "درون": the kind told after the nation's adjective."""
        view = self._view
        for index in range(end, min(limit, end + _LOOK_AHEAD)):
            found = self._weapons.longest(view.stems, index, limit)
            if found is not None and found[1] == "Drone":
                return view.closed(end, found[0]), "Drone"
            if not (view.norms[index] in ('"', "من", "نوع", "طراز") or nation_of(view.lemmas[index])):
                return None
        return None

    def _after_attack(self, start: int) -> bool:
        view = self._view
        for index in range(start - 1, max(-1, start - 1 - _LOOK_BACK), -1):
            if view.has_stem(index, self._attacks):
                return True
            if view.lemmas[index] not in self._between or view.breaks[index + 1]:
                return False
        return False
