"""Which noun for people a figure counts: over adjectives, ages and names ("four young Palestinian men")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgbuild.pipeline.casualty_rules.phrases import PhraseReader

_FARTHEST = 4
_STOPS = ("،", ",", ":")


def person_near(reader: PhraseReader, index: int, limit: int) -> int | None:
    """The people's noun behind a figure, over at most three words such as "of", "at least"."""
    words = reader.words
    for _ in range(_FARTHEST):
        if index >= limit:
            return None
        past = max(words.compound_end(index, limit), _end_of_name(reader, index))
        if past > index + 1:  # "a 17-year-old girl", "two Popular Front members"
            index = past
            continue
        if reader.is_people(index) and not _describes_people(reader, index, limit):
            return index
        if words.norms[index] in _STOPS:
            return None
        if not reader.lexicon.has("filler", words.norms[index]) and words.tags[index] not in ("SPACE", "PUNCT"):
            return None
        index += 1
    return None


def _end_of_name(reader: PhraseReader, index: int) -> int:
    """Where a name in Latin letters ends that stands before its people; 0 where none begins there."""
    end = reader.names.get(index, 0) if reader.words.texts[index].isascii() else 0
    return end if end < len(reader.words.norms) and reader.is_people(end) else 0


def _describes_people(reader: PhraseReader, index: int, limit: int) -> bool:
    """Whether a noun for people only describes the one behind it ("three Iraqi soldiers")."""
    return reader.lexicon.has("filler", reader.words.norms[index]) and index + 1 < limit and reader.is_people(index + 1)
