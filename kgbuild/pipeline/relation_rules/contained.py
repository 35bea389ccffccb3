"""What the linked places and the names of buildings tell of where a thing lies and whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.words import Words

_MOST_MENTIONS = 8
_FAR = 160
_TOLD_IN_NAME = {"place": "locatedIn", "actor": "affiliatedWith"}


def told_in_names(words: Words, doc: Doc) -> Iterator[Relation]:
    """A place in a building's name tells where it stands ("the market of Khan Bani Saad"), an actor whose it is."""
    mentions: tuple[EntityMention, ...] = doc._.mentions
    for position, outer in enumerate(mentions):
        if outer.group != "facility":
            continue
        for inner in mentions[position + 1 :]:
            if inner.start >= outer.end:
                break
            if inner.group in _TOLD_IN_NAME and (inner.group == "place" or inner.end == outer.end):
                span = (words.starts[outer.start], words.ends[outer.end - 1])
                yield Relation(
                    type=_TOLD_IN_NAME[inner.group],
                    subject=outer.entity,
                    object=inner.entity,
                    evidence=(span,),
                    confidence=0.8,
                )


def contained(words: Words, doc: Doc) -> Iterator[Relation]:
    """Containment that linking found, shown where inner and outer thing are named closest to one another."""
    mentions: dict[str, list[EntityMention]] = {}
    for mention in doc._.mentions:
        mentions.setdefault(mention.entity, []).append(mention)
    for entity in doc._.entities:
        for container in entity.within:
            inner, outer = mentions.get(entity.id, []), mentions.get(container, [])
            if inner and outer:
                yield Relation(
                    type="within" if entity.group == "place" else "locatedIn",
                    subject=entity.id,
                    object=container,
                    evidence=_closest(words, inner, outer),
                    confidence=0.8,
                )


def _closest(
    words: Words, inner: Sequence[EntityMention], outer: Sequence[EntityMention]
) -> tuple[tuple[int, int], ...]:
    """The span over the two nearest mentions, or two spans where they stand far apart."""
    pairs = ((a, b) for a in inner[:_MOST_MENTIONS] for b in outer[:_MOST_MENTIONS])
    a, b = min(pairs, key=lambda p: (max(p[0].start, p[1].start) - min(p[0].end, p[1].end), p[0].start))
    first, last = sorted((a, b), key=lambda m: m.start)
    start, end = words.starts[first.start], max(words.ends[first.end - 1], words.ends[last.end - 1])
    if end - start <= _FAR:
        return ((start, end),)
    return tuple((words.starts[m.start], words.ends[m.end - 1]) for m in (a, b))
