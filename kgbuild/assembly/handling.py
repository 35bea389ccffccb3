"""Weapons that are not used but met with: destroyed, found, struck. English tells them in long lists."""

from __future__ import annotations

from collections.abc import Sequence

from kgbuild.assembly.cues import Cues
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import Words

_AIMING = frozenset({"target", "bombard"})
_CLOSING = frozenset({":", ";", "("})


def objects(words: Words, start: int, end: int, triggers: Sequence[Trigger], cues: Cues) -> frozenset[int]:
    """The tokens of [start, end) that are objects of verbs of destroying or finding, or of aiming ("struck a tank").

    Only nouns, commas and "and" carry on such a list. Arabic names what was found right behind its verb: see roles.py.
    """
    if not cues.words.passive:
        return frozenset()
    verbs = {t.end - 1: _aims(t, words, cues) for t in triggers}
    found, listing = set(), False
    for index in range(start, end):
        norm = words.norms[index]
        if index in verbs or norm in cues.words.handled:
            listing = verbs.get(index, True)
        elif norm in _CLOSING or norm in cues.words.relatives or cues.kinds.get(norm, "and") not in ("and", "from"):
            listing = False
        elif listing:
            found.add(index)
    return frozenset(found)


def _aims(verb: Trigger, words: Words, cues: Cues) -> bool:
    """Whether the word is an active verb that aims, whose object stands behind it."""
    active = verb.meaning.form == "verb" and words.norms[verb.start - 1] not in cues.words.passive
    return active and verb.meaning.id in _AIMING
