"""How much speaks for two tellings within an article being of one incident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgbuild.assembly.frames import BOMBINGS, GENERIC, KILLINGS, Frame, related
from kgbuild.assembly.place_match import PlaceMatch, compare
from kgbuild.assembly.points import points
from kgbuild.assembly.sides import of_one_side
from kgbuild.model import DateInterval, Entity
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention

_EFFECTS = ("killed", "injured", "detained", "abducted", "missing", "displaced")
SAME_AREA = frozenset({"same", "within"})
_POINTS_OF_PLACES = {"same": "same_place", "within": "place_within", "open": "open_place", "other": "other_place"}
_NEARBY = 2
"""Sentences within which a story is thought to stay with its incident."""
_TELLING_FIGURE = 4
_YEAR = 364
_TELLING_WEAPONS = frozenset(
    {
        "WhitePhosphorus",
        "Chlorine",
        "Sarin",
        "ChemicalWeapon",
        "ClusterMunition",
        "BarrelBomb",
        "SuicideVest",
        "ThermobaricWeapon",
    }
)
_MANY_OF_A_KIND = frozenset(
    {"Building", "GovernmentBuilding", "Headquarters", "Residence", "Shop", "Checkpoint", "Vehicle"}
)
"""Facilities of which a place has so many that two of them are thought to be two."""
_FROM_THE_AIR = frozenset({"AirStrike", "DroneStrike"})
_STATES = frozenset({"State", "Country"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """Compares tellings of one article. `entities` by id, for what lies within what."""

    entities: dict[str, Entity]

    def fits(self, a: Frame, b: Frame) -> bool:
        return (related(a.cls, b.cls) or _tells_toll_of(b, a)) and not self._conflict(a, b)

    def resumes(self, told: Frame, frame: Frame) -> bool:
        """Whether "the shelling also destroyed …" goes on about what the sentence before it told."""
        if frame.sentence - told.sentence > 1 or not related(told.cls, frame.cls):
            return False
        if not frame.risen and self._is_elsewhere(told, frame):
            return False
        return not frame.agents or not told.agents or bool(set(frame.agents) & set(told.agents))

    def _is_elsewhere(self, a: Frame, b: Frame) -> bool:
        """Whether each names a place of its own and a toll of its own."""
        return self.places(a, b) == "other" and any(_other_totals(a.casualties, b.casualties, e) for e in _EFFECTS)

    def score(self, a: Frame, b: Frame) -> float:
        """How much speaks for one incident; below zero where something speaks against it."""
        if b.beside and a.sentence == b.sentence and a.cls != b.cls:
            return -1.0
        if not self.fits(a, b) and not self._headline_of(a, b) and not _same_toll(a, b):
            return -1.0
        return sum(points()[name] * times for name, times in self._evidence(a, b))

    def _evidence(self, a: Frame, b: Frame) -> Iterator[tuple[str, float]]:
        """What the two share, and what they tell otherwise, by the names of `points`, each with how often it counts."""
        if a.cls == b.cls:
            yield "same_class", 1
        elif {a.cls, b.cls} & GENERIC:
            yield "generic_class", 1
        yield from self._places_shared(a, b)
        yield from _figures_shared(a, b)
        yield "same_doer", bool(set(a.agents) & set(b.agents))
        yield "same_target", bool(set(a.targets) & set(b.targets))
        yield "same_victim", bool(set(a.victims) & set(b.victims))
        yield from self._facilities_shared(a, b)
        yield from self._weapons_shared(a, b)
        yield "anaphoric", b.anaphoric
        yield "raid_and_arrests", a.sentence == b.sentence and {a.cls, b.cls} == {"Raid", "Detention"}

    def _conflict(self, a: Frame, b: Frame) -> bool:
        """Whether the two cannot be one incident: other days, other doers, other places."""
        if a.date and b.date and (_days_between(a.date, b.date) > self._tolerance(a, b) or _is_history(a.date, b.date)):
            return True
        if b.past and a.date is None and not b.anaphoric and not self._same_victims(a, b):
            return True  # history that a story of these days recalls
        if a.agents and b.agents and not set(a.agents) & set(b.agents) and not self._related_actors(a, b):
            return True
        if _on_other_sides(a, b) or _on_other_sides(b, a) or _from_elsewhere(a, b):
            return True
        if b.answering and not a.answering and not set(a.agents) & set(b.agents):
            return True
        return bool(a.places and b.places) and self.places(a, b) == "other"

    def _same_victims(self, a: Frame, b: Frame) -> bool:
        """Whether both tell of one facility, one person, or as many dead or injured."""
        figures = any(_totals(a.casualties, e) & _totals(b.casualties, e) for e in ("killed", "injured"))
        return figures or bool(set(a.facilities) & set(b.facilities)) or bool(set(a.victims) & set(b.victims))

    def _tolerance(self, a: Frame, b: Frame) -> int:
        """Days by which tellings of a facility in one place may differ: one says "today", the other "Tuesday"."""
        known = {f for f in set(a.facilities) & set(b.facilities) if self.entities[f].cls != "Vehicle"}
        return 1 if known and set(a.places) & set(b.places) else 0

    def _headline_of(self, told: Frame, frame: Frame) -> bool:
        """Whether a headline gives the very toll of a telling, though it names the place more widely."""
        same = any(_totals(told.casualties, e) & _totals(frame.casualties, e) for e in ("killed", "injured"))
        return frame.headline and same and related(told.cls, frame.cls)

    def _related_actors(self, a: Frame, b: Frame) -> bool:
        """Whether a state does what its force does, or a headline, or what is told of one place, names a side by
        another of its names.
        """
        named = [[self.entities[e] for e in frame.agents if e in self.entities] for frame in (a, b)]
        if any(entity.cls in _STATES for entities in named for entity in entities):
            return True
        one_place = a.cls == b.cls != "ArmedClash" and self.places(a, b) in SAME_AREA | {"open"}
        if not (a.headline or b.headline or one_place):
            return False
        mine, theirs = ([entity.iri.rpartition("/")[2] for entity in entities] for entities in named)
        return any(of_one_side(one, other) for one in mine for other in theirs)

    def places(self, a: Frame, b: Frame) -> PlaceMatch:
        """How the places of the two agree."""
        return compare(a, b, self.entities)

    def _places_shared(self, a: Frame, b: Frame) -> Iterator[tuple[str, float]]:
        match = self.places(a, b)
        if match in _POINTS_OF_PLACES:
            yield _POINTS_OF_PLACES[match], 1
        same_sides = a.cls == b.cls == "ArmedClash" and bool(set(a.agents) & set(b.agents))
        yield "given", match in ("same", "within", "may hold") and b.given and (same_sides or not b.agents)
        yield "near_in_place", match == "same" and abs(a.sentence - b.sentence) <= _NEARBY

    def _facilities_shared(self, a: Frame, b: Frame) -> Iterator[tuple[str, float]]:
        if not a.facilities or not b.facilities:
            return
        shared = set(a.facilities) & set(b.facilities)
        if shared:  # "vehicles" are rarely the same ones
            yield "same_facility", any(self.entities[f].cls != "Vehicle" for f in shared)
            return
        classes = [{self.entities[f].cls for f in frame.facilities} for frame in (a, b)]
        yield "other_facility", not (classes[0] & classes[1]) - _MANY_OF_A_KIND

    def _weapons_shared(self, a: Frame, b: Frame) -> Iterator[tuple[str, float]]:
        classes_a = {self.entities[e].cls for e in a.weapons} - {"Aircraft"}
        classes_b = {self.entities[e].cls for e in b.weapons} - {"Aircraft"}
        shared = classes_a & classes_b
        if "WhitePhosphorus" in classes_a ^ classes_b:
            yield "other_weapon", 1
        elif shared:
            yield "telling_weapon" if shared & _TELLING_WEAPONS else "same_weapon", 1


def _figures_shared(a: Frame, b: Frame) -> Iterator[tuple[str, float]]:
    for effect in _EFFECTS:
        mine, theirs = _totals(a.casualties, effect), _totals(b.casualties, effect)
        if mine & theirs:
            yield "same_figure", 1
        elif mine and theirs:
            yield "other_figure", 1


def _tells_toll_of(frame: Frame, told: Frame) -> bool:
    """Whether a toll whose words only name a weapon ("died of bullet wounds") may be that of any attack told before."""
    return frame.trigger is None and frame.cls in KILLINGS and not frame.places and related(told.cls, "Killing")


def _on_other_sides(a: Frame, b: Frame) -> bool:
    """Whether one tells what a side did and the other, in words of its own, what was done to that side."""
    return (
        bool(a.agents)
        and not b.agents
        and not b.anaphoric
        and not {a.cls, b.cls} & BOMBINGS
        and not (a.cls == "ArmedClash" and b.trigger is None)
        and set(a.agents) <= set(b.targets)
    )


def _from_elsewhere(a: Frame, b: Frame) -> bool:
    """Whether one tells of aircraft and the other of guns, unless "the shelling" takes up what was told."""
    from_the_air = {a.cls in _FROM_THE_AIR, b.cls in _FROM_THE_AIR} == {True, False}
    return from_the_air and "Shelling" in (a.cls, b.cls) and not (a.anaphoric or b.anaphoric)


def _same_toll(a: Frame, b: Frame) -> bool:
    """Whether both tell as many dead and as many injured, so many that it is no chance: two views of one place then."""
    shared = [_totals(a.casualties, effect) & _totals(b.casualties, effect) for effect in ("killed", "injured")]
    return related(a.cls, b.cls) and all(shared) and max(map(max, shared)) >= _TELLING_FIGURE


def _totals(casualties: list[CasualtyMention], effect: str) -> set[int]:
    return {c.min for c in casualties if c.effect == effect and not c.part and c.min is not None}


def _other_totals(a: list[CasualtyMention], b: list[CasualtyMention], effect: str) -> bool:
    """Whether both count those with the effect, and not the same number."""
    mine, theirs = _totals(a, effect), _totals(b, effect)
    return bool(mine) and bool(theirs) and not mine & theirs


def _is_history(a: DateInterval, b: DateInterval) -> bool:
    """Whether one is a day that nobody can place ("on Sunday") and the other a whole year."""
    return any(one.earliest is None and other.earliest and other.days() > _YEAR for one, other in ((a, b), (b, a)))


def _days_between(a: DateInterval, b: DateInterval) -> int:
    """Days from the end of the earlier to the start of the later; 0 where they meet or one is open."""
    if a.earliest is None or b.earliest is None or a.latest is None or b.latest is None:
        return 0
    return max(0, (b.earliest - a.latest).days, (a.earliest - b.latest).days)
