"""Finds what the text states of two named entities (`kgbuild_relations`).

Reads tokens, sentences, `doc._.mentions` and `doc._.entities`; sets `doc._.relations`. Patterns are in
`data/<language>/relations.toml`. Only names within a few words of one another are looked at, so the time is linear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, product

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.relation_rules.contained import contained, told_in_names
from kgbuild.pipeline.relation_rules.framed import framed
from kgbuild.pipeline.relation_rules.nationals import Nationals
from kgbuild.pipeline.relation_rules.near import Nearness
from kgbuild.pipeline.relation_rules.nested import nested_units
from kgbuild.pipeline.relation_rules.offices import Offices
from kgbuild.pipeline.relation_rules.patterns import Pattern, Patterns, ends_with
from kgbuild.pipeline.relation_rules.possessed import Possessed
from kgbuild.pipeline.relation_rules.sides import Sides
from kgbuild.pipeline.relation_rules.spoken_of import spoken_of
from kgbuild.pipeline.relation_rules.surroundings import describes, in_facility, listed_with, plain, weighed
from kgbuild.pipeline.words import Words, sentences_of, words_of

_REACH = 12
_TAIL_REACH = 4
_LEAD_REACH = 6
_LOCATED = frozenset(("place", "facility"))
_WIDE = frozenset(("Country", "Governorate"))
_INSIDE = frozenset(("في", "ب"))
_ACTORS = frozenset(("actor",))
_AGENTS = frozenset(("actor", "person"))
_NEAR = Pattern("locatedNear", _LOCATED, _LOCATED, from_left=True)
_MUTUAL = frozenset(("alliedWith", "opposedTo"))
_DESCRIBING = frozenset(("supportedBy", "affiliatedWith", "alliedWith", "partOf"))
_DEEDS = frozenset(("controls", "opposedTo", "supportedBy"))
_ARTICLE = "ال"
_OF_ONE = frozenset(("within", "partOf"))


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
        self._nationals = Nationals(nlp, self._patterns)
        self._possessed = Possessed(nlp, self._patterns)
        self._sides = Sides(nlp, self._patterns)

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        found: dict[tuple[str, str, str], Relation] = {}
        rules = (
            self._near.at_borders,
            self._near.beside_last,
            self._offices.read,
            self._nationals.read,
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
            heads: dict[int, int] = {}
            for position, a in enumerate(mentions):
                for other in range(position + 1, len(mentions)):
                    b = mentions[other]
                    if b.start > a.end + _REACH:
                        break
                    if a.end <= b.start and not in_facility(mentions, other):
                        acting = self._acting(words, heads, mentions, position)
                        for pattern, name in self._told(words, mentions, (position, other), start, acting):
                            subject = spoken_of(words, mentions, (name, other), pattern, self._near)
                            if subject is not None:
                                heads.update({other: subject} if _describes(pattern) else ())
                                yield from self._listed(words, mentions, (subject, other), pattern)
                    elif b.end <= a.end and a.group == "actor" and (b.group == "actor" or b.cls == "Country"):
                        yield from self._inside(words, a, b)

    def _acting(self, words: Words, heads: Mapping[int, int], mentions: Sequence[EntityMention], position: int) -> int:
        """Who does what stands behind this name: of "A, backed by B, took" A. `heads` are those whom names describe."""
        behind = words.norms[mentions[position].end : mentions[position].end + 2]
        described = position in heads and not any(word.startswith(_ARTICLE) for word in behind)
        return heads[position] if described else position

    def _told(
        self, words: Words, mentions: Sequence[EntityMention], pair: tuple[int, int], start: int, acting: int
    ) -> Iterator[tuple[Pattern, int]]:
        """(pattern, left name) of what the words between the two tell: of the first one, and the deeds of who acts."""
        for name in dict.fromkeys((pair[0], acting)):
            for pattern in self._between(words, mentions, pair, start, name):
                if name == (acting if _is_deed(pattern) else pair[0]):
                    yield pattern, name

    def _between(
        self, words: Words, mentions: Sequence[EntityMention], pair: tuple[int, int], start: int, name: int
    ) -> Iterator[Pattern]:
        """The patterns that the words between the two fit, told of the one at `name`."""
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
        left = mentions[name]
        lefts = self._readings(left, words.norms[max(start, left.start - 1)], "state")
        frame = (words, mentions, pair, start, self._patterns)
        for reading in product(lefts, self._readings(b, *weighty[-1:])):
            for pattern in self._patterns.between(reading, weighty):
                past = others if pattern.right == _ACTORS else elsewhere and pattern.type == "locatedIn"
                if not past and framed(pattern, *frame):
                    yield pattern
            for pattern in self._patterns.beside(reading) if beside else ():
                if framed(pattern, *frame):
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
        one = pattern.type in _OF_ONE and pattern.from_left
        if one or self._is_other_side(words, lefts[-1].start if lefts else a.start, rights[-1].end):
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

    def _stand_beside(self, words: Words, mentions: Sequence[EntityMention], pair: tuple[int, int]) -> bool:
        """Whether nothing of weight stands between: ranks, "in" and a place (قائد الجيش في حلب العميد سهيل الحسن).

        Nor does an adjective that ends the first name (رئيس المجلس الوطني المعارض، عبد الباسط سيدا).
        """
        a, b = mentions[pair[0]], mentions[pair[1]]
        places = [m for m in mentions[pair[0] + 1 : pair[1]] if m.group == "place" and m.start >= a.end]
        taken = {i for m in places for i in range(m.start, m.end)}
        return all(
            i in taken
            or words.tags[i] in ("SPACE", "PUNCT")
            or words.norms[i] in self._patterns.fillers
            or words.norms[i] in self._patterns.places_between
            or (i == a.end and describes(words, i))
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


def _describes(pattern: Pattern) -> bool:
    """Whether it tells of the left name, beside it, who backs or leads it or whose it is."""
    led = pattern.type == "leaderOf" and not pattern.from_left
    return not pattern.leads and not pattern.tails and (led or (pattern.type in _DESCRIBING and pattern.from_left))


def _is_deed(pattern: Pattern) -> bool:
    """Whether it tells what the left name does, a verb between the two."""
    return pattern.type in _DEEDS and pattern.from_left and not pattern.leads


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
