"""The lexicons that the English entity rules look words up in, made once for a pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spacy.language import Language

from kgbuild.language.folding import fold_text
from kgbuild.linking.actors import curated_actors
from kgbuild.linking.countries import countries, english_names
from kgbuild.pipeline.entity_rules.lexicon import section
from kgbuild.pipeline.entity_rules.sources import Context, contexts_of
from kgbuild.pipeline.entity_rules.trie import Trie
from kgbuild.pipeline.lexicon import language_of, lexicon
from kgbuild.pipeline.phrases import Tokenize, tokenize_with


@dataclass(frozen=True, slots=True)
class LocatingWords:
    """Words before a place: `at` ("in"), `toward` with `at`, `beside`, `sides` ("north"), `passed` with `sides`."""

    at: frozenset[str]
    toward: frozenset[str]
    beside: frozenset[str]
    sides: frozenset[str]
    passed: frozenset[str]


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Words by which a name is told to be a person's."""

    titles: Trie[str]
    kunya: frozenset[str]
    given: frozenset[str]
    speech: frozenset[str]


@dataclass(frozen=True, slots=True)
class EnglishSources:
    """Tries over folded words, nouns in the singular.

    `unless`: (group, noun) → words before which it is another; `after_unless` the same for nouns behind a place's name.
    """

    actors: Trie[tuple[str, str]]
    countries: Trie[tuple[str, str]]
    contexts: Trie[tuple[Context, ...]]
    common: Trie[str]
    unowned: Trie[str]
    actor_heads: Trie[str]
    weapons: Trie[str]
    facilities: Trie[str]
    nameable: frozenset[str]
    unless: Mapping[tuple[str, str], frozenset[str]]
    before: Trie[str]
    several: Trie[str]
    after: Trie[str]
    after_unless: Mapping[str, frozenset[str]]
    locating: LocatingWords
    unplaced: frozenset[str]
    parts: frozenset[str]
    particles: frozenset[str]
    name_stops: frozenset[str]
    persons: PersonWords
    media: Trie[str]
    troops: frozenset[str]
    military: frozenset[str]
    between: frozenset[str]
    nations: Mapping[str, str]
    letters: Mapping[str, str]
    forces: Mapping[str, str]
    back_places: Mapping[str, str]
    back_actors: frozenset[str]


def english_sources(nlp: Language) -> EnglishSources:
    """Load all lexicons of the pipeline's language."""
    tokenize, language = tokenize_with(nlp), language_of(nlp)
    places, actors = lexicon(language, "places"), lexicon(language, "actors")
    facilities, weapons = lexicon(language, "facilities"), lexicon(language, "weapons")
    nations = section("nationalities", "nation")
    return EnglishSources(
        actors=_actors(tokenize, frozenset(actors["contextual"]["names"])),
        countries=_countries(tokenize),
        contexts=contexts_of(lexicon(language, "actor_contexts")["context"], tokenize),
        common=_phrases(actors["common"], tokenize),
        unowned=_phrases(actors["unowned"], tokenize),
        actor_heads=_phrases(actors["head"], tokenize),
        weapons=_phrases(weapons["weapon"], tokenize),
        facilities=_phrases(facilities["generic"], tokenize),
        nameable=frozenset(facilities["named"]["classes"]),
        unless=_unless("facility", facilities["unless"]["next"]) | _unless("weapon", weapons["unless"]["next"]),
        before=_phrases(places["before"], tokenize),
        several=_phrases(places["several"], tokenize),
        after=_phrases(places["after"], tokenize),
        after_unless={noun: frozenset(words) for noun, words in places["after_unless"].items()},
        locating=_locating(places),
        unplaced=frozenset(places["names"]["unplaced"]),
        parts=frozenset(places["parts"]["words"]),
        particles=frozenset(places["names"]["particles"]),
        name_stops=frozenset(places["names"]["stops"]),
        persons=_persons(lexicon(language, "persons"), tokenize),
        media=_phrases({"MediaOrganization": actors["media"]["words"]}, tokenize),
        troops=frozenset(actors["troops"]["words"]),
        military=frozenset(word for phrase in actors["military"] for word in phrase.split()[-1:]),
        between=frozenset(actors["between"]),
        nations={adjective: code for code, adjective in actors["nation"].items()},
        letters={letters: code for code, letters in actors["letters"].items()},
        forces={code: nation["force"] for code, nation in nations.items() if nation.get("force")},
        back_places={noun: cls for cls, nouns in places["back"].items() for noun in nouns},
        back_actors=frozenset(actors["back"]),
    )


def _locating(places: Mapping[str, Any]) -> LocatingWords:
    table, sides = places["locating"], places["sides"]["words"]
    return LocatingWords(
        at=frozenset(table["words"]),
        toward=frozenset(table["words"] + table["toward"]),
        beside=frozenset(table["beside"]),
        sides=frozenset(sides),
        passed=frozenset(sides + table["passed"]),
    )


def _persons(persons: Mapping[str, Any], tokenize: Tokenize) -> PersonWords:
    return PersonWords(
        titles=_phrases({"": persons["titles"]}, tokenize),
        kunya=frozenset(persons["kunya"]),
        given=frozenset(persons["given"]),
        speech=frozenset(persons["speech"]),
    )


def _actors(tokenize: Tokenize, contextual: frozenset[str]) -> Trie[tuple[str, str]]:
    """Names and hidden names; the name stands with the key, so that its capitals can be compared.

    The `contextual` among them, common words ("insurgents"), mean the actor by their surroundings only: see
    actor_contexts.toml.
    """
    trie: Trie[tuple[str, str]] = Trie()
    for key, actor in curated_actors().items():
        for name in (*actor.names.get("en", ()), *actor.hidden.get("en", ())):
            plain = name.removeprefix("the ").removeprefix("The ")
            if plain not in contextual:
                trie.add(tokenize(plain), (key, plain))
    return trie


def _countries(tokenize: Tokenize) -> Trie[tuple[str, str]]:
    trie: Trie[tuple[str, str]] = Trie()
    for code in countries():
        for name in english_names(code):
            trie.add(tokenize(name), (code, name))
    return trie


def _phrases(table: Mapping[str, list[str]], tokenize: Tokenize) -> Trie[str]:
    trie: Trie[str] = Trie()
    for cls, entries in table.items():
        for entry in entries:
            trie.add(tokenize(entry), cls)
    return trie


def _unless(group: str, table: Mapping[str, list[str]]) -> dict[tuple[str, str], frozenset[str]]:
    return {(group, fold_text(noun)): frozenset(words) for noun, words in table.items()}
