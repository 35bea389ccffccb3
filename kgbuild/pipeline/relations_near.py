"""Places and buildings said to lie near others: "40 km south of Baghdad", "on Iraq's border", "between A and B"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language

from kgbuild.arabic.inflect import adjective_forms
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.lexicon import folded, language_of, lexicon

_LONGEST = 10
_GROUPS = frozenset(("place", "facility"))
_WIDE = frozenset(("Country", "Governorate", "Area", "River"))
_PARTS = frozenset(("Neighbourhood", "Road", "Junction"))
_INSIDE = frozenset(("في", "ب", "in"))
_AND = frozenset(("و", "and"))


class Nearness:
    """The words of `[near]` of relations.toml: between two places, all words have to be among them."""

    def __init__(self, nlp: Language) -> None:
        table = lexicon(language_of(nlp), "relations")["near"]
        self._cues = _forms(table["cues"])
        self._directions = _forms(table["directions"])
        self._distance = _forms(table["distance"])
        self._between = _forms(table["between"])
        self._others = _forms(table["others"])
        self.inside = folded(table["inside"]) | self._directions
        """Words between a place and the wider one that it lies in."""
        self._known = self._cues | self._directions | self._distance | self._between | self._others

    def holds(self, a: EntityMention, b: EntityMention, between: Sequence[str]) -> bool:
        """Whether these words put `a` near `b`.

        A direction alone puts it near a town, but inside what is wide (شمال سوريا) or has parts (a quarter of a town).
        """
        if a.group not in _GROUPS or b.group not in _GROUPS or not 0 < len(between) <= _LONGEST:
            return False
        if a.cls == "Country" or between[0] in _AND:
            return False
        words = set(between)
        if not all(word in self._known or word.isdigit() for word in words):
            return False
        if words & self._cues or self._lies_between(between):
            return True
        if not words & self._directions or between[0] in _INSIDE:
            return False
        return bool(words & self._distance) or (b.cls not in _WIDE and a.cls not in _PARTS and a.group == "place")

    def _lies_between(self, words: Sequence[str]) -> bool:
        return len(words) > 1 and not self._between.isdisjoint(words[-2:])


def _forms(entries: Sequence[str]) -> frozenset[str]:
    """The words, and all forms of adjectives marked `*`, with and without the article."""
    plain = folded(entry for entry in entries if not entry.endswith("*"))
    forms = {form for entry in entries if entry.endswith("*") for form in adjective_forms(entry[:-1])}
    return plain | forms | {f"ال{form}" for form in forms}
