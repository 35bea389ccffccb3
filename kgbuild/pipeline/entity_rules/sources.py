"""The lexicons that the Arabic entity rules look words up in, made once for a pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.language import Language

from kgbuild.arabic.inflect import adjective_forms
from kgbuild.language.folding import fold_text
from kgbuild.linking.actors import curated_actors
from kgbuild.linking.countries import countries
from kgbuild.linking.gazetteer import bare_names, curated_places, embedded_places
from kgbuild.linking.places import Place, place_key
from kgbuild.pipeline.entity_rules.lexicon import Forms, arabic_forms, name_trie, phrase_trie, section, stem_set
from kgbuild.pipeline.entity_rules.trie import Trie
from kgbuild.pipeline.entity_rules.view import View
from kgbuild.pipeline.phrases import Tokenize, tokenize_with

_ACRONYM = re.compile("[A-Z]{2,6}")


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun: the class it gives, its stems, and whether the name must be in quotes."""

    cls: str
    stem: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """One entry of actor_contexts.toml."""

    actor: str | None
    country: str | None
    after: tuple[str, ...]
    unless: frozenset[str]
    before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything the rules look up. `places` are those whose names count bare; the flag: only with support."""

    forms: Forms
    actors: Trie[str]
    hidden_actors: Trie[str]
    actor_heads: Trie[Head]
    actor_titles: Trie[str]
    common_actors: Trie[str]
    members: frozenset[str]
    facilities: Trie[str]
    named_facilities: Trie[str]
    weapons: Trie[str]
    place_heads: Trie[Head]
    fronts: Trie[Head]
    places: Trie[tuple[Place, bool]]
    roles: Trie[str]
    famous: Trie[str]
    contexts: Trie[tuple[Context, ...]]


def arabic_sources(nlp: Language) -> Sources:
    """Load all Arabic lexicons; about 0.2 s, most of it for the gazetteer."""
    forms, tokenize = arabic_forms(), tokenize_with(nlp)
    people = section("persons", "title")
    return Sources(
        forms=forms,
        actors=name_trie(_actor_names(hidden=False), tokenize, forms),
        hidden_actors=name_trie(_actor_names(hidden=True), tokenize, forms),
        actor_heads=_heads(section("actor_heads", "head"), forms, section("actor_heads", "quoted")),
        actor_titles=phrase_trie({kind: section("actor_heads", "title", kind) for kind in ("nouns", "media")}, forms),
        common_actors=phrase_trie(section("actor_heads", "common"), forms),
        members=stem_set(section("actor_heads", "members", "nouns"), forms),
        facilities=phrase_trie(section("facilities", "generic"), forms),
        named_facilities=phrase_trie(section("facilities", "named"), forms),
        weapons=phrase_trie(section("weapons", "weapon"), forms),
        place_heads=_heads(section("place_heads", "head"), forms),
        fronts=_heads(section("place_heads", "front"), forms),
        places=name_trie(_place_names(), tokenize, forms),
        roles=phrase_trie({kind: people[kind] for kind in ("roles", "ranks", "people", "called", "kin")}, forms),
        famous=name_trie(((name, name) for name in section("persons", "famous", "names")), tokenize, forms),
        contexts=contexts_of(section("actor_contexts", "context"), lambda name: _canonical(tokenize(name), forms)),
    )


def _canonical(words: list[str], forms: Forms) -> list[str]:
    return [forms.canonical(word) for word in words]


def contexts_of(table: Iterable[Mapping[str, Any]], tokenize: Tokenize) -> Trie[tuple[Context, ...]]:
    """Each name of an actor_contexts.toml with all its entries, in the order of the file."""
    entries: dict[str, list[Context]] = {}
    for entry in table:
        context = Context(
            actor=entry.get("actor"),
            country=entry.get("country"),
            after=tuple(entry.get("after", ())),
            unless=frozenset(fold_text(word) for word in entry.get("unless", ())),
            before=frozenset(fold_text(word) for word in entry.get("before", ())),
        )
        for name in entry["name"]:
            entries.setdefault(name, []).append(context)
    trie: Trie[tuple[Context, ...]] = Trie()
    for name, contexts in entries.items():
        trie.add(tokenize(name), tuple(contexts))
    return trie


def _actor_names(*, hidden: bool) -> Iterator[tuple[str, str]]:
    for key, actor in curated_actors().items():
        names = actor.hidden if hidden else actor.names
        yield from ((name, key) for name in names.get("ar", ()))
        if not hidden:  # an Arabic text writes acronyms in Latin letters, too
            yield from ((name, key) for name in names.get("en", ()) if _ACRONYM.fullmatch(name))


def _heads(table: dict[str, list[str]], forms: Forms, quoted: dict[str, list[str]] | None = None) -> Trie[Head]:
    trie: Trie[Head] = Trie()
    for source, in_quotes in ((table, False), (quoted or {}, True)):
        for cls, entries in source.items():
            for entry in entries:
                stems = forms.phrase(entry)
                trie.add(stems, Head(cls, " ".join(stems), in_quotes))
    return trie


def _place_names() -> Iterator[tuple[str, tuple[Place, bool]]]:
    """Names that count bare, countries first, so that of two places of one name the better known stands."""
    doubtful = {place_key(name) for name in bare_names("head_only")}
    for country in countries().values():
        yield from ((name, (country, place_key(name) in doubtful)) for name in country.names)
    for place in curated_places().values():
        if place.cls != "Governorate":
            yield from ((name, (place, place_key(name) in doubtful)) for name in _spellings(place))
    for place in curated_places().values():
        if place.cls == "Governorate":
            yield from ((name, (place, place_key(name) in doubtful)) for name in place.names)
    for place in embedded_places():
        if place.country in bare_names("countries"):
            yield from ((name, (place, place_key(name) in doubtful)) for name in _spellings(place))


def _spellings(place: Place) -> Iterator[str]:
    """The names, and those of two words also written as one (ديرالزور)."""
    for name in place.names:
        yield name
        words = name.split()
        if (len(words) == 2 and not words[1].startswith("ال")) or (len(words) == 2 and words[0] in ("دير", "عين")):
            yield "".join(words)


def adjective_set(entries: Iterable[str]) -> frozenset[str]:
    """The forms of adjectives marked `*`, and other words as they are; folded, without the article."""
    found: set[str] = set()
    for entry in entries:
        if entry.endswith("*"):
            found.update(adjective_forms(entry[:-1]))
        else:
            found.add(fold_text(entry))
    return frozenset(found)


def place_country(sources: Sources, view: View, start: int, end: int) -> str | None:
    """The country of the known place that ends at `end`, its head noun skipped."""
    for begin in range(start, end):
        found = sources.places.longest(view.exact, begin, end)
        if found is not None:
            return found[1][0].country
    return None


@cache
def adjectives_of(file: str, *path: str) -> frozenset[str]:
    """The forms of a list of adjectives in a lexicon file of `data/ar`; see `adjective_set`."""
    return adjective_set(section(file, *path))
