"""Which of the forms that a text uses are other names of an entity, and which only refer back to it."""

from __future__ import annotations

import itertools
from functools import cache

from kgbuild.language.folding import fold_text
from kgbuild.language.lexicons import lexicon
from kgbuild.model import Entity, Extraction

_BY_CLASS = {"ar": "place_heads", "en": "places"}
_BY_NOUN = {"ar": "actor_heads", "en": "actors"}
"""The lexicons whose section `back` has nouns that stand for a place or an actor named before, by language: in lists by
class, and as keys."""


def other_names(entity: Entity, extraction: Extraction) -> list[str]:
    """The names that the text has for an entity beside its label, in order.

    Of actors and places, "the group" and "the town" are none, nor is what English writes without a capital.
    """
    language = extraction.article.language
    own = set(entity.mentions)
    forms = {" ".join(m.text.split()) for m in extraction.mentions if m.id in own}
    names = sorted(forms - {entity.label.get(language), ""}, key=str)
    if entity.group not in ("actor", "place"):
        return names
    return [name for name in names if not refers_back(name, language)]


def refers_back(form: str, language: str) -> bool:
    """Whether a form of an actor or a place only points to one named before: "the group", "the town"."""
    if form.isascii() and form.islower():
        return True
    words = fold_text(form).split()
    return len(words) == 1 and language in _BY_NOUN and words[0].removeprefix("ال") in _referring_nouns(language)


@cache
def _referring_nouns(language: str) -> frozenset[str]:
    places, actors = (_section(language, lexicons[language]) for lexicons in (_BY_CLASS, _BY_NOUN))
    return frozenset(fold_text(noun) for noun in (*itertools.chain.from_iterable(places.values()), *actors))


def _section(language: str, file: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = lexicon(language, file)["back"]
    return found
