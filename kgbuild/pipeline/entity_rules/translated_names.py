"""English names made of what an Arabic name says: شرطة كركوك is Kirkuk police, مستشفى الشفاء al-Shifa hospital.

Arabic puts what is named first and what it is of behind it; English turns that round. Peoples and faiths come first,
then the name, then the other adjectives and nouns from the last to the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from kgbuild.linking.place_spelling import spelled
from kgbuild.linking.transliterate import transliterate
from kgbuild.pipeline.entity_rules.translated_words import Word, bare, english_words, parse


def english_name(name: str, group: str) -> str:
    """The English of an actor's or facility's Arabic name; what no list knows of it is spelt in Latin letters."""
    words = name.split()
    return " ".join(part for part in _parts(words, group) if part) or spelled(words)


def _parts(words: Sequence[str], group: str) -> list[str]:
    """The phrase before a preposition, the preposition, and what follows."""
    prepositions = english_words("prepositions")
    for index in range(1, len(words) - 1):
        if bare(words[index]) in prepositions:
            after = _parts(words[index + 1 :], group)
            return [compose(parse(words[:index]), group), prepositions[bare(words[index])], *after]
    return [compose(parse(words), group)]


def compose(words: Sequence[Word], group: str) -> str:
    """The words of one phrase in English order."""
    if not any(word.kind in ("noun", "name", "kept") and word.text for word in words):
        bare_noun = english_words("bare").get(group)
        words = [Word("noun", bare_noun), *words] if bare_noun and words else words
    names = [_spelt(word) for word in words if word.kind in ("name", "kept")]
    head = next((word for word in words if word.kind == "noun"), None)
    others = [word for word in words if word.kind in ("noun", "adjective")]
    nouns = [_noun_form(word, head, bool(names)) for word in others]
    peoples = [word.text for word in words if word.kind == "people"]
    return " ".join(part for part in (*reversed(peoples), *names, *reversed(nouns)) if part)


def _spelt(name: Word) -> str:
    return transliterate(name.text) if name.kind == "kept" else spelled(name.text.split())


def _noun_form(word: Word, head: Word | None, named: bool) -> str:
    """A noun as it stands: whole at the end, as a modifier before; an adjective as it is."""
    if word.kind == "noun" and (word is not head or (named and not word.modifier)):
        return word.modifier
    return word.text
