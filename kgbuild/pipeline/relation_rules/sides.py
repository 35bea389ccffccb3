"""The two sides of a clash: "between A and B on one side and C on the other" makes A and B allies and C their foe.

Of a clash "between A and B" alone the two are foes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.lexicon import folded, language_of, lexicon
from kgbuild.pipeline.relation_rules.patterns import Patterns
from kgbuild.pipeline.relation_rules.surroundings import plain
from kgbuild.pipeline.words import Words, sentences_of

_REACH = 60
_MOST = 4
_FORCE = "StateForce"
_AND = frozenset(("و", "and"))
_LEAD = 24


class Sides:
    """Reads the table `[sides]` of relations.toml: "between", and the words that close a side."""

    def __init__(self, nlp: Language, patterns: Patterns) -> None:
        data = lexicon(language_of(nlp), "relations")
        table = data.get("sides", {})
        self._between = folded(table.get("between", ()))
        self._of = folded(table.get("of", ()))
        self._sides = folded(table.get("sides", ()))
        self._clashes = folded(table.get("clashes", ()))
        self._accords = folded(table.get("accords", ()))
        self._members = folded(data.get("fillers", {}).get("before_members", ()))
        self._fillers = patterns.fillers - self._members

    def read(self, words: Words, doc: Doc) -> Iterator[Relation]:
        """Who fights beside whom and against whom, in one pass over the sentences."""
        actors = [m for m in doc._.mentions if m.entity and m.group == "actor"]
        position = 0
        for start, end in sentences_of(doc):
            inside = []
            while position < len(actors) and actors[position].start < end:
                inside.append(actors[position])
                position += 1
            if len({m.entity for m in inside}) > 1:
                yield from self._in(words, start, end, inside)

    def _in(self, words: Words, start: int, end: int, actors: Sequence[EntityMention]) -> Iterator[Relation]:
        closed = [i for i in range(start + 1, end) if words.norms[i] in self._sides and words.norms[i - 1] in self._of]
        if not closed:
            yield from self._clashing(words, start, actors)
        for first, second in pairwise(closed):
            begin = next(
                (i for i in range(first, max(start, first - _REACH), -1) if words.norms[i] in self._between), None
            )
            if begin is None or second - first > _REACH:
                continue
            one = [m for m in actors if begin < m.start and m.end < first][:_MOST]
            other = [m for m in actors if first < m.start and m.end < second][:_MOST]
            if one and other:
                span = (words.starts[one[0].start], words.ends[other[-1].end - 1])
                yield from _related("opposedTo", product(one[:1], other), span)
                yield from _related("opposedTo", product(one[1:], other[:1]), span)
                for side in (one, other):
                    yield from _related("alliedWith", (_ally(side[0], m) for m in side[1:]), span)

    def _clashing(self, words: Words, start: int, actors: Sequence[EntityMention]) -> Iterator[Relation]:
        """The foes of "clashes between A and B"; nobody where a third one is listed with them."""
        for position, (a, b) in enumerate(pairwise(actors)):
            if not self._listed(words, a, b) or not self._is_clash_before(words, start, a.start):
                continue
            if not any(self._listed(words, b, third) for third in actors[position + 2 : position + 3]):
                span = (words.starts[a.start], words.ends[b.end - 1])
                yield from _related("opposedTo", iter([(a, b)]), span)

    def _is_clash_before(self, words: Words, start: int, index: int) -> bool:
        """Whether "clashes … between", or "… between gunmen of", ends before this word; `start` is the sentence's."""
        before = [norm for norm in words.norms[max(start, index - _LEAD) : index] if norm not in self._members]
        if not before or before[-1] not in self._between or not _AND.isdisjoint(before[-2:-1]):
            return False  # nor "between them and between A and B"
        told = (norm for norm in reversed(before[:-1]) if norm in self._clashes or norm in self._accords)
        return next(told, None) in self._clashes

    def _listed(self, words: Words, a: EntityMention, b: EntityMention) -> bool:
        """Whether "and", and who the second one's men are, is all that stands between (وعناصر من)."""
        gap = [word for word in plain(words, a.end, b.start) if word not in self._fillers]
        return not _AND.isdisjoint(gap[:1]) and self._members.issuperset(gap[1:])


def _ally(first: EntityMention, other: EntityMention) -> tuple[EntityMention, EntityMention]:
    """The two in order: a group is the ally of a state's force, else the first one that of the other."""
    return (other, first) if first.cls == _FORCE != other.cls else (first, other)


def _related(
    type_: str, pairs: Iterator[tuple[EntityMention, EntityMention]], span: tuple[int, int]
) -> Iterator[Relation]:
    for a, b in pairs:
        yield Relation(type=type_, subject=a.entity, object=b.entity, evidence=(span,), confidence=0.7)
