"""One person told of by name, whom something between parts from the word of what befell him."""

from __future__ import annotations

from collections.abc import Container, Iterable

from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention, Head, PhraseReader

_REACH_BEFORE = 8
_REACH_BEHIND = 12
"""Tokens that an office may take up ("the death of the governor of X in Y, Z")."""


def named_before(reader: PhraseReader, head: Head, start: int, taken: Container[int]) -> CasualtyMention | None:
    """The person before a verb in the singular that has nobody behind it: "X, the founder of Y, was hurt"."""
    begin = _before_office(reader, head.start, start)
    near = range(begin - 1, max(start, begin - _REACH_BEFORE) - 1, -1)
    stops = ("barriers", "before_nouns", "speaking")
    return _first(reader, near, head.start, head, taken, tags=("CLITIC",), stops=stops)


def _before_office(reader: PhraseReader, verb: int, start: int) -> int:
    """Where the name before the verb ends, over an office between commas: "X, commander of the Y brigade in Z, was"."""
    norms, closing = reader.words.norms, verb - 1
    while closing > start and reader.lexicon.has("filler", norms[closing]):
        closing -= 1
    if norms[closing] != ",":
        return verb
    near = range(closing - 1, max(start, closing - _REACH_BEHIND) - 1, -1)
    opening = next((i for i in near if norms[i] == ","), verb)
    ends = {reader.persons[i] for i in range(max(start, opening - _REACH_BEFORE), opening) if i in reader.persons}
    return opening if opening in ends else verb


def named_behind(reader: PhraseReader, head: Head, end: int, taken: Container[int]) -> CasualtyMention | None:
    """The person behind his office and a noun of what befell him: "the death of the governor of X, Y"."""
    near = range(head.end, min(end, head.end + _REACH_BEHIND))
    return _first(reader, near, end, head, taken, tags=("CLITIC", "PUNCT"), stops=("barriers",))


def _first(
    reader: PhraseReader,
    near: Iterable[int],
    limit: int,
    head: Head,
    taken: Container[int],
    *,
    tags: tuple[str, ...],
    stops: tuple[str, ...],
) -> CasualtyMention | None:
    """The first person at one of the tokens, if nothing that opens another phrase stands before him."""
    words = reader.words
    for index in near:
        if index in reader.persons and index not in taken:
            phrase = reader.at(index, limit, head)
            return phrase if phrase is not None and phrase.min == 1 else None
        if words.tags[index] in tags and words.skip_forward(index, index + 1) == index:
            return None
        if any(reader.lexicon.has(kind, words.norms[index]) for kind in stops):
            return None
    return None
