"""What a mention calls its entity: the name without quotes, clitics or head noun, and keys to compare names by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from kgbuild.language.folding import fold_key, fold_text
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.entities import NAMES
from kgbuild.pipeline.entity_rules.lexicon import arabic_forms, section
from kgbuild.pipeline.words import words_of

_NO_QUOTES = {ord(mark): " " for mark in '"«»“”„‟()[]#،,:'}
_KUNYA = frozenset(("أبي", "أبا", "ابي", "ابا"))
_RURAL = "ريف"


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its name: `full` as written, `core` without the head noun, both without clitics."""

    index: int
    mention: EntityMention
    full: str
    core: str
    head_in_text: bool


def named_mentions(doc: Doc) -> Iterator[Named]:
    """The document's mentions with their names, in order."""
    source, words = doc.text, words_of(doc)  # the text is joined anew at each access
    given = doc.user_data.get(NAMES, {})

    def text(start: int, end: int) -> str:
        """The words as written, quotes dropped, and the article put back that "لل" swallowed."""
        if start >= end:
            return ""
        written = source[words.starts[start] : words.ends[end - 1]]
        restored = words.norms[start].startswith("ال") and not fold_text(written[:8]).startswith("ال")
        return " ".join(f"{'ال' * restored}{written}".translate(_NO_QUOTES).split())

    for index, mention in enumerate(doc._.mentions):
        override = given.get((mention.start, mention.end))
        full = override or text(mention.start, mention.end)
        core, inside = full, False
        if override is None and _has_head(mention, words.lemmas[mention.start]):
            core, inside = text(mention.start + len((mention.head or "").split()), mention.end), True
        yield Named(index, mention, full, core, inside)


def _has_head(mention: EntityMention, first: str) -> bool:
    """Whether the mention begins with a head noun that is no part of the name."""
    if mention.head is None or mention.group not in ("place", "person") or mention.head in part_of_name():
        return False
    return mention.head.split()[0] in arabic_forms().readings(first)


@cache
def part_of_name() -> frozenset[str]:
    """Head nouns that belong to what a place is called (جبل الزاوية is not الزاوية)."""
    names = section("place_heads", "part_of_name")
    return frozenset(fold_text(word) for word in (_RURAL, *names, *section("place_heads", "parts", "nouns")))


def bare_key(name: str) -> str:
    """A name folded, its words without their articles."""
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in fold_key(name).split())


def one_begins_other(one: str, other: str) -> bool:
    """Whether one of two keys is the beginning of the other, of at least two words where the first is the longer."""
    return f"{other} ".startswith(f"{one} ") or (" " in other and f"{one} ".startswith(f"{other} "))


def nominative(name: str) -> str:
    """A kunya in the form it is cited in: أبي سمير is أبو سمير."""
    return " ".join("أبو" if word in _KUNYA else word for word in name.split())
