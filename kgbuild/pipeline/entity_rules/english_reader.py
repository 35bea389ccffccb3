"""Reads who and where out of an English document, rule by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.linking.gazetteer import default_gazetteer
from kgbuild.pipeline.english_sources import english_sources
from kgbuild.pipeline.entity_rules.contexts import read_contexts
from kgbuild.pipeline.entity_rules.english import EnglishRules
from kgbuild.pipeline.entity_rules.english_places import EnglishPlaces, without_surnames
from kgbuild.pipeline.entity_rules.found import Found, settle
from kgbuild.pipeline.entity_rules.lexicon import Forms
from kgbuild.pipeline.entity_rules.view import View, view_of


class EnglishReader:
    """Applies the English rules to a document."""

    def __init__(self, nlp: Language) -> None:
        self._sources = english_sources(nlp)
        self._gazetteer = default_gazetteer()
        self._forms = Forms()

    def read(self, doc: Doc) -> tuple[View, list[Found]]:
        """The view of the document and the mentions over it."""
        view = view_of(doc, self._forms)
        places = EnglishPlaces(view, self._sources, self._gazetteer.find_spelt)
        rules = EnglishRules(view, self._sources, places)
        found = [one for start in range(len(view)) if view.tags[start] != "PUNCT" for one in rules(start)]
        found = without_surnames(found, view, self._sources.locating.at)
        first = settle(found, len(view))
        named = [one.key for one in first if one.group == "actor" and one.key]
        found += read_contexts(self._sources.contexts, view, self._countries(view, first, places), named)
        found += _again(view, settle(found, len(view)))
        return view, settle(found, len(view))

    def _countries(self, view: View, found: list[Found], places: EnglishPlaces) -> Counter[str]:
        counts: Counter[str] = Counter()
        for lemma in view.norms:
            if lemma in self._sources.nations:
                counts[self._sources.nations[lemma]] += 1
        for one in found:
            if one.cls == "Country" and one.key:
                counts[one.key[-2:].upper()] += 2
            elif one.group == "place" and one.name:
                place = places.find(one.name)
                if place is not None:
                    counts[place.country] += 2
        return counts


def _again(view: View, found: list[Found]) -> Iterator[Found]:
    """Surnames of persons, and names of places introduced with a head noun, where they stand alone."""
    covered = {index for one in found for index in range(one.start, one.end)}
    surnames = {view.texts[o.end - 1] for o in found if o.cls == "Person" and o.end - o.start > 1}
    places = {o.name: o.cls for o in found if o.group == "place" and o.name and " " not in o.name and not o.generic}
    for index in range(len(view)):
        text = view.texts[index]
        if index in covered or not text[:1].isupper():
            continue
        if text in places:
            yield Found(index, index + 1, places[text], rank=2, confidence=0.7, name=text)
        elif text in surnames and len(text) > 3:
            yield Found(index, index + 1, "Person", rank=2, confidence=0.7)
