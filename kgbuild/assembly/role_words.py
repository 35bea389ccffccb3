"""The lists of single words that tell the parts in an incident, read from [words] in roles.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from kgbuild.pipeline.lexicon import nouns_with_pronoun, spelt_out

_OWNED = ("own_bases", "own_men")
"""Nouns, of which only the forms with "its" or "their" count."""


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The lists of the same names under [words] in roles.toml, where they say what each is for."""

    adjectives: frozenset[str]
    also: frozenset[str]
    announced: frozenset[str]
    another: frozenset[str]
    armies: frozenset[str]
    articles: frozenset[str]
    attached: frozenset[str]
    auxiliaries: frozenset[str]
    based: frozenset[str]
    belonging: frozenset[str]
    between_times: frozenset[str]
    borders: frozenset[str]
    both_places: frozenset[str]
    bullets: frozenset[str]
    distances: frozenset[str]
    effect_particles: frozenset[str]
    fighters: frozenset[str]
    fire: frozenset[str]
    flying: frozenset[str]
    fronting: frozenset[str]
    further: frozenset[str]
    grounds: frozenset[str]
    ground: frozenset[str]
    grounded: frozenset[str]
    handled: frozenset[str]
    heads: frozenset[str]
    holding: frozenset[str]
    laden: frozenset[str]
    lying: frozenset[str]
    no_adjectives: frozenset[str]
    origin_heads: frozenset[str]
    own: frozenset[str]
    meanwhile: frozenset[str]
    ordinals: frozenset[str]
    own_bases: frozenset[str]
    own_feminine: frozenset[str]
    own_masculine: frozenset[str]
    own_men: frozenset[str]
    participles: frozenset[str]
    otherwise_dated: frozenset[str]
    parts: frozenset[str]
    passive: frozenset[str]
    police: frozenset[str]
    policemen: frozenset[str]
    possession: frozenset[str]
    posts: frozenset[str]
    quarters: frozenset[str]
    ranks: frozenset[str]
    relatives: frozenset[str]
    resumptive: frozenset[str]
    riding: frozenset[str]
    same: frozenset[str]
    scenes: frozenset[str]
    settlements: frozenset[str]
    several: frozenset[str]
    similar: frozenset[str]
    since: frozenset[str]
    stationed: frozenset[str]
    suspected: frozenset[str]
    soldiers: frozenset[str]
    telling: frozenset[str]
    that_area: frozenset[str]
    the_arm: frozenset[str]
    throughout: frozenset[str]
    unnamed: frozenset[str]

    @classmethod
    def of(cls, lists: Mapping[str, list[str]]) -> RoleWords:
        words = {field.name: spelt_out(lists[field.name]) for field in fields(cls) if field.name not in _OWNED}
        owned = {name: frozenset[str]().union(*map(nouns_with_pronoun, lists[name])) for name in _OWNED}
        return cls(**words, **owned)
