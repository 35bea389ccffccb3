"""Joining the tellings of one article."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgbuild.assembly.frames import Frame
from kgbuild.assembly.likeness import Likeness
from kgbuild.assembly.within import Joiner
from kgbuild.model import Entity
from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention
from kgbuild.pipeline.triggers import Meaning, Trigger

ENTITIES = {
    "town": Entity(id="town", iri="i:town", cls="City", group="place", label={}),
    "mosque": Entity(id="mosque", iri="i:mosque", cls="Mosque", group="facility", label={}),
}


@dataclass
class Teller:
    """Makes frames, one in each sentence."""

    joiner: Joiner = field(default_factory=lambda: Joiner(Likeness(ENTITIES)))

    def frame(self, sentence: int, cls: str, *, place: bool = False, mosque: bool = False, killed: int = 0) -> Frame:
        at = sentence * 10
        trigger = Trigger(at, at + 1, Meaning("explode", cls, "explosion", False, "verb"))
        frame = Frame(cls, trigger, at, at, at + 9, sentence, spans=[(at, at + 9)])
        frame.places = ["town"] if place else []
        if mosque:
            frame.facilities, frame.targets = {"mosque": None}, ["mosque"]
        if killed:
            frame.casualties = [CasualtyMention(at, at + 2, "killed", killed, killed, "unknown", at)]
        return frame


def test_incidents_that_turn_out_alike_are_joined() -> None:
    teller = Teller()
    toll = teller.frame(1, "Bombing", place=True, killed=49)
    deed = teller.frame(9, "SuicideBombing", place=True, mosque=True)
    both = teller.frame(10, "Bombing", mosque=True, killed=49)
    [incident] = teller.joiner.join([toll, deed, both])
    assert incident.tellings == 3
    assert incident.facilities == {"mosque": None}


def test_a_deed_in_the_same_town_alone_is_another_incident() -> None:
    teller = Teller()
    toll = teller.frame(1, "Bombing", place=True, killed=49)
    deed = teller.frame(9, "SuicideBombing", place=True, mosque=True)
    assert teller.joiner.join([toll, deed]) == [toll, deed]


def test_a_telling_that_says_little_joins_only_what_was_told_shortly_before() -> None:
    assert len(_told_at(3)) == 1
    assert len(_told_at(9)) == 2


def _told_at(sentence: int) -> list[Frame]:
    teller = Teller()
    deed, later = teller.frame(1, "Bombing", place=True), teller.frame(sentence, "Bombing")
    deed.agents, later.agents = ["force"], ["force"]
    return teller.joiner.join([deed, later])
