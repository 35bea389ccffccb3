"""Finds what the text states of two named entities (`kgbuild_relations`).

Reads tokens, sentences, `doc._.mentions` and `doc._.entities`; sets `doc._.relations`. Patterns are in
`data/<language>/relations.toml`. Only names within a few words of one another are looked at, so the time is linear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.relation_rules.contained import contained, told_in_names
from kgbuild.pipeline.relation_rules.framed import framed
from kgbuild.pipeline.relation_rules.near import Nearness
from kgbuild.pipeline.relation_rules.nested import nested_units
from kgbuild.pipeline.relation_rules.offices import Offices
from kgbuild.pipeline.relation_rules.patterns import Pattern, Patterns, ends_with
from kgbuild.pipeline.relation_rules.possessed import Possessed
from kgbuild.pipeline.relation_rules.sides import Sides
from kgbuild.pipeline.relation_rules.surroundings import in_facility, listed_with, plain, weighed
from kgbuild.pipeline.words import Words, sentences_of, words_of

_REACH = 12
_TAIL_REACH = 4
_LEAD_REACH = 6
_LOCATED = frozenset(("place", "facility"))
_WIDE = frozenset(("Country", "Governorate"))
_SETTLED = frozenset(("Neighbourhood", "Village", "Town", "City"))
_UNHELD = frozenset(("Residence", "Vehicle", "Shop", "Market"))
_RURAL = "ريف"
_AT_BORDER = ("Governorate", "Country")
_INSIDE = frozenset(("في", "ب"))
_ACTORS = frozenset(("actor",))
_AGENTS = frozenset(("actor", "person"))
_NEAR = Pattern("locatedNear", _LOCATED, _LOCATED, from_left=True)
_MUTUAL = frozenset(("alliedWith", "opposedTo"))
_OF_ONE = frozenset(("within", "partOf"))
_OF_PLACES = frozenset(("controls", "locatedNear", "within"))


@Language.factory("kgbuild_relations", assigns=["doc._.relations"], requires=["doc._.mentions", "doc._.entities"])
def create(nlp: Language, name: str) -> RelationFinder:
    """The component for the pipeline's language."""
    return RelationFinder(nlp)


