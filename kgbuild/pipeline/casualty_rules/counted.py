"""Which noun for people a figure counts: over adjectives, ages and names ("four young Palestinian men")."""

from __future__ import annotations

from collections.abc import Mapping

from kgbuild.pipeline.casualty_rules.words import CasualtyWords
from kgbuild.pipeline.words import Words

_FARTHEST = 4
_STOPS = ("،", ",", ":")


def is_people(words: Words, lexicon: CasualtyWords, index: int) -> bool:
    """Whether the token is a noun for people."""
    known = words.norms[index] in lexicon.people or words.lemmas[index] in lexicon.people
    return words.tags[index] == "WORD" and known


def person_near(words: Words, lexicon: CasualtyWords, names: Mapping[int, int], index: int, limit: int) -> int | None:
    """The people's noun behind a figure, over at most three words such as "of", "at least".

    `names` gives the end of each name by its first token.
    """
    for _ in range(_FARTHEST):
        if index >= limit:
            return None
        past = words.compound_end(index, limit)
        name = names.get(index, 0) if words.texts[index].isascii() else 0
        if name and name < limit and is_people(words, lexicon, name):
            past = max(past, name)
        if past > index + 1:  # "a 17-year-old girl", "two Popular Front members"
            index = past
            continue
        fills = lexicon.has("filler", words.norms[index])
        describes = fills and index + 1 < limit and is_people(words, lexicon, index + 1)  # "three Iraqi soldiers"
        if is_people(words, lexicon, index) and not describes:
            return index
        if words.norms[index] in _STOPS or (not fills and words.tags[index] not in ("SPACE", "PUNCT")):
            return None
        index += 1
    return None
