"""People counted once together and once one by one: "two farmers, a man and his daughter"."""

from __future__ import annotations

from kgbuild.pipeline.casualty_rules.phrases import CasualtyMention, Head, PhraseReader
from kgbuild.pipeline.words import COMMAS


def told_one_by_one(
    reader: PhraseReader, together: CasualtyMention, limit: int, head: Head | None
) -> list[CasualtyMention]:
    """Those behind the comma, where they are as many as the figure before it; else none."""
    if together.min is None or together.end >= limit or reader.words.norms[together.end] not in COMMAS:
        return []
    found: list[CasualtyMention] = []
    index = together.end + 1
    while index < limit and (phrase := reader.at(index, limit, head)) is not None:
        found.append(phrase)
        index = phrase.end
        if index < limit and (
            reader.words.norms[index] in COMMAS or reader.lexicon.has("and", reader.words.norms[index])
        ):
            index += 1
        while index < limit and reader.lexicon.has("own", reader.words.norms[index]):
            index += 1
    return found if len(found) > 1 and sum(p.min or 0 for p in found) == together.min else []