class RelationFinder:
    """Tries the patterns on neighbouring names, reads offices and members, and containment off the linked places."""

    def __init__(self, nlp: Language) -> None:
        self._patterns = Patterns(nlp)
        self._near = Nearness(nlp)
        self._offices = Offices(nlp, self._patterns)
        self._possessed = Possessed(nlp, self._patterns)
        self._sides = Sides(nlp)

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        found: dict[tuple[str, str, str], Relation] = {}
        rules = (
            self._near.at_borders,
            self._near.beside_last,
            self._offices.read,
            self._possessed.read,
            self._sides.read,
            nested_units,
        )
        readings = (self._stated, told_in_names, *rules, contained)
        for relation in chain.from_iterable(reading(words, doc) for reading in readings):
            told = relation.type in _MUTUAL and (relation.type, relation.object, relation.subject) in found
            if relation.subject != relation.object and not told:
                found.setdefault((relation.type, relation.subject, relation.object), relation)
        doc._.relations = tuple(found.values())
        return doc

    def _stated(self, words: Words, doc: Doc) -> Iterator[Relation]:
        for start, mentions in by_sentence(doc):
            for position, a in enumerate(mentions):
                for other in range(position + 1, len(mentions)):
                    b = mentions[other]
                    if b.start > a.end + _REACH:
                        break
                    if a.end <= b.start and not in_facility(mentions, other):
                        for pattern in self._between(words, mentions, (position, other), start):
                            subject = self._spoken_of(words, mentions, (position, other), pattern)
                            if subject is not None:
                                yield from self._listed(words, mentions, (subject, other), pattern)
                    elif b.end <= a.end and a.group == "actor" and (b.group == "actor" or b.cls == "Country"):
                        yield from self._inside(words, a, b)

    def _between(
        self, words: Words, mentions: Sequence[EntityMention], pair: tuple[int, int], start: int
    ) -> Iterator[Pattern]:
        """The patterns that the words about the two fit."""
        a, b = mentions[pair[0]], mentions[pair[1]]
        between = plain(words, a.end, b.start)
        if self._near.holds(a, b, between):
            yield _NEAR
        inner = [m for m in mentions[pair[0] : pair[1]] if m.start >= a.end and m.end <= b.start]
        elsewhere = any(m.group == "place" for m in inner)
        past_places = self._past_places(words, mentions, pair) if elsewhere else []
        weighty = self._patterns.weighty(past_places or between)
        others = any("actor" in self._readings(m, words.norms[m.start - 1]) for m in inner)
        beside = self._stand_beside(words, mentions, pair)
        lefts = self._readings(a, words.norms[max(start, a.start - 1)], "state")
        for reading in product(lefts, self._readings(b, *weighty[-1:])):
            for pattern in self._patterns.between(reading, weighty):
                past = others if pattern.right == _ACTORS else elsewhere and pattern.type == "locatedIn"
                if framed(words, mentions, pair, pattern, start, self._patterns.served) and not past:
                    yield pattern
            for pattern in self._patterns.beside(reading) if beside else ():
                if framed(words, mentions, pair, pattern, start, self._patterns.served):
                    yield pattern

    def _listed(
        self, words: Words, mentions: Sequence[EntityMention], pair: tuple[int, int], pattern: Pattern
    ) -> Iterator[Relation]:
        """The relation of the two, and of what is listed with either ("A, B and C, backed by D and E")."""
        a, b = mentions[pair[0]], mentions[pair[1]]
        lefts = [a] if pattern.alone else [a, *listed_with(words, mentions, pair[0], -1)]
        rights = [b, *listed_with(words, mentions, pair[1], 1, self._patterns.members)]
        if pattern.type == "within":  # what is listed with the container lies beside it
            lefts = [m for m in lefts if m.cls not in _WIDE]
        if pattern.type in _OF_ONE or self._is_other_side(words, lefts[-1].start if lefts else a.start, rights[-1].end):
            rights = rights[:1]
        span = (words.starts[(lefts or [a])[-1].start], words.ends[rights[-1].end - 1])
        for left in lefts:
            for right in rights:
                subject, object_ = (left, right) if pattern.from_left else (right, left)
                yield _relation(pattern.type, subject, object_, (span,))

    def _is_other_side(self, words: Words, start: int, end: int) -> bool:
        """Whether the last of a list is the other side of a clash: "between A, backed by B, and C"."""
        between, sides = self._patterns.sides
        before, behind = words.norms[max(0, start - _LEAD_REACH) : start], words.norms[end : end + _TAIL_REACH]
        return not between.isdisjoint(before) and sides.isdisjoint(behind)

    def _past_places(self, words: Words, mentions: Sequence[EntityMention], pair: tuple[int, int]) -> list[str]:
        """The words between two actors or persons without where the first one is (X في سوريا المدعوم من Y)."""
        a, b = mentions[pair[0]], mentions[pair[1]]
        if a.group not in _AGENTS or b.group not in _AGENTS:
            return []
        left_out: set[int] = set()
        for place in mentions[pair[0] + 1 : pair[1]]:
            before = next(
                (i for i in range(place.start - 1, a.end - 1, -1) if words.norms[i] not in self._near.inside), a.end - 1
            )
            if place.group == "place" and place.start - 1 > before and place.end <= b.start:
                left_out.update(range(before + 1, place.end))
        return [w for i, w in weighed(words, a.end, b.start) if i not in left_out] if left_out else []

    def _spoken_of(
        self, words: Words, mentions: Sequence[EntityMention], pair: tuple[int, int], pattern: Pattern
    ) -> int | None:
        """The left name that is meant: قرية معلك بريف عين عيسى، الخاضعة لقسد speaks of the village.

        None for a place that is part of another name (مستشفى منبج الذي يديره …), and for a country.
        """
        (at, other), type_ = pair, pattern.type
        if not _LOCATED & pattern.left or mentions[at].group not in _LOCATED or type_ not in _OF_PLACES:
            return at
        around = [m for m in mentions[max(0, at - 2) : at] if m.end >= mentions[at].end]
        if any(type_ != "locatedNear" or m.group != "actor" for m in around):
            return None
        if type_ == "within":
            closed = ")" in words.norms[mentions[at].end : mentions[at].end + 2]  # (شمال بغداد) في محافظة بابل
            return None if closed or mentions[at].cls in _WIDE else at
        wide = mentions[at].cls in _WIDE or mentions[at].head == _RURAL
        wide = wide and (mentions[at].cls, mentions[other].cls) != _AT_BORDER
        while at > 0 and mentions[at - 1].group in _LOCATED:
            gap = plain(words, mentions[at - 1].end, mentions[at].start)
            held = bool(gap) and (wide or type_ == "controls") and self._near.inside.issuperset(gap)
            border = wide or mentions[other].cls == "Country"  # الزبداني شمال غرب دمشق قرب الحدود مع لبنان
            aside = border and self._near.holds(mentions[at - 1], mentions[at], gap)
            if (not held and not aside) or (mentions[at].cls in _SETTLED and mentions[at - 1].cls in _UNHELD):
                break  # of "a house in the quarter that X controls" the quarter is meant
            at -= 1
        return None if mentions[at].cls == "Country" else at

    def _stand_beside(self, words: Words, mentions: Sequence[EntityMention], pair: tuple[int, int]) -> bool:
        """Whether nothing of weight stands between: ranks, "in" and a place (قائد الجيش في حلب العميد سهيل الحسن)."""
        a, b = mentions[pair[0]], mentions[pair[1]]
        places = [m for m in mentions[pair[0] + 1 : pair[1]] if m.group == "place" and m.start >= a.end]
        taken = {i for m in places for i in range(m.start, m.end)}
        return all(
            i in taken
            or words.tags[i] in ("SPACE", "PUNCT")
            or words.norms[i] in self._patterns.fillers
            or words.norms[i] in self._patterns.places_between
            for i in range(a.end, b.start)
        )

    def _readings(self, name: EntityMention, before: str = "", state: str = "actor") -> tuple[str, ...]:
        """The groups that a name may be read as: a state acts and is a place, but a place alone behind "in"."""
        located = before in _INSIDE or before in self._near.directions
        acts = name.cls == "Country" and not name.generic and not located
        return (name.group, state) if acts else (name.group,)

    def _inside(self, words: Words, outer: EntityMention, inner: EntityMention) -> Iterator[Relation]:
        """A name inside another: الفصائل المعارضة للنظام are opposed to the government."""
        before = plain(words, outer.start, inner.start)
        for word in range(len(before)):
            for pattern in self._patterns.between(("actor", "actor"), before[word:]):
                if pattern.from_left and any(before[word:] and ends_with(before, p) for p in pattern.phrases if p):
                    yield _relation(
                        pattern.type, outer, inner, ((words.starts[outer.start], words.ends[outer.end - 1]),)
                    )


def by_sentence(doc: Doc) -> Iterator[tuple[int, list[EntityMention]]]:
    """(begin, linked mentions) of each sentence, in one pass over both."""
    mentions = [m for m in doc._.mentions if m.entity]
    position = 0
    for start, end in sentences_of(doc):
        begin = position
        while position < len(mentions) and mentions[position].start < end:
            position += 1
        yield start, mentions[begin:position]


def _relation(
    type_: str, subject: EntityMention, object_: EntityMention, evidence: tuple[tuple[int, int], ...]
) -> Relation:
    return Relation(type=type_, subject=subject.entity, object=object_.entity, evidence=evidence, confidence=0.8)
