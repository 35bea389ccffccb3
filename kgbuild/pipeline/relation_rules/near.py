"""Places and buildings said to lie near others: "40 km south of Baghdad", "on Iraq's border", "between A and B"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.model import Relation
from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.lexicon import folded, language_of, lexicon, spelt_out
from kgbuild.pipeline.relation_rules.offices import countries_of
from kgbuild.pipeline.words import Words

_LONGEST = 10
_OF = "ل"
_GROUPS = frozenset(("place", "facility"))
_WIDE = frozenset(("Country", "Governorate", "Area", "River"))
_PARTS = frozenset(("Neighbourhood", "Road", "Junction"))
_INSIDE = frozenset(("في", "ب", "in"))
_ON = frozenset(("علي", "عند"))  # folded
_OUTSIDE = frozenset(("MilitaryBase", "Airport", "Dam"))
_AND = frozenset(("و", "and"))


class Nearness:
    """The words of `[near]` of relations.toml: between two places, all words have to be among them."""

    def __init__(self, nlp: Language) -> None:
        table = lexicon(language_of(nlp), "relations")["near"]
        self._cues = spelt_out(table["cues"])
        self.directions = spelt_out(table["directions"])
        """Sides, and what a country behind is only where something lies."""
        self._distance = spelt_out(table["distance"])
        self._between = spelt_out(table["between"])
        self._others = spelt_out(table["others"])
        self._borders = folded(table["borders"])
        self._pronouns = folded(table.get("pronouns", ()))
        self.inside = folded(table["inside"]) | self.directions
        """Words between a place and the wider one that it lies in."""
        self._known = self._cues | self.directions | self._distance | self._between | self._others

    def holds(self, a: EntityMention, b: EntityMention, between: Sequence[str]) -> bool:
        """Whether these words put `a` near `b`.

        A direction alone puts it near a town, but inside what is wide (شمال سوريا) or has parts (a quarter of a town).
        """
        if a.group not in _GROUPS or b.group not in _GROUPS:
            return False
        between = self._behind_owner(between) if (a.group, between[:1]) == ("facility", [_OF]) else between
        if not 0 < len(between) <= _LONGEST:
            return False
        if a.cls == "Country" or between[0] in _AND or between[-1] in _AND:  # "A (north) and B" tells of A alone
            return False
        words = set(between)
        if not all(word in self._known or word.isdigit() for word in words):
            return False
        by_river = b.cls == "River" and between[-1] in _ON
        lies_between = b.cls != "Country" and not self._between.isdisjoint(between[-2:])
        if words & self._cues or words & self._distance or lies_between or by_river:
            return True
        if not words & self.directions or between[0] in _INSIDE:
            return False
        apart = a.group == "place" or a.cls in _OUTSIDE
        return b.cls not in _WIDE and a.cls not in _PARTS and apart

    def _behind_owner(self, between: Sequence[str]) -> Sequence[str]:
        """The words behind whose a building is, where a cue opens them (حاجز للقوات النظامية بالقرب من فرع الحزب)."""
        for start in range(2, min(_LONGEST, len(between))):
            rest = between[start:]
            if not self._cues.isdisjoint(rest[:2]) and all(word in self._known or word.isdigit() for word in rest):
                return rest
        return between

    def at_borders(self, words: Words, doc: Doc) -> Iterator[Relation]:
        """Places near the border of another country named in the article: مدينة سوروتش القريبة من الحدود السورية."""
        countries = countries_of(doc._.entities)
        homes = {entity.id: entity.within for entity in doc._.entities}
        for place in doc._.mentions:
            if place.entity and place.group in _GROUPS and place.cls not in _WIDE:
                border = self._border(words, place)
                codes = [nation_of(words.lemmas[i]) for i in range(border, min(border + 3, len(words.lemmas)))]
                for country in (countries[code] for code in codes if code in countries):
                    if not _lies_in(place.entity, country, homes):
                        span = (words.starts[place.start], words.ends[border])
                        yield Relation(
                            type="locatedNear", subject=place.entity, object=country, evidence=(span,), confidence=0.8
                        )

    def beside_last(self, words: Words, doc: Doc) -> Iterator[Relation]:
        """Places near the one named right before them: المعضمية وداريا المجاورة لها."""
        mentions = [m for m in doc._.mentions if m.entity and m.group in _GROUPS]
        for last, place in pairwise(mentions):
            if last.group != "place" or last.entity == place.entity or place.start < last.end or last.cls in _WIDE:
                continue
            if place.start - last.end > _LONGEST or not self._is_near_that(words, place.end):
                continue
            span = (words.starts[last.start], words.ends[place.end - 1])
            yield Relation(
                type="locatedNear", subject=place.entity, object=last.entity, evidence=(span,), confidence=0.7
            )

    def _is_near_that(self, words: Words, index: int) -> bool:
        """Whether an adjective of nearness and a pronoun stand here (القريبة منها)."""
        cue, pronoun = words.norms[index : index + 1], words.norms[index + 1 : index + 2]
        return not self._cues.isdisjoint(cue) and not self._pronouns.isdisjoint(pronoun)

    def _border(self, words: Words, place: EntityMention) -> int:
        """The word behind "the border" where the place is said to be near that; else the end of the text."""
        near = False
        for index in range(place.end, min(place.end + 2 * _LONGEST, len(words.norms) - 1)):
            word = words.norms[index]
            if words.tags[index] in ("SPACE", "PUNCT"):
                continue
            if word in self._borders and near:
                return index + 1
            if word not in self._known and not word.isdigit():
                break
            near = near or word in self._cues or word in _ON
        return len(words.norms)


def _lies_in(inner: str, outer: str, homes: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the containers of the inner entity, the nearest first, come to the outer one."""
    reached = {inner}
    while found := {home for one in reached for home in homes.get(one, ())} - reached:
        reached |= found
    return outer in reached
