"""The two sides of a clash: "between A and B on one side and C on the other" makes A and B allies and C their foe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.lexicon import folded, language_of, lexicon
from kgbuild.pipeline.words import Words

_REACH = 60
_MOST = 4
_FORCE = "StateForce"


class Sides:
    """Reads the table `[sides]` of relations.toml: "between", and the words that close a side."""

    def __init__(self, nlp: Language) -> None:
        table = lexicon(language_of(nlp), "relations").get("sides", {})
        self._between = folded(table.get("between", ()))
        self._of = folded(table.get("of", ()))
        self._sides = folded(table.get("sides", ()))

    def read(self, words: Words, doc: Doc) -> Iterator[Relation]:
        """Who fights beside whom and against whom, in one pass over the sentences."""
        actors = [m for m in doc._.mentions if m.entity and m.group == "actor"]
        position = 0
        for sentence in doc.sents:
            inside = []
            while position < len(actors) and actors[position].start < sentence.end:
                inside.append(actors[position])
                position += 1
            if len({m.entity for m in inside}) > 1:
                yield from self._in(words, sentence.start, sentence.end, inside)

    def _in(self, words: Words, start: int, end: int, actors: Sequence[EntityMention]) -> Iterator[Relation]:
        closed = [i for i in range(start + 1, end) if words.norms[i] in self._sides and words.norms[i - 1] in self._of]
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


def _ally(first: EntityMention, other: EntityMention) -> tuple[EntityMention, EntityMention]:
    """The two in order: a group is the ally of a state's force, else the first one that of the other."""
    return (other, first) if first.cls == _FORCE != other.cls else (first, other)


def _related(
    type_: str, pairs: Iterator[tuple[EntityMention, EntityMention]], span: tuple[int, int]
) -> Iterator[Relation]:
    for a, b in pairs:
        yield Relation(type=type_, subject=a.entity, object=b.entity, evidence=(span,), confidence=0.7)
