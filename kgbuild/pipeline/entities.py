"""Finds who and where (`kgbuild_entities`): actors, persons, families, places, facilities and weapons.

Reads the tokens and `doc._.segments` (nothing is read out of furniture); sets `doc._.mentions`, in order, of which one
may lie inside another (جامع حي السباهية names a mosque and a neighbourhood). What lists know beats what rules guess,
and the longer name beats the shorter. Works on Arabic and English alike, with the lexicons of the pipeline's language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.linking.gazetteer import default_gazetteer
from kgbuild.pipeline.annotations import EntityMention, register_extensions
from kgbuild.pipeline.entity_rules.actors import ActorRules
from kgbuild.pipeline.entity_rules.areas import SIDE, without_locating
from kgbuild.pipeline.entity_rules.contexts import by_air, read_contexts
from kgbuild.pipeline.entity_rules.english_reader import EnglishReader
from kgbuild.pipeline.entity_rules.facilities import FacilityRules
from kgbuild.pipeline.entity_rules.found import Found, Rule, settle
from kgbuild.pipeline.entity_rules.listed_persons import ListedPersons
from kgbuild.pipeline.entity_rules.local import LocalNames
from kgbuild.pipeline.entity_rules.names import Names
from kgbuild.pipeline.entity_rules.nations import nation_of
from kgbuild.pipeline.entity_rules.person_names import PersonNames
from kgbuild.pipeline.entity_rules.persons import PersonRules
from kgbuild.pipeline.entity_rules.places import PlaceRules
from kgbuild.pipeline.entity_rules.sources import Sources, arabic_sources, place_country
from kgbuild.pipeline.entity_rules.view import View, view_of
from kgbuild.pipeline.entity_rules.weapons import WeaponRules

NAMES = "kgbuild.names"
"""Key in `doc.user_data`: {(start, end): name} of the mentions whose words do not give the entity's name."""


class Reader(Protocol):
    """Reads the mentions of one language out of a document."""

    def read(self, doc: Doc) -> tuple[View, list[Found]]: ...


@Language.factory(
    "kgbuild_entities",
    default_config={"head_nouns": True},
    assigns=["doc._.mentions"],
    requires=["doc._.segments"],
)
def create(nlp: Language, name: str, head_nouns: bool) -> EntityFinder:
    """The component for the language of `nlp`, with its lexicons.

    Without `head_nouns` it leaves out the names that no list holds and that only the noun before them gives away.
    """
    return EntityFinder(nlp, head_nouns=head_nouns)


class EntityFinder:
    """The component; see the module's docstring."""

    def __init__(self, nlp: Language, *, head_nouns: bool = True) -> None:
        register_extensions()
        self._head_nouns = head_nouns
        self._reader: Reader = EnglishReader(nlp) if nlp.lang == "en" else ArabicReader(nlp)

    def __call__(self, doc: Doc) -> Doc:
        view, found = self._reader.read(doc)
        names = {}
        mentions = []
        for one in found:
            if not self._head_nouns and one.key is None and one.head is not None and not one.generic:
                continue
            start, end = view.tokens[one.start], view.tokens[one.end - 1] + 1
            mentions.append(
                EntityMention(
                    start=start,
                    end=end,
                    cls=one.cls,
                    group=one.group,
                    key=one.key,
                    head=one.head,
                    generic=one.generic,
                    confidence=one.confidence,
                )
            )
            if one.name is not None:
                names[start, end] = one.name
        doc.user_data[NAMES] = names
        doc._.mentions = tuple(mentions)
        return doc


class ArabicReader:
    """Applies the Arabic rules: first those that need one line only, then those that need the whole article."""

    def __init__(self, nlp: Language) -> None:
        self._sources = arabic_sources(nlp)
        self._gazetteer = default_gazetteer()
        self._known: dict[str, bool] = {}
        self._rules(View())  # loads what they look up, so that the first document is read like any other

    def read(self, doc: Doc) -> tuple[View, list[Found]]:
        """The view of the document and the mentions over it."""
        view = view_of(doc, self._sources.forms)
        rules = self._rules(view)
        found = [
            one for start in range(len(view)) if view.tags[start] != "PUNCT" for rule in rules for one in rule(start)
        ]
        found = list(without_locating(found, view))
        first = settle(found, len(view))
        found = list(by_air(found, _actors(first)))
        found += read_contexts(self._sources.contexts, view, _countries(view, first, self._sources), _actors(first))
        found += LocalNames(view, first).again(settle(found, len(view)))
        return view, settle(found, len(view))

    def _rules(self, view: View) -> tuple[Rule, ...]:
        names = Names(view, self._sources.forms, self._knows)
        persons = PersonNames(view, self._sources, names)
        return (
            ActorRules(view, self._sources, names, persons),
            PlaceRules(view, self._sources, names),
            FacilityRules(view, self._sources, names, persons),
            WeaponRules(view, self._sources),
            PersonRules(view, self._sources, persons),
            ListedPersons(view, persons, names),
        )

    def _knows(self, name: str) -> bool:
        known = self._known.get(name)
        if known is None:
            places = self._gazetteer.find(name) if len(name) > 2 else []
            known = self._known[name] = any(
                p.country in ("SY", "IQ") or not p.key.startswith("geonames") for p in places
            )
        return known


def _actors(found: Iterable[Found]) -> list[str]:
    return [one.key for one in found if one.group == "actor" and one.key]


def _countries(view: View, found: Iterable[Found], sources: Sources) -> Counter[str]:
    """How often the article points to each country: by its name, its places and its people's adjective."""
    counts: Counter[str] = Counter(code for lemma in view.lemmas if (code := nation_of(lemma)))
    for one in found:
        if one.group == "place" and not one.generic and one.head != SIDE:  # the country inside it counts
            code = place_country(sources, view, one.start, one.end)
            if code:
                counts[code] += 2
    return counts
