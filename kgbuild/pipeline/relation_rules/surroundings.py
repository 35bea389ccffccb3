"""What stands about two names in a sentence: the words between them, and the names listed with either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.entity_rules.names import is_adjective
from kgbuild.pipeline.words import Words

_JOINTS = frozenset(("و", "and", "،", ",", '"', "(", ")"))
_COORDINATING = frozenset(("و", "and", "،", ","))
_LONGEST_LIST = 8
_REACH = 14
_ARTICLE = "ال"


def weighed(words: Words, start: int, end: int) -> list[tuple[int, str]]:
    """(position, word) from `start` to `end`, without blanks and signs."""
    return [(i, words.norms[i]) for i in range(start, end) if words.tags[i] not in ("SPACE", "PUNCT")]


def plain(words: Words, start: int, end: int) -> list[str]:
    """The words from `start` to `end`, without blanks and signs."""
    return [word for _, word in weighed(words, start, end)]


def weighty_before(words: Words, fillers: Set[str], person: EntityMention) -> list[int]:
    """The words of weight not far before a person's name, ranks and other `fillers` left out."""
    return [
        i
        for i in range(max(0, person.start - _REACH), person.start)
        if words.tags[i] not in ("SPACE", "PUNCT") and words.norms[i] not in fillers
    ]


def describes(words: Words, index: int) -> bool:
    """Whether a definite adjective stands here, as behind a name (الفرقة الرابعة المدرعة, المجلس الوطني المعارض)."""
    norm = words.norms[index]
    return norm.startswith(_ARTICLE) and words.tags[index] == "WORD" and is_adjective(words.lemmas[index])


def listed_with(
    words: Words, mentions: Sequence[EntityMention], at: int, step: int, passing: Set[str] = frozenset()
) -> Iterator[EntityMention]:
    """The names of the same group listed before (`step` -1) or behind a name, the nearest first.

    `passing` are words that may stand before each of them ("and fighters of").
    """
    edge = mentions[at]
    for position in range(at + step, at + step * _LONGEST_LIST, step):
        if not 0 <= position < len(mentions):
            return
        one = mentions[position]
        start, end = (edge.end, one.start) if step > 0 else (one.end, edge.start)
        if end < start:
            continue  # one name inside the other
        gap = [words.norms[i] for i in range(start, end) if words.tags[i] != "SPACE"]
        if not gap or one.group != edge.group or not _COORDINATING.intersection(gap):
            return
        if not all(word in _JOINTS or word in passing for word in gap):
            return
        yield one
        edge = one


def in_facility(mentions: Sequence[EntityMention], at: int) -> bool:
    """Whether a name is a part of the one before it (جامعة الأنبار)."""
    outer, inner = mentions[at - 1], mentions[at]
    return outer.group == "facility" and inner.group == "place" and inner.end <= outer.end
