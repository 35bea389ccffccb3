"""Which of the places named in a row is meant: of قرية معلك بريف عين عيسى، الخاضعة لقسد the village is held."""

from __future__ import annotations

from collections.abc import Sequence

from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.relation_rules.near import Nearness
from kgbuild.pipeline.relation_rules.patterns import Pattern
from kgbuild.pipeline.relation_rules.surroundings import describes, plain
from kgbuild.pipeline.words import Words

_LOCATED = frozenset(("place", "facility"))
_WIDE = frozenset(("Country", "Governorate"))
_SETTLED = frozenset(("Neighbourhood", "Village", "Town", "City"))
_UNHELD = frozenset(("Residence", "Vehicle", "Shop", "Market"))
_RURAL = "ريف"
_AT_BORDER = ("Governorate", "Country")
_OF_PLACES = frozenset(("controls", "locatedNear", "within"))


def spoken_of(
    words: Words, mentions: Sequence[EntityMention], pair: tuple[int, int], pattern: Pattern, near: Nearness
) -> int | None:
    """The left name that is meant: قرية معلك بريف عين عيسى، الخاضعة لقسد speaks of the village.

    None for a place that is part of another name (مستشفى منبج الذي يديره …), and for a country.
    """
    (at, other), type_ = pair, pattern.type
    if not _LOCATED & pattern.left or mentions[at].group not in _LOCATED or type_ not in _OF_PLACES:
        return at
    around = [m for m in mentions[max(0, at - 2) : at] if m.end >= mentions[at].end]
    placed = mentions[at].cls not in _WIDE and mentions[other].group == "place"
    named = all(m.group == "actor" or (placed and m.cls != "Road") for m in around)
    if around and (type_ != "locatedNear" or not named):
        return None  # of "the mosque of Mushairifa (south of Mosul)" the town is near, too
    if type_ == "within":
        closed = ")" in words.norms[mentions[at].end : mentions[at].end + 2]  # (شمال بغداد) في محافظة بابل
        return None if closed or mentions[at].cls in _WIDE else at
    wide = mentions[at].cls in _WIDE or mentions[at].head == _RURAL
    wide = wide and (mentions[at].cls, mentions[other].cls) != _AT_BORDER
    while at > 0 and mentions[at - 1].group in _LOCATED:
        begin = mentions[at - 1].end
        begin += begin < mentions[at].start and describes(words, begin)  # حي المغاير الشعبي في حلب
        gap = plain(words, begin, mentions[at].start)
        held = bool(gap) and (wide or type_ == "controls") and near.inside.issuperset(gap)
        border = wide or mentions[other].cls == "Country"  # الزبداني شمال غرب دمشق قرب الحدود مع لبنان
        aside = border and near.holds(mentions[at - 1], mentions[at], gap)
        if (not held and not aside) or (mentions[at].cls in _SETTLED and mentions[at - 1].cls in _UNHELD):
            break  # of "a house in the quarter that X controls" the quarter is meant
        at -= 1
    return None if mentions[at].cls == "Country" else at
