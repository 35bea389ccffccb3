"""What a pattern wants before the left one of two names and behind the right one."""

from __future__ import annotations

from collections.abc import Sequence, Set

from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.relation_rules.patterns import Pattern, Patterns, ends_with, holds
from kgbuild.pipeline.relation_rules.surroundings import listed_with, plain
from kgbuild.pipeline.words import Words

_LEAD_REACH = 6
_TAIL_REACH = 4
_OF_FORCES = frozenset(("controls", "opposedTo", "alliedWith", "supportedBy"))
_REPORTERS = frozenset(("MediaOrganization", "MonitoringOrganization"))
_NO_FORCE = ("partOf", "Country")


def framed(
    pattern: Pattern,
    words: Words,
    mentions: Sequence[EntityMention],
    pair: tuple[int, int],
    start: int,
    patterns: Patterns,
) -> bool:
    """Whether what the pattern wants is before the left name, or the first of its list, and behind the other.

    The sentence begins at `start`. A leader's title is another one's behind a word of `served`: they whom the person
    serves or is kin to. What is tried or wanted only, with a word of `unmet` before, holds no place.
    """
    a, b = mentions[pair[0]], mentions[pair[1]]
    if (pattern.heads and words.lemmas[a.start] not in pattern.heads) or (pattern.type, b.cls) == _NO_FORCE:
        return False
    if pattern.type in _OF_FORCES and not _REPORTERS.isdisjoint((a.cls, b.cls)):
        return False
    if pattern.type == "controls" and pattern.from_left and not patterns.unmet.isdisjoint(plain(words, a.end, b.start)):
        return False
    if pattern.close and any(words.tags[i] == "PUNCT" for i in range(a.end, b.start)):
        return False
    if pattern.leads and not _led(words, a, pattern, start, patterns.served):
        first = next(reversed(list(listed_with(words, mentions, pair[0], -1))), None)
        if first is None or not _led(words, first, pattern, start, patterns.served):
            return False
    behind = words.norms[b.start : b.end + _TAIL_REACH]
    return not pattern.tails or any(holds(behind, tail) for tail in pattern.tails)


def _led(words: Words, name: EntityMention, pattern: Pattern, start: int, served: Set[str]) -> bool:
    """Whether one of the pattern's leads stands right before a name, in a sentence that begins at `start`."""
    before = plain(words, max(start, name.start - 2 * _LEAD_REACH), name.start)[-_LEAD_REACH:]
    led = [lead for lead in pattern.leads if ends_with(before, lead)]
    if pattern.type == "leaderOf":  # مستشار محافظ كركوك does not lead Kirkuk
        led = [lead for lead in led if served.isdisjoint(before[: len(before) - len(lead)][-1:])]
    return bool(led)
